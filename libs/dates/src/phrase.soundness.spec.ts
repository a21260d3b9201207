import * as fc from 'fast-check';
import { findDates, parseEdtf, resolvePhrase } from './index';

const REFERENCE = '2025-04-20';
/** Words that rules begin or go on with, so that random texts reach deep into them. */
const WORDS =
  `the by end of first week next month last year in early mid late March May 2024 2025-26 12/03/2025 3 7th – - to from between and before after until since
  Q1 H2 quarter half fiscal FY24 spring winter Monday Tuesday weekend Christmas Lunar New Year Eve day days weeks ago later earlier two three a an 's ' " .
  , ( ) % $ about around 2010s '90s following previous same that this coming weeks months turn start beginning decade 29 February 31 year-end 2024/25 will said
  Sept. Oct. 10/1-11/2 Q3 quarters fiscal third , and Friday centuries 1800s midway night noon 5 p.m. >= = greater than to or exactly within over past so far eve Two Sessions \n\n \n 9999 0 1-1-1 U.S. Japan`.split(
    ' ',
  );

const texts = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 20 }).map((words) => words.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

test('on any text: offsets that hold, text order, no overlap, valid dates, no exception', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom('en-US', 'en-GB'), (text, locale) => {
      let last = 0;
      for (const date of findDates(text, { reference: REFERENCE, locale })) {
        expect(date.start).toBeGreaterThanOrEqual(last);
        expect(date.end).toBeGreaterThan(date.start);
        expect(text.slice(date.start, date.end)).toBe(date.phrase);
        expect(parseEdtf(date.edtf)).toMatchObject({ lower: date.lower, upper: date.upper, precision: date.precision });
        last = date.end;
      }
      resolvePhrase(text, { reference: REFERENCE, locale });
    }),
    { numRuns: 1_000 },
  );
});

/** Processor time of the quickest of a few runs, in ms: other processes make a run slower, never faster. */
function timeOf(text: string): number {
  const times = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    findDates(text, { reference: REFERENCE });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e3;
  });
  return Math.min(...times);
}

test.each([
  'by the end of the first week of ',
  'two weeks before ',
  'early ',
  'between 3 and ',
  '1-',
  'the ',
  'from March to ',
  "'",
  '" ',
  'fiscal year ',
  'fiscal third quarter ',
  'March, ',
  'Q1, ',
  '10/1-',
  'Friday two weeks after ',
])('time grows with the length, not faster: %j repeated', (piece) => {
  findDates(piece.repeat(200), { reference: REFERENCE });
  const growth = timeOf(piece.repeat(4_000)) / Math.max(timeOf(piece.repeat(500)), 1);
  expect(growth).toBeLessThan(24);
});

test('no text takes more than 100 ms of the processor per 10 kB', () => {
  const tenKilobytes = fc.oneof(
    fc
      .array(fc.constantFrom(...WORDS), { minLength: 3_000, maxLength: 3_000, size: 'max' })
      .map((words) => words.join(' ')),
    fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 })
      .map((words) => `${words.join(' ')} `.repeat(6_000)),
  );
  const longest = (numRuns: number): number => {
    let most = 0;
    fc.assert(
      fc.property(tenKilobytes, (text) => {
        most = Math.max(most, timeOf(text.slice(0, 10_000)));
      }),
      { numRuns },
    );
    return most;
  };
  longest(5); // compiled by now
  expect(longest(30)).toBeLessThan(100);
});
