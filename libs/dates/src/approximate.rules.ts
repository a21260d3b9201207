import { DECADE_WORDS } from './calendar.lexicon';
import type { Reading, Rule, Scan } from './phrase.scan';

/** "about 2015", "around June 2024", "circa 1998", "sometime in 2019": the date itself, marked with `~` */
export function makeApproximateRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    let next = at + 1;
    if (scan.is(at, 'some') && scan.is(next, 'time')) next += 1;
    else if (scan.is(at, 'c', 'ca')) {
      if (!scan.is(next, '.') && !scan.glued(next)) return null;
      if (scan.is(next, '.')) next += 1;
    } else if (!scan.is(at, 'about', 'around', 'circa', 'approximately', 'roughly', 'sometime', '~')) return null;
    if (scan.is(at, 'some', 'sometime')) {
      if (scan.is(next, 'around', 'about')) next += 1;
      else if (!scan.is(next, 'in', 'during')) return null;
      else next += 1;
    }
    if (scan.is(next, 'in')) next += 1;
    if (scan.is(next, 'the')) next += 1;
    const target = readDate(scan, next, depth + 1);
    if (!target || /[/~?%]/.test(target.edtf) || target.rule.startsWith('relative.ago')) return null;
    return { end: target.end, edtf: `${target.edtf}~`, rule: 'approximate' };
  };
}

/** "the 2010s", "the '90s", "the nineties", "this decade", "the end of the decade" by way of the part rules */
export function decadeRule(scan: Scan, at: number): Reading | null {
  const named = DECADE_WORDS.get(scan.word(at));
  const article = scan.is(at - 1, 'the') || scan.is(at - 2, 'the') || scan.is(at - 1, 'early', 'mid', 'late', '-');
  if (named !== undefined) {
    return article && !scan.is(at - 1, 'in') ? { end: at + 1, edtf: decadeText(named), rule: 'decade' } : null;
  }
  const token = scan.token(at);
  if (scan.isApostrophe(at) && /^[1-9]0$/.test(scan.word(at + 1)) && scan.glued(at + 1))
    return suffixed(scan, at + 2, 1900 + Number(scan.word(at + 1)));
  if (token?.kind !== 'number') return null;
  if (/^(19|20)\d0$/.test(token.text) && token.text !== '1900') return suffixed(scan, at + 1, Number(token.text));
  if (/^[2-9]0$/.test(token.text) && scan.is(at - 1, 'the', 'early', 'mid', 'late'))
    return suffixed(scan, at + 1, 1900 + Number(token.text));
  return null;
}

function suffixed(scan: Scan, at: number, year: number): Reading | null {
  const s = scan.isApostrophe(at) && scan.glued(at) ? at + 1 : at;
  return scan.is(s, 's') && scan.glued(s) ? { end: s + 1, edtf: decadeText(year), rule: 'decade' } : null;
}

const decadeText = (year: number): string => `${String(year).slice(0, 3)}X`;
