import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { isUtf8 } from 'node:buffer';
import type { FeedFlaw } from './feed.types';

export interface DecodedText {
  text: string;
  /** In lower case: `utf-8` */
  charset: string;
  flaws: FeedFlaw[];
}

const BYTE_ORDER_MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** How `<?` and `<` with a letter begin where there is no mark (XML 1.0, appendix F). */
const UNMARKED: readonly (readonly [string, RegExp])[] = [
  ['utf-32be', /^\0\0\0</],
  ['utf-32le', /^<\0\0\0/],
  ['utf-16be', /^\0[<{]\0[^\0]/],
  ['utf-16le', /^[<{]\0[^\0]\0/],
];

/** `<?xm` on a mainframe (XML 1.0, appendix F). Its code pages differ in accents; this is the usual one, 037. */
const EBCDIC_START = [0x4c, 0x6f, 0xa7, 0x94];
// prettier-ignore
const EBCDIC =
  '\x00\x01\x02\x03\x9c\x09\x86\x7f\x97\x8d\x8e\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x9d\x85\x08\x87\x18\x19\x92\x8f\x1c\x1d\x1e\x1f\x80\x81\x82\x83\x84\x0a\x17\x1b\x88\x89\x8a\x8b\x8c\x05\x06\x07\x90\x91\x16\x93\x94\x95\x96\x04\x98\x99\x9a\x9b\x14\x15\x9e\x1a \xa0\xe2\xe4\xe0\xe1\xe3\xe5\xe7\xf1\xa2.<(+|&\xe9\xea\xeb\xe8\xed\xee\xef\xec\xdf!$*);\xac-/\xc2\xc4\xc0\xc1\xc3\xc5\xc7\xd1\xa6,%_>?\xf8\xc9\xca\xcb\xc8\xcd\xce\xcf\xcc`:#@\'="\xd8abcdefghi\xab\xbb\xf0\xfd\xfe\xb1\xb0jklmnopqr\xaa\xba\xe6\xb8\xc6\xa4\xb5~stuvwxyz\xa1\xbf\xd0\xdd\xde\xae^\xa3\xa5\xb7\xa9\xa7\xb6\xbc\xbd\xbe[]\xaf\xa8\xb4\xd7{ABCDEFGHI\xad\xf4\xf6\xf2\xf3\xf5}JKLMNOPQR\xb9\xfb\xfc\xf9\xfa\xff\\\xf7STUVWXYZ\xb2\xd4\xd6\xd2\xd3\xd50123456789\xb3\xdb\xdc\xd9\xda\x9f';

/** Labels that promise less than their writers mean (WHATWG Encoding, "names and labels"), and those that iconv does not know. */
const MEANT: Record<string, string> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso_8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  l1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'ks_c_5601-1987': 'euc-kr',
  'x-sjis': 'shift_jis',
  'x-mac-roman': 'macintosh',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'x-mac-cyrillic': 'maccyrillic',
  'x-euc-jp': 'euc-jp',
};
/** What iconv lacks and the platform reads. */
const PLATFORM = new Set(['iso-2022-jp']);
const MANY_BYTES = /^utf-(?:16|32)/;
const CHARDET_SAMPLE = 64 * 1024;

/**
 * The text of a feed's bytes. Whose word counts (RFC 7303 3.2): a byte order mark, then the `Content-Type`, then the XML declaration; else
 * UTF-8, else what the bytes look like. A word that the bytes disprove is passed over and flagged.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => buffer[at] === byte));
  if (mark !== undefined) return decodeAs(buffer.subarray(mark[1].length), mark[0], []);
  const head = buffer.subarray(0, 1024).toString('latin1');
  if (EBCDIC_START.every((byte, at) => buffer[at] === byte)) {
    // Its signs are those of Latin-1 in another order.
    const text = Buffer.from(buffer.map((byte) => EBCDIC.charCodeAt(byte))).toString('latin1');
    return { text, charset: 'cp037', flaws: [] };
  }
  const shape = UNMARKED.find(([, start]) => start.test(head.trimStart()));
  if (shape !== undefined) return decodeAs(buffer, shape[0], []);

  const stated = [headerCharset(contentType), declaredCharset(head)].filter((label) => label !== null);
  const flaws = new Set<FeedFlaw>();
  const candidates = stated
    .map((label) => MEANT[label] ?? label)
    .filter((charset) => known(charset) || !flaws.add('unknown-charset'));
  // Single bytes decode anything; what happens to be valid UTF-8 with more than ASCII is UTF-8, if anybody says so.
  const first = candidates[0];
  if (first === 'windows-1252' && candidates.includes('utf-8') && isUtf8(buffer)) candidates.unshift('utf-8');
  for (const charset of [...candidates, ...(candidates.includes('utf-8') ? [] : ['utf-8'])]) {
    if (!fits(buffer, charset)) continue;
    if (first !== undefined && charset !== first) flaws.add('charset-mismatch');
    return decodeAs(buffer, charset, [...flaws]);
  }
  if (first !== undefined) flaws.add('charset-mismatch');
  if (first !== undefined && first !== 'utf-8') return decodeAs(buffer, first, [...flaws]);
  return decodeAs(buffer, isMostlyUtf8(buffer) ? 'utf-8' : guessed(buffer, head), [...flaws]);
}

function headerCharset(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? null;
}

function declaredCharset(head: string): string | null {
  return /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/i.exec(head)?.[1]?.trim().toLowerCase() ?? null;
}

const known = (charset: string): boolean => iconv.encodingExists(charset) || PLATFORM.has(charset);

const textOf = (bytes: Buffer, charset: string): string =>
  PLATFORM.has(charset) ? new TextDecoder(charset).decode(bytes) : iconv.decode(bytes, charset);

function fits(buffer: Buffer, charset: string): boolean {
  if (charset === 'utf-8') return isUtf8(buffer);
  if (MANY_BYTES.test(charset)) return /[<{]/.test(iconv.decode(buffer.subarray(0, 4096), charset));
  return !textOf(buffer, charset).includes('\uFFFD');
}

/** Whole signs of UTF-8 beyond ASCII (Unicode 15, table 3-7), as bytes. */
const UTF8_SIGN =
  '[\\xC2-\\xDF][\\x80-\\xBF]|\\xE0[\\xA0-\\xBF][\\x80-\\xBF]|[\\xE1-\\xEC\\xEE\\xEF][\\x80-\\xBF]{2}|\\xED[\\x80-\\x9F][\\x80-\\xBF]|\\xF0[\\x90-\\xBF][\\x80-\\xBF]{2}|[\\xF1-\\xF3][\\x80-\\xBF]{3}|\\xF4[\\x80-\\x8F][\\x80-\\xBF]{2}';
const SIGNS_OR_BYTE = new RegExp(`(?:${UTF8_SIGN}){1,1000}|[\\x80-\\xFF]`, 'g');
const LOOKED_AT = 256 * 1024;

/** A few wrong bytes in UTF-8, rather than another character set altogether. */
function isMostlyUtf8(buffer: Buffer): boolean {
  let [right, wrong] = [0, 0];
  for (const [run] of buffer.subarray(0, LOOKED_AT).toString('latin1').matchAll(SIGNS_OR_BYTE)) {
    if (run.length === 1) wrong += 1;
    else right += run.length / 2;
  }
  return right >= wrong;
}

const WINDOWS = Array.from({ length: 128 }, (_, at) => iconv.decode(Buffer.from([128 + at]), 'windows-1252'));

/** UTF-8 in which single bytes of Windows-1252 stand, as where texts of several origins were put together. */
function mixedText(buffer: Buffer): string {
  return buffer
    .toString('latin1')
    .replace(SIGNS_OR_BYTE, (run) =>
      run.length === 1 ? (WINDOWS[run.charCodeAt(0) - 128] ?? run) : Buffer.from(run, 'latin1').toString('utf8'),
    );
}

/** What a page in a language most likely is in where nothing else tells (HTML, "encoding sniffing algorithm"): single bytes, and Thai. */
const BY_LANGUAGE: Record<string, string> = {
  cs: 'windows-1250',
  hr: 'windows-1250',
  hu: 'iso-8859-2',
  lt: 'windows-1257',
  lv: 'windows-1257',
  pl: 'iso-8859-2',
  ro: 'windows-1250',
  sk: 'windows-1250',
  sl: 'iso-8859-2',
  th: 'windows-874',
  tr: 'windows-1254',
  vi: 'windows-1258',
};

/** `<language>cs-CZ</language>`, `xml:lang="cs"` → `cs` */
const statedLanguage = (head: string): string | undefined =>
  /(?:<(?:dc:)?language>|xml:lang=["'])\s*([a-z]{2})\b/i.exec(head)?.[1]?.toLowerCase();

function guessed(buffer: Buffer, head: string): string {
  const byLanguage = BY_LANGUAGE[statedLanguage(head) ?? ''];
  if (byLanguage !== undefined && fits(buffer, byLanguage)) return byLanguage;
  const guesses = analyse(buffer.subarray(0, CHARDET_SAMPLE)).map(({ name }) => name.toLowerCase());
  const charset = guesses.map((name) => MEANT[name] ?? name).find((name) => known(name) && fits(buffer, name));
  return charset ?? 'windows-1252';
}

function decodeAs(buffer: Buffer, charset: string, flaws: FeedFlaw[]): DecodedText {
  const text = charset === 'utf-8' && !isUtf8(buffer) ? mixedText(buffer) : textOf(buffer, charset);
  const broken = charset === 'utf-8' ? !isUtf8(buffer) : text.includes('\uFFFD');
  return { text, charset, flaws: broken ? [...flaws, 'invalid-bytes'] : flaws };
}
