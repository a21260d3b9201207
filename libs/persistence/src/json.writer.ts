import { BSON, type BsonValue, endOfName, LENGTH_BYTES, readInt, readNumber, sizeOf } from './bson.reader';

/** What one byte of a text grows to at most: a control character is written as `\u0001`. */
const MOST_ESCAPED = 6;
const FIRST_BYTES = 64 * 1024;
const SHORT = 32;
const LAST_OF_ASCII = 0x7f;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const SHORT_ESCAPES = new Map([
  [0x08, 0x62],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0c, 0x66],
  [0x0d, 0x72],
]);

/**
 * Writes JSON in UTF-8, also straight out of BSON: what is only handed on becomes no object in between. What it writes of a BSON value
 * is byte for byte `JSON.stringify` of what the driver would have made of it.
 */
export class JsonWriter {
  private bytes = Buffer.allocUnsafe(FIRST_BYTES);
  private length = 0;

  /** Bytes that were written. */
  get size(): number {
    return this.length;
  }

  /** As it stands: punctuation, or JSON already. */
  text(text: string): this {
    this.reserve(text.length * 3);
    const { bytes, length } = this;
    // A few letters of ASCII are written quicker one by one than by the buffer's own writing.
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (at >= SHORT || code > LAST_OF_ASCII) {
        this.length += bytes.write(text, length);
        return this;
      }
      bytes[length + at] = code;
    }
    this.length += text.length;
    return this;
  }

  /** @throws Error for a type that JSON has nothing for */
  value({ bytes, type, at }: BsonValue): this {
    this.writeValue(bytes, type, at);
    return this;
  }

  /** The fields of a document without its braces. Answers whether there were any. */
  fields({ bytes, at }: BsonValue): boolean {
    return this.writeFields(bytes, at, true);
  }

  /** What was written; nothing may be written after it. */
  end(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private writeValue(bytes: Uint8Array, type: number, at: number): void {
    switch (type) {
      case BSON.string:
        return this.writeString(bytes, at + LENGTH_BYTES, at + LENGTH_BYTES + readInt(bytes, at) - 1);
      case BSON.document:
        this.put(0x7b);
        this.writeFields(bytes, at, true);
        return this.put(0x7d);
      case BSON.array:
        this.put(0x5b);
        this.writeFields(bytes, at, false);
        return this.put(0x5d);
      case BSON.null:
        return void this.text('null');
      case BSON.boolean:
        return void this.text(bytes[at] === 0 ? 'false' : 'true');
      case BSON.date: {
        const time = new Date(readNumber(bytes, BSON.long, at));
        return void this.text(JSON.stringify(time));
      }
      case BSON.double:
      case BSON.int:
      case BSON.long: {
        const number = readNumber(bytes, type, at);
        return void this.text(Number.isFinite(number) ? String(number) : 'null');
      }
      default:
        throw new Error(`JSON has nothing for BSON of type ${String(type)}`);
    }
  }

  private writeFields(bytes: Uint8Array, start: number, named: boolean): boolean {
    let at = start + LENGTH_BYTES;
    let first = true;
    for (let type = bytes[at]; type !== undefined && type !== 0; type = bytes[at]) {
      if (!first) this.put(0x2c);
      first = false;
      const value = endOfName(bytes, at + 1);
      if (named) {
        this.writeString(bytes, at + 1, value - 1);
        this.put(0x3a);
      }
      this.writeValue(bytes, type, value);
      at = value + sizeOf(bytes, type, value);
    }
    return !first;
  }

  private writeString(from: Uint8Array, begin: number, end: number): void {
    this.reserve((end - begin) * MOST_ESCAPED + 2);
    const into = this.bytes;
    let length = this.length;
    into[length++] = QUOTE;
    for (let at = begin; at < end; at += 1) {
      const byte = from[at] as number;
      if (byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH) into[length++] = byte;
      else {
        into[length++] = BACKSLASH;
        const short = byte < SPACE ? SHORT_ESCAPES.get(byte) : byte;
        if (short !== undefined) into[length++] = short;
        else length += into.write(`u${byte.toString(16).padStart(4, '0')}`, length, 'latin1');
      }
    }
    into[length++] = QUOTE;
    this.length = length;
  }

  private put(byte: number): void {
    this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
