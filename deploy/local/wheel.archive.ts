import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { errorCode, StackError } from './stack.error';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_RECORD_BYTES = 22;
const LOCAL_HEADER_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/** One file of a zip archive (a Python wheel is one); sizes in bytes. */
export interface ArchiveEntry {
  readonly name: string;
  readonly method: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * The files of a zip archive, read from its central directory. Archives over 4 GiB (zip64) are not wheels of ours.
 *
 * @throws StackError `damaged-download` when the archive is cut short or no zip file
 */
export async function listArchive(path: string): Promise<ArchiveEntry[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tailLength = Math.min(size, END_RECORD_BYTES + LONGEST_COMMENT);
    const tail = Buffer.alloc(tailLength);
    await file.read(tail, 0, tailLength, size - tailLength);
    let end = tailLength - END_RECORD_BYTES;
    while (end >= 0 && tail.readUInt32LE(end) !== END_OF_CENTRAL_DIRECTORY) end -= 1;
    if (end < 0) throw damaged(path);
    const count = tail.readUInt16LE(end + 10);
    const directory = Buffer.alloc(tail.readUInt32LE(end + 12));
    await file.read(directory, 0, directory.length, tail.readUInt32LE(end + 16));

    const entries: ArchiveEntry[] = [];
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== CENTRAL_ENTRY) throw damaged(path);
      const nameLength = directory.readUInt16LE(at + 28);
      entries.push({
        name: directory.toString('utf8', at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        compressedSize: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
  } finally {
    await file.close();
  }
}

/**
 * Unpacks one file of the archive to `target` (mode 0755), streaming, and returns its SHA-256 in hex.
 *
 * @throws StackError `damaged-download` when the bytes end early or do not inflate
 */
export async function extractEntry(path: string, entry: ArchiveEntry, target: string): Promise<string> {
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  const file = await open(path, 'r');
  try {
    await file.read(header, 0, LOCAL_HEADER_BYTES, entry.offset);
  } finally {
    await file.close();
  }
  if (header.readUInt32LE(0) !== LOCAL_ENTRY || (entry.method !== STORED && entry.method !== DEFLATED)) {
    throw damaged(path);
  }
  const start = entry.offset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const meter = new HashingMeter();
  const source = createReadStream(path, { start, end: start + entry.compressedSize - 1 });
  const sink = createWriteStream(target, { mode: 0o755 });
  try {
    if (entry.method === DEFLATED) await pipeline(source, createInflateRaw(), meter, sink);
    else await pipeline(source, meter, sink);
  } catch (error) {
    throw errorCode(error)?.startsWith('Z_') === true ? damaged(path) : error;
  }
  if (meter.bytes !== entry.size) throw damaged(path);
  return meter.hash.digest('hex');
}

/** SHA-256 of a file in hex, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

class HashingMeter extends Transform {
  readonly hash: Hash = createHash('sha256');
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
    done(null, chunk);
  }
}

function damaged(path: string): StackError {
  return new StackError('damaged-download', `${path} is cut short or damaged: remove it and start again`);
}
