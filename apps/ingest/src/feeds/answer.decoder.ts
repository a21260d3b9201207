import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';

/** The answer's body cannot be had. `code` is stable. */
export class UnusableAnswer extends Error {
  readonly code = 'unusable-answer';

  constructor(reason: string) {
    super(reason);
    this.name = 'UnusableAnswer';
  }
}

const unpackGzip = promisify(gunzip);
const unpackBrotli = promisify(brotliDecompress);
const unpackDeflate = promisify(inflate);
const unpackRaw = promisify(inflateRaw);

export const ACCEPT_ENCODING = 'gzip, deflate, br';
/** What is cut short gives what it has. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };

/**
 * Undoes `Content-Encoding`, the last one first, and a gzip that no header tells of. Stops at `maxBytes` without making more than that.
 *
 * @throws UnusableAnswer
 */
export async function decodeBody(body: Buffer, encodings: string | undefined, maxBytes: number): Promise<Buffer> {
  let bytes = body;
  const named = (encodings ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  for (const name of named.reverse()) bytes = await undo(bytes, name, maxBytes);
  return isGzip(bytes) ? undo(bytes, 'gzip', maxBytes) : bytes;
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

async function undo(bytes: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> {
  if (bytes.length === 0) return bytes;
  try {
    switch (encoding) {
      case 'gzip':
      case 'x-gzip':
        // Servers that say gzip and send plain text are not rare.
        return isGzip(bytes) ? await unpackGzip(bytes, { ...LENIENT, maxOutputLength }) : bytes;
      case 'deflate':
        // Both with and without the frame of RFC 1950 are sent.
        return ((bytes[0] ?? 0) & 0x0f) === 8
          ? await unpackDeflate(bytes, { ...LENIENT, maxOutputLength })
          : await unpackRaw(bytes, { ...LENIENT, maxOutputLength });
      case 'br':
        return await unpackBrotli(bytes, { maxOutputLength });
      case '':
      case 'identity':
        return bytes;
      default:
        throw new UnusableAnswer(`its Content-Encoding is unknown: '${encoding}'`);
    }
  } catch (error) {
    if (error instanceof UnusableAnswer) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const tooLarge = code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnusableAnswer(
      tooLarge
        ? `it unpacks to more than ${String(maxOutputLength)} bytes`
        : `its ${encoding} is broken: ${String(code)}`,
    );
  }
}
