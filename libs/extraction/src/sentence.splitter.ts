import { ABBREVIATIONS, OPENERS } from './english.lexicon';

/** A sentence, a headline or a list item: `text.slice(start, end)` of the article, without bullet, dateline and lead-in label. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly form: 'sentence' | 'headline';
  /** Most words begin with a capital, so capitals tell nothing about names. */
  readonly titleCase: boolean;
  /** "Baidu: The company …" → `Baidu` */
  readonly label: string | null;
  /** The line it stands in. */
  readonly paragraph: number;
  /** Where a whole line is a headline (the article's title may be in its text). */
  readonly place: number;
}

const FURNITURE =
  /^(?:back|top|home|menu|share(?: this.*)?|tweet|print|e-?mail|comments?|advertisements?|sponsored.*|subscribe.*|sign up.*|read more.*|read also.*|related(?: articles| stories)?.*|also read.*|see also.*|continue reading.*|follow us.*|click here.*|tags?:.*|topics?:.*|disclaimer.*|copyright.*|©.*|all rights reserved.*|photo(?: credit)?:.*|image(?: credit)?:.*|source:.*|file photo.*|\d+ min(?:ute)?s? read|by [A-Z][\w.'’-]+ [A-Z][\w.'’-]+|\S+\.(?:webp|jpe?g|png|gif)|(?:https?:\/\/)?\S+\.(?:com|org|net)\/?\S*|updated .{0,60}|published .{0,60}|\(?reporting by .*|editing by .*|our standards:.*|listen to .*|get the .* newsletter.*|this article (?:was|first) .*|reprints? .*|editor'?s note.*|watch:.*)$/i;
const BULLET = /^(?:[•●▪◦·‣*]|[-–—](?=\s)|\d{1,2}[.)](?=\s))\s*/;
const DATELINE =
  /^(?:[\p{Lu}][\p{L}.'’-]*(?:[ ,/]+[\p{Lu}][\p{L}.'’-]*){0,4})(?:(?:,?\s+(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}(?:,\s*\d{4})?)(?:\s*\([^)]{2,40}\))?\s*(?::|--|—|–|-)|\s*\([^)]{2,40}\)\s*(?:--|—|–|-)|\s+(?:--|—)\s)\s*/u;
const LABEL = /^((?:[\p{Lu}\d"“‘'][^:.;!?]{1,60}?)):\s+(?=[\p{Lu}"“‘\d$€£])/u;
const LONGEST_LABEL = 6;
/** "12 June: …", "Second quarter: …" say when, not who. */
const DATED_LABEL =
  /\b(?:\d{1,2}|(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|quarter|spring|summer|autumn|winter|year-end)\b/i;
// Only from the first mark of a run: from each of them would be quadratic in a row of dots.
const END = /(?<![.!?…])[.!?…]+["”’'»)\]]*(?=\s+["“‘'«([]?[\p{Lu}\p{N}$€£¥₹])/gu;

/** Splits an article into sentences. Site furniture is left out; a line without a full stop is a headline when short. Linear in the text. */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let offset = 0;
  let paragraph = 0;
  let place = 0;
  for (const line of text.split('\n')) {
    const from = offset;
    offset += line.length + 1;
    paragraph += 1;
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    if (content === '' || content.length > 20_000 || FURNITURE.test(content)) continue;
    place += 1;
    let start = from + indent;
    const end = start + content.length;
    const bullet = BULLET.exec(content)?.[0].length ?? 0;
    start += bullet;
    const dateline = DATELINE.exec(text.slice(start, end).slice(0, 140));
    if (dateline && dateline[0].length < end - start) start += dateline[0].length;
    const body = text.slice(start, end);
    const count = body.split(/\s+/).length;
    const form = /[.!?…:;]["”’')\]]*$/.test(body) || count > 24 ? 'sentence' : 'headline';
    const label = LABEL.exec(body.slice(0, 90))?.[1] ?? null;
    const labelled =
      label !== null && label.split(/\s+/).length <= LONGEST_LABEL && !DATED_LABEL.test(label) ? label : null;
    if (labelled !== null) start += (LABEL.exec(body.slice(0, 90))?.[0] ?? '').length;
    for (const [first, last] of cut(text, start, end)) {
      sentences.push({
        start: first,
        end: last,
        form,
        titleCase: isTitleCase(text.slice(first, last)),
        label: labelled,
        paragraph,
        place,
      });
    }
  }
  return sentences;
}

function cut(text: string, start: number, end: number): [number, number][] {
  const line = text.slice(start, end);
  const parts: [number, number][] = [];
  let from = 0;
  for (const match of line.matchAll(END)) {
    const stop = match.index + match[0].length;
    if (match[0].startsWith('.') && isAbbreviation(line, match.index, stop)) continue;
    parts.push([start + from, start + stop]);
    from = stop + (/^\s+/.exec(line.slice(stop, stop + 50))?.[0].length ?? 0);
  }
  if (from < line.length) parts.push([start + from, end]);
  return parts;
}

function isAbbreviation(line: string, dot: number, stop: number): boolean {
  const before = /[\p{L}.]+$/u.exec(line.slice(Math.max(0, dot - 12), dot))?.[0] ?? '';
  const isShort =
    ABBREVIATIONS.has(before.toLowerCase()) || /^\p{Lu}$/u.test(before) || /^(?:\p{L}\.)+\p{L}$/u.test(before);
  if (!isShort) return false;
  const next = /[\p{L}\p{N}$€£¥]+/u.exec(line.slice(stop, stop + 40))?.[0] ?? '';
  if (/^(?:mr|mrs|ms|dr|prof|gov|sen|rep|gen|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|no|rs|vs)$/i.test(before))
    return true;
  return !OPENERS.has(next);
}

function isTitleCase(sentence: string): boolean {
  const long = (sentence.match(/[\p{L}][\p{L}'’-]*/gu) ?? []).filter((word) => word.length > 3);
  if (long.length < 4 || /[.;:]["”’)]*$/.test(sentence)) return false;
  return long.filter((word) => /^\p{Lu}/u.test(word)).length / long.length > 0.75;
}
