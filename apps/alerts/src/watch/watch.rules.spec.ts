import { courses, expectations, isoWeek, type ThemeCourse } from './watch.rules';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-11T09:00:00Z');
const NOTHING = { silenceDays: null, approaching: [], overdue: false, momentum: false };

const planned = (lower: string | null, upper = lower, precision: 'day' | 'month' | 'year' = 'day') => ({
  status: 'planned' as const,
  date: { edtf: lower, lower, upper, precision },
});

describe('approaching', () => {
  const keys = (day: string | null, asked: number[]): string[] =>
    expectations(planned(day), { ...NOTHING, approaching: asked }, NOW).map(({ key }) => key);

  test.each<[string, string | null, number[], string[]]>([
    ['within the days asked for', '2026-03-18', [7], ['approaching:7:2026-03-18']],
    ['a day too early', '2026-03-19', [7], []],
    ['today', '2026-03-11', [0], ['approaching:0:2026-03-11']],
    ['yesterday', '2026-03-10', [7], []],
    ['several at once: the nearest', '2026-03-12', [30, 7, 1], ['approaching:1:2026-03-12']],
    ['not yet the nearest', '2026-03-13', [30, 7, 1], ['approaching:7:2026-03-13']],
    ['undated', null, [7], []],
    ['nothing asked for', '2026-03-12', [], []],
  ])('%s', (_, day, asked, expected) => {
    expect(keys(day, asked)).toEqual(expected);
  });

  test('what has occurred does not approach, and a whole year is too vague', () => {
    const watch = { ...NOTHING, approaching: [30] };
    expect(expectations({ ...planned('2026-03-12'), status: 'occurred' }, watch, NOW)).toEqual([]);
    expect(expectations(planned('2026-03-12', '2026-12-31', 'year'), watch, NOW)).toEqual([]);
  });
});

describe('overdue', () => {
  const watch = { ...NOTHING, overdue: true };
  test.each<[string, string, number]>([
    ['its last day was yesterday', '2026-03-10', 1],
    ['its last day is today', '2026-03-11', 0],
    ['a week ago', '2026-03-04', 1],
    ['longer ago than that is no news', '2026-03-03', 0],
  ])('%s', (_, upper, count) => {
    expect(expectations(planned('2026-03-01', upper), watch, NOW)).toHaveLength(count);
  });
});

/** So many events in each of the weeks before, the last week first, at even distances. */
function course(perWeek: readonly number[], knownWeeks = 20): ThemeCourse {
  const times = perWeek.flatMap((count, week) =>
    Array.from({ length: count }, (_, n) => new Date(NOW.getTime() - (week * 7 + ((n + 0.5) * 7) / count) * DAY_MS)),
  );
  return {
    theme: 'chips',
    times: times.toSorted((a, b) => a.getTime() - b.getTime()),
    lastEventId: 'evt_last',
    knownSince: new Date(NOW.getTime() - knownWeeks * 7 * DAY_MS),
  };
}

describe('quiet', () => {
  const watch = { ...NOTHING, silenceDays: 14 };
  test.each<[string, number[], number, number]>([
    ['nothing for two weeks where two a week are usual', [0, 0, 2, 2, 2, 2, 2, 2, 2, 2], 20, 1],
    ['something a week ago', [0, 1, 2, 2, 2, 2, 2, 2, 2, 2], 20, 0],
    ['one a week is not busy enough to miss two weeks', [0, 0, 1, 1, 1, 1, 1, 1, 1, 1], 20, 0],
    ['not known for long enough', [0, 0, 9, 9, 9], 5, 0],
    ['never anything', [], 20, 0],
  ])('%s', (_, perWeek, knownWeeks, count) => {
    expect(courses(course(perWeek, knownWeeks), watch, NOW)).toHaveLength(count);
  });

  test('is named for the event before it, and says what is usual', () => {
    expect(courses(course([0, 0, 2, 2, 2, 2, 2, 2, 2, 2]), watch, NOW)).toEqual([
      { telling: 'quiet', key: 'quiet:evt_last', values: ['chips', 'none in 14 days', 'usually 2.0 a week'] },
    ]);
  });
});

describe('momentum', () => {
  const watch = { ...NOTHING, momentum: true };
  test.each<[string, number[], number, number]>([
    ['ten where two are usual', [10, 2, 2, 2, 2, 2, 2, 2, 2], 20, 1],
    ['seven where two are usual: once in two hundred weeks', [7, 2, 2, 2, 2, 2, 2, 2, 2], 20, 0],
    ['four out of nothing', [4], 20, 0],
    ['eight out of nothing', [8], 20, 1],
    ['a hundred where a hundred are usual', [100, 100, 100, 100, 100, 100, 100, 100, 100], 20, 0],
    ['not known for long enough', [50, 1, 1], 4, 0],
  ])('%s', (_, perWeek, knownWeeks, count) => {
    expect(courses(course(perWeek, knownWeeks), watch, NOW)).toHaveLength(count);
  });
});

test.each([
  ['2026-01-01', '2026-W01'],
  ['2027-01-03', '2026-W53'],
  ['2024-12-30', '2025-W01'],
  ['2026-03-11', '2026-W11'],
])('the week of %s is %s', (day, week) => {
  expect(isoWeek(new Date(`${day}T12:00:00Z`))).toBe(week);
});
