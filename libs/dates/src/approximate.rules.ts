import type { Rule } from './phrase.scan';

/** "about 2015", "around June 2024", "circa 1998", "sometime in 2019": the date itself, marked with `~` */
export function makeApproximateRule(readDate: Rule): Rule {
  return (scan, at, depth) => {
    let next = at + 1;
    if (scan.is(at, 'some') && scan.is(next, 'time')) next += 1;
    else if (scan.is(at, 'c', 'ca')) {
      if (!scan.is(next, '.') && !scan.glued(next)) return null;
      if (scan.is(next, '.')) next += 1;
    } else if (scan.is(at, 'about') && scan.is(at - 1, 'how', 'what')) return null;
    else if (!scan.is(at, 'about', 'around', 'circa', 'approximately', 'roughly', 'sometime', '~')) return null;
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
