import fc from 'fast-check';
import { calendarDay, dayNumber, dayOfNumber, numberOf } from './day.math';

const MS_PER_DAY = 86_400_000;
const anyDay = fc.integer({ min: -800_000, max: 3_000_000 });

test('days and their numbers are those of the Gregorian calendar, before it too', () => {
  fc.assert(
    fc.property(anyDay, (n) => {
      const date = new Date(n * MS_PER_DAY);
      const { year, month, day } = calendarDay(n);
      expect([year, month, day]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
      expect(numberOf(year, month, day)).toBe(n);
    }),
    { numRuns: 2_000 },
  );
  for (const day of [
    '0001-01-01',
    '0099-12-31',
    '1600-02-29',
    '1900-03-01',
    '1970-01-01',
    '2000-02-29',
    '9999-12-31',
  ]) {
    expect(dayOfNumber(dayNumber(day))).toBe(day);
  }
});

test('months and days that are too many count on', () => {
  expect(numberOf(2023, 13, 1)).toBe(dayNumber('2024-01-01'));
  expect(numberOf(2024, 0, 31)).toBe(dayNumber('2023-12-31'));
  expect(numberOf(2024, 3, 0)).toBe(dayNumber('2024-02-29'));
});
