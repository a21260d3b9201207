import { StringDecoder } from 'node:string_decoder';

/** A line of NDJSON, or why it cannot be one. */
export type Line = { index: number; text: string } | { index: number; error: 'too-long' | 'not-utf8' };

const NEWLINE = 0x0a;

/**
 * Splits a byte stream into lines without ever holding more than `maxBytes` of one. Empty lines are skipped and not counted.
 * A line over the limit is reported and read past; the next one is fine again.
 */
export async function* readLines(stream: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let length = 0;
  let index = 0;
  const finish = (): Line | null => {
    const bytes = Buffer.concat(parts);
    const tooLong = length > maxBytes;
    parts = [];
    length = 0;
    if (tooLong) return { index: index++, error: 'too-long' };
    if (bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)) return null;
    const text = new StringDecoder('utf8').write(bytes);
    if (Buffer.byteLength(text) !== bytes.length || !Buffer.from(text).equals(bytes)) {
      return { index: index++, error: 'not-utf8' };
    }
    return { index: index++, text };
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      length += at - from;
      if (length <= maxBytes) parts.push(chunk.subarray(from, at));
      const line = finish();
      if (line !== null) yield line;
      from = at + 1;
    }
    length += chunk.length - from;
    if (length <= maxBytes) parts.push(chunk.subarray(from));
  }
  const last = finish();
  if (last !== null) yield last;
}
