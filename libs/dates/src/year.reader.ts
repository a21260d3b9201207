import type { Measured, Scan } from './phrase.scan';

const CONTEXT_BEFORE = new Set(
  `in since by until till before after from during between of through for to early mid late and or the a an this its their his her our s year around about circa
  approximately than beyond starting throughout over roughly into past calendar fall spring summer autumn winter both &`.split(
    /\s+/,
  ),
);
/** Events that carry their year after their name: "WWDC 2005", "Expo 2025". */
const EDITIONS = new Set(
  `conference expo summit olympics games cup forum congress festival awards fair open championship championships index report survey budget edition convention
  exhibition symposium ces mwc wwdc computex ifa davos meeting week plan election elections agenda vision strategy review outlook season act`.split(
    /\s+/,
  ),
);
/** What is counted, not dated: "2000 jobs". */
const COUNTED = new Set(
  `people jobs workers employees staff students engineers researchers scientists developers customers users subscribers companies firms stores shops branches homes
  houses units vehicles cars trucks planes ships robots chips gpus servers cases deaths points dollars euros yuan yen pounds rupees won percent km kilometers kilometres
  miles metres meters feet acres hectares tons tonnes barrels kg grams watts megawatts mw gw kwh hours minutes seconds days weeks months times men women children
  voters soldiers troops patients participants delegates pieces words pages items members models patents schools universities hospitals villages residents families
  beds seats rooms tickets copies songs apps games shares lines projects products sites locations outlets positions roles hires layoffs teachers doctors nurses
  satellites missiles drones stations hp rpm mah hz mhz x per of`.split(/\s+/),
);
/** Words after which a number of four digits is a label. */
const LABELS = new Set(
  `room page flight no number section route chapter article model version windows office boeing airbus area series type code building suite apt box street avenue
  highway bus train channel gate bay lot pin zip unit form rule isbn iso en vol volume nr serial`.split(/\s+/),
);
const AFTER_LONE_YEAR = new Set(
  'was is will saw marks marked brought has had could may might would started began ended and or'.split(' '),
);
const FUNCTION_WORDS = new Set(
  `the a an and or but as at in on with when while it its he she they we i that which who after before from to by for was is were are will has have had this these
  where because if so then than under over about into amid despite following compared according alone onwards onward until through thanks due can could would`.split(
    /\s+/,
  ),
);

/** Four digits that may be a year from 1000 to 2199, a number of their own: no part of 2,000, GPT-2024 or $2025. */
export function yearToken(scan: Scan, at: number): Measured | null {
  const token = scan.token(at);
  if (token?.kind !== 'number' || token.text.length !== 4) return null;
  const value = Number(token.text);
  if (value < 1000 || value > 2199 || !separate(scan, at)) return null;
  return COUNTED.has(scan.word(at + 1)) && !scan.is(at + 1, 'of', 'games', 'models', 'months', 'days')
    ? null
    : { value, end: at + 1 };
}

function separate(scan: Scan, at: number): boolean {
  const before = scan.token(at - 1);
  const glued = scan.glued(at);
  if (before && '$€£¥₹#'.includes(before.text)) return false;
  if (before && glued && before.kind === 'word' && !/^(fy|cy|q|h|ca|c)$/.test(before.lower)) return false;
  if (before && glued && /^[.,_=&@+]$/.test(before.text))
    return scan.token(at - 2)?.kind === 'word' && before.text === ',';
  if (before && glued && scan.isDash(at - 1) && scan.glued(at - 1)) {
    const further = scan.token(at - 2);
    if (
      further?.kind === 'word' &&
      !/^(mid|early|late|end|pre|post|to|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|quarter|half|q|h|spring|summer|autumn|fall|winter)$/.test(
        further.lower,
      )
    )
      return false;
    if (
      further?.kind === 'number' &&
      scan.isDash(at - 3) &&
      scan.glued(at - 2) &&
      scan.token(at - 4)?.kind === 'number'
    )
      return false;
  }
  const after = scan.token(at + 1);
  if (!after?.glued) return true;
  if (after.kind === 'word') return /^(q|h|s)$/.test(after.lower);
  if (/^[%°_=&@]$/.test(after.text)) return false;
  return !(/^[.,]$/.test(after.text) && scan.token(at + 2)?.kind === 'number' && scan.glued(at + 2));
}

/** "Tel: +86 2010-2015-86", "fax 2020 2021" */
function telephone(scan: Scan, at: number): boolean {
  for (let back = 1; back <= 6; back += 1) {
    if (scan.is(at - back, 'tel', 'phone', 'fax', 'telephone', 'mobile', 'hotline', 'whatsapp')) return true;
    if (scan.is(at - back, '+') && scan.glued(at - back + 1)) return true;
    if (scan.token(at - back)?.kind === 'word') return false;
  }
  return false;
}

/** May the year at this token stand for itself? "in 2020" and "the 2023 rules" may, "Windows 2000" and "2000 jobs" may not. */
export function yearStands(scan: Scan, at: number, end: number): boolean {
  if (scan.alone) return true;
  if (telephone(scan, at)) return false;
  const value = Number(scan.word(at));
  const before = scan.token(at - 1);
  const after = scan.token(end);
  if (scan.is(at - 1, '.') && scan.is(at - 2, 'c', 'ca')) return true;
  if (LABELS.has(scan.word(at - 1)) || (scan.is(at - 1, '.') && LABELS.has(scan.word(at - 2)))) return false;
  if (value > 2100 || value < 1500) return false;
  if (scan.is(end, 'or', 'and') && scan.is(end + 1, 'later', 'earlier', 'beyond')) return true;
  if (scan.is(end, 'onwards', 'onward')) return true;
  const closed =
    after === undefined ||
    after.kind !== 'word' ||
    FUNCTION_WORDS.has(after.lower) ||
    after.sentence !== scan.token(at)?.sentence;
  if (value < 1900)
    return closed && scan.is(at - 1, 'in', 'since', 'of', 'to', 'from', 'until', 'by', 'before', 'after');
  if (before === undefined || before.kind === 'break' || before.sentence !== scan.token(at)?.sentence) {
    return (
      AFTER_LONE_YEAR.has(scan.word(end)) ||
      (after?.kind === 'word' && value >= scan.year - 15 && value <= scan.year + 15)
    );
  }
  if (/^[([]$/.test(before.text)) return after !== undefined && /^[)\],;:–-]$/.test(after.text);
  if (scan.isDash(at - 1) && scan.glued(at - 1))
    return /^(mid|early|late|end|pre|post)$/.test(scan.word(at - 2)) || yearToken(scan, at - 2) !== null;
  if (before.text === ',' || before.text === '/') {
    if (yearToken(scan, at - 2)) return true;
    return closed && after?.kind !== 'word' && scan.token(at - 2)?.kind === 'word' && Math.abs(value - scan.year) <= 60;
  }
  if (/^(about|around|over|roughly|approximately|than|least|to|for|of|from|past|&)$/.test(before.lower)) {
    return closed || (before.lower === 'of' && after?.kind === 'word' && !after.lower.endsWith('s'));
  }
  if (before.lower === 'and' || before.lower === 'or') {
    return closed && (yearToken(scan, at - 2) !== null || Math.abs(value - scan.year) <= 30);
  }
  if (before.lower === 'not') return closed && scan.is(at - 2, 'but');
  if (before.lower === 'as') return closed && /^(early|soon|late|recently|back)$/.test(scan.word(at - 2));
  if (CONTEXT_BEFORE.has(before.lower)) return true;
  if (before.kind === 'word' && EDITIONS.has(before.lower)) return before.capital || closed;
  return before.text === ':' || before.text === '—' || before.text === '–' || (before.text === '"' && closed);
}

const SHIFTS: ReadonlyMap<string, number> = new Map([
  ['this', 0],
  ['current', 0],
  ['last', -1],
  ['next', 1],
]);

/** A year that is named by its place, after a month or quarter: "of this year", "last year", "of the following year", "a year earlier". */
export function statedYear(scan: Scan, at: number): Measured | null {
  let start = at;
  if (scan.is(start, ',')) start += 1;
  if (scan.is(start, 'of', 'in')) start += 1;
  if (scan.is(start, 'earlier', 'later', 'early', 'late') && scan.is(start + 1, 'this')) start += 1;
  const shift = SHIFTS.get(scan.word(start));
  if (shift !== undefined && scan.is(start + 1, 'year') && !(start === at && scan.is(start, 'current'))) {
    return { value: scan.year + shift, end: start + 2 };
  }
  if (scan.is(start, 'the', 'that') && start > at) {
    const anchored = scan.anchor?.lower ? Number(scan.anchor.lower.slice(0, 4)) : scan.year;
    if (scan.is(start, 'that') && scan.is(start + 1, 'year')) return { value: anchored, end: start + 2 };
    if (scan.is(start + 1, 'year')) return { value: scan.year, end: start + 2 };
    if (scan.is(start + 1, 'current', 'same') && scan.is(start + 2, 'year')) {
      return { value: scan.is(start + 1, 'same') ? anchored : scan.year, end: start + 3 };
    }
    if (scan.is(start + 1, 'following', 'next') && scan.is(start + 2, 'year'))
      return { value: anchored + 1, end: start + 3 };
    if (scan.is(start + 1, 'previous', 'prior', 'preceding') && scan.is(start + 2, 'year'))
      return { value: anchored - 1, end: start + 3 };
  }
  if (scan.is(start, 'the') && scan.is(start + 1, 'following') && scan.is(start + 2, 'year')) {
    const anchored = scan.anchor?.lower ? Number(scan.anchor.lower.slice(0, 4)) : scan.year;
    return { value: anchored + 1, end: start + 3 };
  }
  return null;
}
