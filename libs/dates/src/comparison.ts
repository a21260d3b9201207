import type { Scan } from './phrase.scan';

/** How far before a date the word of comparison is looked for, in tokens: "compared with a loss of 2.1 billion yen in". */
const REACH = 12;
const CHANGES = new Set(
  `rose fell grew gained climbed jumped surged soared dropped declined slid slipped sank shrank slumped plunged increased decreased improved narrowed widened
  dipped eased slowed accelerated doubled tripled halved up down higher lower more less rise fall growth increase decrease decline drop gain jump change
  rises falls grows climbs drops declines swung unchanged flat`.split(/\s+/),
);
const FIGURE_WORDS = new Set(
  `a an the of about around roughly some only just nearly almost million billion trillion m bn tn k percent per cent points point basis bps dollars euros pounds
  yen yuan won rupees loss profit same period quarter month year week figure level reading in for on during at last previous prior us s and or`.split(
    /\s+/,
  ),
);

/**
 * Is the date that begins at this token what a figure is compared with? "to £3m from £2m a year earlier", "up from 4 % in March", "fell 3 % from
 * the previous quarter": nothing happened then. Between the word of comparison and the date stand a figure and its words, or nothing at all
 * where the sentence tells before how something changed.
 */
export function isComparedWith(scan: Scan, at: number): boolean {
  const sentence = scan.token(at)?.sentence;
  let figure = false;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index -= 1) {
    const token = scan.token(index);
    if (token === undefined || token.sentence !== sentence) return false;
    if (scan.is(index, 'from', 'than', 'versus', 'vs', 'against') || isCompared(scan, index))
      return (figure || index === at - 1) && tellsChange(scan, index, at, figure);
    if (token.kind === 'number' || /^[$€£¥₹₩%]$/.test(token.text)) figure = true;
    else if (token.kind === 'word' ? !FIGURE_WORDS.has(token.lower) : !/^[.,]$/.test(token.text)) return false;
  }
  return false;
}

/** "compared with", "compared to" at its last word */
const isCompared = (scan: Scan, at: number): boolean =>
  scan.is(at, 'with', 'to') && scan.is(at - 1, 'compared', 'comparison', 'compares');

/**
 * "from", and "against", may as well say where something begins: there a change must have been told before, and where no figure stands
 * between, the date must be one that lies behind by its words. "Fell to 9 from 12 in April" says when it fell.
 */
function tellsChange(scan: Scan, at: number, date: number, figure: boolean): boolean {
  const behind = liesBehind(scan, date);
  if (!figure && !behind) return false;
  if (!scan.is(at, 'from', 'against')) return true;
  const sentence = scan.token(at)?.sentence;
  for (let index = at - 1; index >= at - REACH; index -= 1) {
    const token = scan.token(index);
    if (token === undefined || token.sentence !== sentence || token.text === ';') return false;
    if (token.lower === 'to' && !behind) return false;
    if (CHANGES.has(token.lower)) return true;
  }
  return false;
}

/** "the previous quarter", "last month", "a year earlier", "two weeks ago" */
function liesBehind(scan: Scan, at: number): boolean {
  const word = scan.is(at, 'the') ? at + 1 : at;
  if (scan.is(word, 'last', 'previous', 'prior', 'preceding', 'same')) return true;
  const unit = scan.count(word)?.end;
  return unit !== undefined && scan.unit(unit) !== null && scan.is(unit + 1, 'ago', 'earlier', 'before');
}
