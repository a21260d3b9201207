/** A value inside BSON as it came from the server; nothing of it is read yet. https://bsonspec.org/spec.html */
export interface BsonValue {
  readonly bytes: Uint8Array;
  readonly type: number;
  /** Where the value begins. */
  readonly at: number;
}

export const BSON = {
  double: 0x01,
  string: 0x02,
  document: 0x03,
  array: 0x04,
  boolean: 0x08,
  date: 0x09,
  null: 0x0a,
  int: 0x10,
  long: 0x12,
} as const;

/** Texts, documents and arrays begin with their length, and end with a zero. */
export const LENGTH_BYTES = 4;
const scratch = new DataView(new ArrayBuffer(8));

/** A whole document, as a cursor gives it with `raw: true`. */
export const documentOf = (bytes: Uint8Array): BsonValue => ({ bytes, type: BSON.document, at: 0 });

/** A field of a document; null where it is not there, and in what is no document. `name`: ASCII */
export function fieldOf({ bytes, type, at: start }: BsonValue, name: string): BsonValue | null {
  if (type !== BSON.document) return null;
  for (let at = start + LENGTH_BYTES; ;) {
    const fieldType = bytes[at];
    if (fieldType === undefined || fieldType === 0) return null;
    const named = isNamed(bytes, at + 1, name);
    at = endOfName(bytes, at + 1);
    if (named) return { bytes, type: fieldType, at };
    at += sizeOf(bytes, fieldType, at);
  }
}

/** Of a field that holds a number; NaN where none does. */
export function numberOf(document: BsonValue, name: string): number {
  const field = fieldOf(document, name);
  return field === null ? NaN : readNumber(field.bytes, field.type, field.at);
}

/** Of a field that holds a text; empty where none does. */
export function stringOf(document: BsonValue, name: string): string {
  const field = fieldOf(document, name);
  if (field?.type !== BSON.string) return '';
  const { bytes, at } = field;
  const begin = at + LENGTH_BYTES;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    begin,
    begin + readInt(bytes, at) - 1,
  );
}

/** Where the value begins whose field's name begins there. */
export function endOfName(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] !== 0) at += 1;
  return at + 1;
}

export function readInt(bytes: Uint8Array, at: number): number {
  return byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24);
}

/** Of a double, an int or a long; NaN for anything else. */
export function readNumber(bytes: Uint8Array, type: number, at: number): number {
  if (type === BSON.int) return readInt(bytes, at);
  if (type !== BSON.double && type !== BSON.long) return NaN;
  for (let n = 0; n < 8; n += 1) scratch.setUint8(n, byte(bytes, at + n));
  return type === BSON.double ? scratch.getFloat64(0, true) : Number(scratch.getBigInt64(0, true));
}

/** @throws Error for a type that nothing here is stored as */
export function sizeOf(bytes: Uint8Array, type: number, at: number): number {
  switch (type) {
    case BSON.double:
    case BSON.date:
    case BSON.long:
      return 8;
    case BSON.string:
      return LENGTH_BYTES + readInt(bytes, at);
    case BSON.document:
    case BSON.array:
      return readInt(bytes, at);
    case BSON.boolean:
      return 1;
    case BSON.null:
      return 0;
    case BSON.int:
      return 4;
    default:
      throw new Error(`BSON of type ${String(type)} is not read`);
  }
}

function isNamed(bytes: Uint8Array, at: number, name: string): boolean {
  for (let n = 0; n < name.length; n += 1) if (bytes[at + n] !== name.charCodeAt(n)) return false;
  return bytes[at + name.length] === 0;
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
