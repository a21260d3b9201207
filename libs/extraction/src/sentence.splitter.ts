import { datelineLength, isDateline } from './dateline.reader';
import { ABBREVIATIONS, OPENERS } from './english.lexicon';
import { FurnitureFilter } from './page.furniture';

/** A sentence, a headline or a list item: `text.slice(start, end)` of the article, without bullet, dateline and lead-in label. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly form: 'sentence' | 'headline';
  /** Most words begin with a capital, so capitals tell nothing about names. */
  readonly titleCase: boolean;
  /** "Baidu: The company …", "Baidu — The company …" → `Baidu` */
  readonly label: string | null;
  /** The line it stands in. */
  readonly paragraph: number;
  /** Where a whole line is a headline (the article's title may be in its text). */
  readonly place: number;
}

type Piece = readonly [start: number, end: number];

/** What may stand before the first word of a line: bullets, numbers of items, marks of Markdown. */
const BULLET =
  /^(?:[•●▪◦·‣■□○►▶➢✓✔»|]|#{1,6}(?=\s)|>(?=\s)|[*+](?=\s)|\*{2,3}(?=[\p{L}\d"“])|[-–—](?=\s)|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*/u;
const INNER_BULLET = /(?<!\s)\s+[•●▪■►➢]\s*/gu;
const LABEL =
  /^((?:[\p{Lu}\d“"‘'])[^:.;!?()*]{1,60}?)(?:\*{0,3}:\*{0,3}\s+|\*{1,3}\s+|\*{0,3}\s(?:—|–|--)\s\*{0,3})(?=[\p{Lu}"“‘\d$€£])/u;
/** "6 May 2025: …", "Second quarter: …" say when, not who, and must stay in their line. */
const DATED_LABEL =
  /\b(?:(?:19|20)\d\d|Q[1-4]|H[12]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December|[Qq]uarter|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter|[Yy]ear-end)\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d|\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|^(?:\p{L}+[ -])?May$/u;
const LONGEST_LABEL = 6;
/** "Acme – Bolt" may be one thing; before a dash only a word or two leads in. */
const LONGEST_DASHED_LABEL = 3;
const HEADLINE_WORDS = 24;
// Only from the first mark of a run: from each of them would be quadratic in a row of dots.
const END =
  /(?<![.!?…])[.!?…]+["”’'»)\]*_]{0,8}(?=\s+["“‘'«([*]{0,3}[\p{Lu}\p{N}$€£¥₹])|(?<![.!?…])[.!?]+[”"](?=\p{Lu}\p{Ll})/gu;

/**
 * Splits an article into sentences. Site furniture, datelines and what stands below "About Acme" and the like are left out; a line without a full
 * stop is a headline when short. Linear in the text.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  const furniture = new FurnitureFilter();
  let offset = 0;
  let paragraph = 0;
  let place = 0;
  for (const line of text.split('\n')) {
    const start = offset + line.length - line.trimStart().length;
    offset += line.length + 1;
    paragraph += 1;
    const content = line.trim();
    if (content === '' || furniture.isFurniture(content) || isDateline(content)) continue;
    place += 1;
    for (const piece of unglued(text, start, start + content.length)) {
      for (const sentence of sentencesOf(text, piece, paragraph, place)) sentences.push(sentence);
    }
  }
  return sentences;
}

function sentencesOf(text: string, [from, end]: Piece, paragraph: number, place: number): Sentence[] {
  let start = from;
  for (let length = 1; length > 0 && start < end; start += length)
    length = BULLET.exec(text.slice(start, Math.min(end, start + 12)))?.[0].length ?? 0;
  const listed = start > from;
  start += datelineLength(text.slice(start, Math.min(end, start + 200)));
  const lead = leadIn(text.slice(start, Math.min(end, start + 90)));
  start += lead?.length ?? 0;
  const body = text.slice(start, end);
  const form =
    /[.!?…:;]["”’')\]*_]*$/.test(body) || body.split(/\s+/, HEADLINE_WORDS + 1).length > HEADLINE_WORDS
      ? 'sentence'
      : 'headline';
  return cut(text, start, end).map(([first, last], order) => ({
    start: first,
    end: last,
    // "• Cabinet approves ¥2.3 trillion for chips on Friday." is written like a headline, whatever it ends in.
    form: listed && order === 0 && !ARTICLE.test(text.slice(first, first + 12)) ? 'headline' : form,
    titleCase: isTitleCase(text.slice(first, last)),
    label: lead?.label ?? null,
    paragraph,
    place,
  }));
}

const ARTICLE = /^(?:The|An?|This|These|Its?|Our|We|They|There|In|On|At|For)\b/;

/** "Funding: …", "**Chips** — …": the words that say what a line is about, and how long they are with what parts them from the line. */
function leadIn(head: string): { readonly label: string; readonly length: number } | null {
  const found = LABEL.exec(head);
  const label = found?.[1]?.trim();
  if (!found || label === undefined || DATED_LABEL.test(label)) return null;
  const words = label.split(/\s+/).length;
  if (words > (/:/.test(found[0]) ? LONGEST_LABEL : LONGEST_DASHED_LABEL)) return null;
  return { label, length: found[0].length };
}

const OPENER = /^(?:The|This|That|These|Those|But|She|They|After|While|When|With|However|Meanwhile|According) \p{Ll}/u;
/** A small letter, then a word with a capital and a word in small letters: "…Catch-Up Mode|China is", "…next year|The firm". */
const GLUE = new RegExp(
  // Few places have a capital behind them and no blank before them, and this is asked of all.
  String.raw`(?=\p{Lu})(?<!\s)(?:(?<=\p{Ll}{2}|[\d)”’"])(?=\p{Lu}\p{Ll}+(?:['’]s)? \p{Ll})|(?<=\p{Ll}{2}|[)”’"])(?=\p{Lu}{3,20}[ ,/(-])|(?<=\p{Ll}{2}[.!?][”"]?)(?=\p{Lu}\p{Ll}+,? \p{Ll}))`,
  'gu',
);

/** Headlines and sentences that were run into the next one without a blank. */
function unglued(text: string, start: number, end: number): Piece[] {
  const line = text.slice(start, end);
  const pieces: Piece[] = [];
  let from = 0;
  const part = (at: number, next: number): void => {
    if (at > from) pieces.push([start + from, start + at]);
    from = next;
  };
  for (const { index } of line.matchAll(GLUE)) if (isSeam(line, from, index)) part(index, index);
  part(line.length, line.length);
  return pieces.flatMap(([first, last]) => atBullets(text, first, last));
}

const LONGEST_HEADLINE = 200;

function isSeam(line: string, from: number, at: number): boolean {
  const before = line.slice(Math.max(from, at - LONGEST_HEADLINE), at);
  const after = line.slice(at, at + LONGEST_HEADLINE);
  // "year.The firm", not "Booking.com", "Node.Js has".
  if (/[.!?][”"]?$/.test(before))
    return (
      !/[/@]\S*$/.test(before) &&
      !/^(?:Com|Net|Org|Io|Ai|Js|Co)\b/.test(after) &&
      !isAbbreviation(before.replace(/[.!?][”"]?$/, ''), '')
    );
  if (OPENER.test(after)) return /\s/.test(before);
  // Otherwise "OpenAI is" and "SenseTime has" look the same: only a headline in title case ends like that, before words in sentence case.
  const headline = at - from < LONGEST_HEADLINE ? before : '';
  if (!isTitleCase(headline)) return false;
  return datelineLength(after) > 0 || !isTitleCase(after.replace(/[.!?].*$/su, ''));
}

/** "One • Two • Three" in one line. */
function atBullets(text: string, start: number, end: number): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(INNER_BULLET)) {
    if (start + match.index > from) pieces.push([from, start + match.index]);
    from = start + match.index + match[0].length;
  }
  return from < end ? [...pieces, [from, end]] : pieces;
}

function cut(text: string, start: number, end: number): Piece[] {
  const line = text.slice(start, end);
  const parts: Piece[] = [];
  let from = 0;
  for (const match of line.matchAll(END)) {
    const stop = match.index + match[0].length;
    const rest = line.slice(stop, stop + 60);
    if (match[0].startsWith('.') && isAbbreviation(line.slice(Math.max(0, match.index - 40), match.index), rest))
      continue;
    if (/^[!?]+["”]/.test(match[0]) && SPEAKER.test(rest)) continue;
    parts.push([start + from, start + stop]);
    from = stop + (/^\s+/.exec(rest)?.[0].length ?? 0);
  }
  if (from < line.length) parts.push([start + from, end]);
  return parts;
}

/** “We did it!” Ann Lee said. */
const SPEAKER = /^\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,4}(?:said|says|asked|added|told|wrote|tweeted|shouted|exclaimed)\b/u;
/** What these stand before belongs to them. */
const LEADING =
  /^(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Rev|Hon|Pres|St|Mt|Messrs|vs|v|cf|e\.g|i\.e|approx|incl|Rs)$/;
const MONTHS = /^(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$/;
/** Abbreviations only before a number: "No. 5", "fig. 2"; "no." ends a sentence too. */
const NUMBERED = /^(?:no|nos|art|sec|para|ch|p|pp|fig|figs|vol|ca|c)$/i;
/** Single letters that name a member of a series end a sentence as any word does. */
const SERIES =
  /\b(?:series|class|plan|type|phase|tier|group|category|grade|schedule|vitamin|hepatitis|round|option|part|section|annex|exhibit)s? \p{Lu}$/iu;

/** Whether the full stop between two parts of a line only shortens a word. */
function isAbbreviation(before: string, rest: string): boolean {
  const word = /[\p{L}.]+$/u.exec(before)?.[0] ?? '';
  const next = /[\p{L}\p{N}$€£¥]+/u.exec(rest)?.[0] ?? '';
  if (NUMBERED.test(word)) return /^\d/.test(next);
  if (LEADING.test(word)) return true;
  if (MONTHS.test(word)) return !OPENERS.has(next);
  if (SERIES.test(before)) return false;
  const isShort = ABBREVIATIONS.has(word.toLowerCase()) || /^\p{Lu}$/u.test(word) || /^(?:\p{L}\.)+\p{L}$/u.test(word);
  return isShort && !OPENERS.has(next);
}

function isTitleCase(sentence: string): boolean {
  if (/[.;:]["”’)]*$/.test(sentence)) return false;
  const long = (sentence.match(/[\p{L}][\p{L}'’-]*/gu) ?? []).filter((word) => word.length > 3);
  if (long.length < 4) return false;
  return long.filter((word) => /^\p{Lu}/u.test(word)).length / long.length > 0.75;
}
