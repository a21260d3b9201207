import { findDates } from './index';

/** A Sunday */
const REFERENCE = '2025-04-20';

const read = (text: string, locale = 'en-US'): string =>
  findDates(text, { reference: REFERENCE, locale })
    .map(({ edtf, phrase, start, end }) => (text.slice(start, end) === phrase ? edtf : `not '${phrase}'`))
    .join(' ; ');

describe('spans of days in digits', () => {
  test.each([
    ['The pop-up ran 6/28-7/3/2024 on Main Street.', '2024-06-28/2024-07-03'],
    ['The pop-up ran 12/28-1/3/2024 on Main Street.', '2023-12-28/2024-01-03'],
    ['The pop-up ran 6/28/2024-7/3/2024.', '2024-06-28/2024-07-03'],
    ['The pop-up ran 6/28 – 7/3/2024.', '2024-06-28/2024-07-03'],
    ['The pop-up ran 6/28/24 to 7/3/24.', '2024-06-28/2024-07-03'],
    ['Docks were shut 6-28-2024-7-3-2024.', '2024-06-28/2024-07-03'],
    ['Docks were shut 28.06.2024-03.07.2024.', '2024-06-28/2024-07-03'],
    ['Docks were shut 2024-06-28/2024-07-03.', '2024-06-28/2024-07-03'],
    ['Docks were shut (2024-06-28 – 2024-07-03).', '2024-06-28/2024-07-03'],
    ['Docks were shut 2/14-2/19.', '2025-02-14/2025-02-19'],
    ['Docks were shut from 2/4-2/9.', '2025-02-04/2025-02-09'],
  ])('%s → %s', (text, edtf) => {
    expect(read(text)).toBe(edtf);
  });

  test('the locale orders day and month', () => {
    expect(read('The fair ran 3/4-5/4/2025.', 'en-GB')).toBe('2025-04-03/2025-04-05');
    expect(read('The fair ran 3/4-5/4/2025.', 'en-US')).toBe('2025-03-04/2025-05-04');
  });

  test.each([
    'Mix 1/4-1/2 cup of the resin.',
    'Cut it to 3/4-7/8 of an inch.',
    'Call 133-03-03-2020-44 for help.',
    'Part 80/12/1-3/4/20.',
    'Gears in the ratio 5/12-7/16/9 failed.',
  ])('no span of days: %s', (text) => {
    expect(read(text)).toBe('');
  });
});

describe('a weekday beside a day in digits', () => {
  test.each([
    ['They signed on Monday 4/14.', '2025-04-14'],
    ['They signed on Monday 14/4.', '2025-04-14'],
    ['They will sign this Friday 5/2 in Reno.', '2025-05-02'],
    ['They signed on Tuesday, 11/12/2024.', '2024-11-12'],
  ])('%s → %s', (text, edtf) => {
    expect(read(text)).toBe(edtf);
  });
});
