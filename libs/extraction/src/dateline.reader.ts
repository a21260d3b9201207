const MONTH = String.raw`(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]*\.?`;
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const DATE = String.raw`(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:${MONTH} ${DAY}(?:,? \d{4})?|${DAY} ${MONTH}(?:,? \d{4})?)|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4})`;
const CAPITAL = String.raw`\p{Lu}[\p{L}.'’-]{0,24}`;
/** "On May 6: …" dates what follows, and is no dateline. */
const NO_PLACE = String.raw`(?!(?:On|In|By|Since|From|Until|Till|Before|After|Between|As|At|The|This|That|Early|Late|Mid|Updated|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|${MONTH})[ ,])`;
const PLACE = String.raw`${NO_PLACE}${CAPITAL}(?:(?:, ?|[ /]| ?& ?| and | (?:of|de|la|the|upon|am) |, the )${CAPITAL}){0,5}(?: \[${CAPITAL}\])?`;
/** "U.S. – China" names two sides. */
const LOUD = String.raw`(?=\p{Lu}{4}|\p{Lu}+ \p{Lu}{2})\p{Lu}[\p{Lu}.'’-]{1,24}(?:(?:, ?|[ /]| ?& ?)\p{Lu}[\p{Lu}.'’-]{0,24}){0,4}(?:, \p{Lu}[\p{L}.]{1,15})?`;
const AGENCY = String.raw`(?:\([^():]{2,40}\)|/[\p{L}][\p{L} .-]{2,30}/|\[[\p{L} ]{2,30}\])`;
const DASH = String.raw`[ \u00a0]?(?:--|—|–|―|-|_|:)`;
const NEXT = String.raw`[ \u00a0]*(?=["“‘'«(]?[\p{Lu}\p{N}$€£¥₹])`;

const FORMS: readonly RegExp[] = [
  // "BERLIN, 6 May 2025 /PRNewswire/ -- ", "Washington, D.C., May 6, 2025 – "
  `${PLACE},?(?: ${DATE}| \\(${DATE}\\))(?: ?(?:--|—|–|-))?(?: ?${AGENCY})?${DASH}[ \\u00a0]*`,
  // "NEW DELHI, May 6 (PTI) "
  `${PLACE},? ${DATE} ${AGENCY}${NEXT}`,
  // "TOKYO (Kyodo) — ", "PARIS--(BUSINESS WIRE)--"
  `(?:${PLACE})?(?: |--| -- )?${AGENCY}[ \\u00a0]?(?:--|—|–|―|-|_)${NEXT}`,
  // "May 6, 2025 – Munich, Germany – "
  `${DATE}(?:,|${DASH}) ${PLACE}${DASH} ${NEXT}`,
  // "LONDON - "
  `${LOUD}[ \\u00a0](?:--|—|–|-)[ \\u00a0]${NEXT}`,
].map((form) => new RegExp(`^${form}`, 'u'));

const ALONE = new RegExp(`^${PLACE},? ${DATE}(?: ?${AGENCY})?[ ]?(?:[-–—|,]+)?$`, 'u');
const LONGEST = 160;

/** The length of the dateline that a line begins with, 0 where there is none. `'TOKYO (Kyodo) — Two firms …'` → 16 */
export function datelineLength(line: string): number {
  const head = line.slice(0, LONGEST);
  for (const form of FORMS) {
    const length = form.exec(head)?.[0].length ?? 0;
    if (length > 0 && length < line.length) return length;
  }
  return 0;
}

/** A line that is a dateline and nothing else: `'Brussels, 3 June 2025'` */
export const isDateline = (line: string): boolean => line.length < 80 && ALONE.test(line);
