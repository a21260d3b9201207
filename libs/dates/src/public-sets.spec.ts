import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { type DatePhrase, findDates } from './index';

const SETS = path.resolve(__dirname, '../../../../shared/data/dates');
const available = existsSync(SETS);

interface Interval {
  lo: string;
  hi: string;
}
interface Case {
  text: string;
  ref: string;
  start: number;
  end: number;
  accept?: Interval[];
  lo?: string;
  hi?: string;
  scored?: boolean;
}

function rows<T>(file: string): T[] {
  return readFileSync(path.join(SETS, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const touches = (date: DatePhrase, { start, end }: Case): boolean => date.start < end && date.end > start;

/** Cases of which a phrase at the marked place has exactly an accepted interval. */
function exact(cases: readonly Case[]): number {
  return cases.filter((entry) => {
    const accepted = entry.accept ?? [{ lo: entry.lo ?? '', hi: entry.hi ?? '' }];
    return findDates(entry.text, { reference: entry.ref }).some(
      (date) =>
        touches(date, entry) &&
        accepted.some(({ lo, hi }) => (date.lower ?? '..') === lo && (date.upper ?? '..') === hi),
    );
  }).length;
}

(available ? describe : describe.skip)(available ? 'public sets' : 'skipped: no shared data', () => {
  test('Wikinews: at least 88 % exact', () => {
    const cases = rows<Case>('meantime-apple/dev.jsonl').filter((entry) => entry.scored);
    expect(exact(cases) / cases.length).toBeGreaterThanOrEqual(0.88);
  });

  // The set ends spans a day early, reads "in two weeks" as a day and counts times of day, which the conventions here do not.
  test('assistant commands: at least 50 % exact', () => {
    const cases = rows<Case>('timex-recognizers/dev.jsonl');
    expect(exact(cases) / cases.length).toBeGreaterThanOrEqual(0.5);
  });

  test.each([
    ['timex-recognizers/negatives.jsonl', 3],
    ['timex-duckling/negatives.jsonl', 1],
    ['timex-chrono/negatives.jsonl', 10],
  ])('%s: at most %i texts with a false alarm', (file, most) => {
    const alarms = rows<{ text: string; ref?: string }>(file).filter(
      ({ text, ref }) => findDates(text, { reference: ref ?? '2020-01-15' }).length > 0,
    );
    expect(alarms.length).toBeLessThanOrEqual(most);
  });

  test.each(['timex-duckling/cases.jsonl', 'timex-chrono/cases.jsonl'])('%s: no exception', (file) => {
    for (const { text, ref } of rows<Case>(file)) expect(() => findDates(text, { reference: ref })).not.toThrow();
  });
});
