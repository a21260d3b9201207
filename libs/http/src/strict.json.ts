import { isCleanText } from '@themeline/contracts';
import { findNodeAtLocation, getLocation, parse, parseTree, printParseErrorCode, visit } from 'jsonc-parser';
import type { JSONPath, ParseError } from 'jsonc-parser';

/** Deeper input is refused: nothing in the API nests further than a handful of levels. */
const MAX_DEPTH = 100;

/** A text that is not JSON, or JSON whose meaning two readers could take differently. */
export class StrictJsonError extends Error {
  readonly code = 'strict-json';

  constructor(
    /** Of the value at fault: `[3].date.phrase`; empty for the whole document. */
    readonly path: string,
    message: string,
    /** In UTF-16 units from the start of the text. */
    readonly offset: number,
  ) {
    super(message);
    this.name = 'StrictJsonError';
  }
}

/** `['reports', 3, 'date']` → `reports[3].date`; keys that are no plain names are quoted: `entities["a b"]` */
export function formatPath(segments: readonly PropertyKey[]): string {
  let path = '';
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(String(segment)))
      path += `${path === '' ? '' : '.'}${String(segment)}`;
    else path += `[${JSON.stringify(String(segment))}]`;
  }
  return path;
}

/**
 * JSON as RFC 8259 has it, without what readers disagree on: duplicate keys, NUL characters, lone surrogates, numbers beyond
 * a double, `__proto__` keys, more than 100 levels. `parseStrictJson('{"a":1}')` → `{ a: 1 }`.
 *
 * @throws StrictJsonError with the path and the offset of the first fault
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed(text, error instanceof Error ? error.message : 'malformed JSON');
  }
  const keys = inspect(value, [], text);
  // JSON.parse keeps the last of two equal keys, so the text then has more colons than the value has keys.
  if (keys !== countColons(text)) throw duplicateKey(text);
  return value;
}

/** Refuses what must not be in a value; answers with how many keys it has, at all levels. */
function inspect(value: unknown, path: JSONPath, text: string): number {
  if (typeof value === 'string') {
    if (!isCleanText(value)) throw fault(text, path, 'must be well-formed text without NUL bytes');
    return 0;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw fault(text, path, 'is a number out of range');
    return 0;
  }
  if (typeof value !== 'object' || value === null) return 0;
  if (path.length >= MAX_DEPTH) {
    throw new StrictJsonError(formatPath(path.slice(0, 3)), `is nested deeper than ${MAX_DEPTH} levels`, 0);
  }
  let keys = 0;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      keys += inspect(value[index], path, text);
      path.pop();
    }
    return keys;
  }
  for (const [key, inner] of Object.entries(value)) {
    path.push(key);
    if (key === '__proto__') throw fault(text, path, 'is not allowed as a key');
    if (!isCleanText(key)) throw fault(text, path, 'is a key with a NUL byte or malformed text');
    keys += 1 + inspect(inner, path, text);
    path.pop();
  }
  return keys;
}

/** The colons outside of strings in valid JSON: one for each key as written. */
function countColons(text: string): number {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x3a) colons += 1;
    else if (code === 0x22) at = closingQuote(text, at);
  }
  return colons;
}

function closingQuote(text: string, opening: number): number {
  for (let at = text.indexOf('"', opening + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

function fault(text: string, path: JSONPath, message: string): StrictJsonError {
  const root = parseTree(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, path);
  return new StrictJsonError(formatPath(path), message, node?.offset ?? 0);
}

function duplicateKey(text: string): StrictJsonError {
  const open: Set<string>[] = [];
  let found: StrictJsonError | undefined;
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: (key, offset, _length, _line, _character, parent) => {
      const keys = open.at(-1);
      if (keys?.has(key) === true) {
        found ??= new StrictJsonError(formatPath([...parent(), key]), 'is given twice', offset);
      }
      keys?.add(key);
    },
  });
  return found ?? new StrictJsonError('', 'has a key twice', 0);
}

/** JSON.parse does not always say where: a second reader finds the place. */
function malformed(text: string, reason: string): StrictJsonError {
  if (text.trim() === '') return new StrictJsonError('', 'is empty; JSON is expected', 0);
  try {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    const [first] = errors;
    if (first !== undefined) {
      const what = printParseErrorCode(first.error)
        .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toLowerCase();
      const path = formatPath(getLocation(text, first.offset).path.filter((segment) => segment !== ''));
      return new StrictJsonError(path, `is not JSON: ${what} at character ${first.offset}`, first.offset);
    }
  } catch (error) {
    // The second reader recurses, and runs out of stack on what JSON.parse refused for another reason.
    if (!(error instanceof RangeError)) throw error;
  }
  return new StrictJsonError('', `is not JSON: ${reason}`, 0);
}
