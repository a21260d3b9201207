import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PREFIX_LENGTH = 8;
/** 28 characters of 62 are 166 bits. */
const SECRET_LENGTH = 28;
const CHECK_LENGTH = 6;
const SHAPE = new RegExp(`^tl_[0-9A-Za-z]{${PREFIX_LENGTH}}_[0-9A-Za-z]{${SECRET_LENGTH + CHECK_LENGTH}}$`);

/**
 * A new key: `tl_`, 8 characters that name it in lists, 166 random bits, and a CRC32 of all that, so that a mistyped key
 * is known without asking the database. `randomIndex(62)` gives a uniform number below 62.
 * `tl_3fKq0Zx9_…` with prefix `3fKq0Zx9`.
 */
export function makeKey(randomIndex: (below: number) => number): { key: string; prefix: string } {
  const random = (length: number): string =>
    Array.from({ length }, () => ALPHABET.charAt(randomIndex(ALPHABET.length))).join('');
  const prefix = random(PREFIX_LENGTH);
  const body = `tl_${prefix}_${random(SECRET_LENGTH)}`;
  return { key: body + checksum(body), prefix };
}

/** False for what starts like a key of ours but was mistyped or cut off; an admin key given by ADMIN_KEY may look like anything. */
export function mayBeKey(token: string): boolean {
  if (!token.startsWith('tl_')) return true;
  return SHAPE.test(token) && checksum(token.slice(0, -CHECK_LENGTH)) === token.slice(-CHECK_LENGTH);
}

/** What is stored instead of the key. A plain SHA-256 is enough for 166 random bits. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let place = 0; place < CHECK_LENGTH; place += 1) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
