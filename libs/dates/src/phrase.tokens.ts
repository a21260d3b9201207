import { APOSTROPHES } from './calendar.lexicon';

/** A word, a run of digits, one other character, or a paragraph break of no width. */
export interface Token {
  kind: 'word' | 'number' | 'mark' | 'break';
  text: string;
  lower: string;
  start: number;
  end: number;
  /** nothing stands between it and the token before */
  glued: boolean;
  /** begins with an upper-case letter */
  capital: boolean;
  /** number of the sentence, from 0 */
  sentence: number;
}

const PIECE = /\p{L}[\p{L}\p{M}]*|\d+|[^\s]/gu;
const BLANK_LINE = /\n[^\S\n]*\r?\n/;
const ENDS = new Set(['.', '!', '?', '…']);
/** Words before a full stop that does not end a sentence; single letters are handled apart. */
const ABBREVIATIONS = new Set(
  'jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun mr mrs ms dr prof gen sen rep gov st no vs inc corp co ltd approx ca'.split(
    ' ',
  ),
);

/** Splits a text in one pass: `"Feb 27: 3%"` → Feb · 27 · : · 3 · % */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let sentence = 0;
  let last = 0;
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    const piece = match[0];
    const start = match.index;
    const code = piece.charCodeAt(0);
    const capital = code < 128 ? code >= 65 && code <= 90 : /^\p{Lu}/u.test(piece);
    if (tokens.length > 0 && start > last) {
      const gap = text.slice(last, start);
      if (BLANK_LINE.test(gap)) {
        sentence += 1;
        tokens.push({
          kind: 'break',
          text: '',
          lower: '',
          start: last,
          end: last,
          glued: false,
          capital: false,
          sentence,
        });
      } else if ((capital && gap.includes('\n')) || endsSentence(tokens, piece, capital)) {
        sentence += 1;
      }
    }
    const kind = kindOf(piece, code);
    const end = start + piece.length;
    tokens.push({
      kind,
      text: piece,
      lower: piece.toLowerCase(),
      start,
      end,
      glued: start === last && start > 0,
      capital,
      sentence,
    });
    last = end;
  }
  return tokens;
}

/** Nearly all pieces are told by their first character alone, and this is asked of every one. */
function kindOf(piece: string, code: number): Token['kind'] {
  if (code >= 128) return /^\p{L}/u.test(piece) ? 'word' : 'mark';
  if (code >= 48 && code <= 57) return 'number';
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) ? 'word' : 'mark';
}

/** How many quotes and brackets may close behind the stop of a sentence. */
const MOST_CLOSING = 4;

function endsSentence(tokens: readonly Token[], next: string, capital: boolean): boolean {
  let index = tokens.length - 1;
  const farthest = Math.max(0, index - MOST_CLOSING);
  while (index > farthest && /^["”’')\]]$/.test(tokens[index]?.text ?? '')) index -= 1;
  const mark = tokens[index];
  if (!mark || !ENDS.has(mark.text) || !(capital || /^["“‘'\d]/.test(next))) return false;
  if (mark.text !== '.') return true;
  const word = tokens[index - 1];
  if (!word || word.kind !== 'word' || APOSTROPHES.has(next)) return true;
  return !(word.text.length === 1 || ABBREVIATIONS.has(word.lower));
}
