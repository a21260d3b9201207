import { parse, type ParseError } from 'jsonc-parser';
import type { FeedFlaw } from './feed.types';

/** Elements within elements; deeper ones are no feed. */
const MAX_DEPTH = 100;

/** JSON with the slips that people make (comments, trailing commas, an end that is missing), and whether it had any. */
export function readJson(text: string): { value: unknown; flaws: FeedFlaw[] } {
  if (isDeep(text)) return { value: null, flaws: ['cut-short'] };
  try {
    return { value: JSON.parse(text) as unknown, flaws: [] };
  } catch {
    const errors: ParseError[] = [];
    const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    return { value, flaws: ['invalid-json'] };
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (inString) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) inString = false;
    } else if (sign === 0x22) inString = true;
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
  }
  return false;
}
