import * as fc from 'fast-check';
import { dayNumber, dayOfNumber, displayDate, EdtfError, parseEdtf, resolvePhrase, tryParseEdtf } from './index';

describe('parseEdtf', () => {
  test.each([
    ['2025-01-27', '2025-01-27', '2025-01-27', 'day', false],
    ['2025-01', '2025-01-01', '2025-01-31', 'month', false],
    ['2024-02', '2024-02-01', '2024-02-29', 'month', false],
    ['2024', '2024-01-01', '2024-12-31', 'year', false],
    ['2024-21', '2024-03-01', '2024-05-31', 'season', false],
    ['2024-22', '2024-06-01', '2024-08-31', 'season', false],
    ['2024-23', '2024-09-01', '2024-11-30', 'season', false],
    ['2024-24', '2024-12-01', '2025-02-28', 'season', false],
    ['2023-24', '2023-12-01', '2024-02-29', 'season', false],
    ['2025-33', '2025-01-01', '2025-03-31', 'quarter', false],
    ['2025-36', '2025-10-01', '2025-12-31', 'quarter', false],
    ['2025-40', '2025-01-01', '2025-06-30', 'half', false],
    ['2025-41', '2025-07-01', '2025-12-31', 'half', false],
    ['201X', '2010-01-01', '2019-12-31', 'decade', false],
    ['2015~', '2015-01-01', '2015-12-31', 'year', true],
    ['2024-06~', '2024-06-01', '2024-06-30', 'month', true],
    ['2024-06-03?', '2024-06-03', '2024-06-03', 'day', true],
    ['199X%', '1990-01-01', '1999-12-31', 'decade', true],
    ['2024-05/2024-08', '2024-05-01', '2024-08-31', 'range', false],
    ['2024-06-03/2024-06-07', '2024-06-03', '2024-06-07', 'range', false],
    ['2024~/2025', '2024-01-01', '2025-12-31', 'range', true],
    ['../2028', null, '2028-12-31', 'range', false],
    ['2031/..', '2031-01-01', null, 'range', false],
    ['1000', '1000-01-01', '1000-12-31', 'year', false],
    ['2199', '2199-01-01', '2199-12-31', 'year', false],
  ])('%s', (edtf, lower, upper, precision, approximate) => {
    expect(parseEdtf(edtf)).toEqual({ edtf, lower, upper, precision, approximate });
  });

  test.each([
    '',
    ' 2025',
    '2025 ',
    '25',
    '2025-1',
    '2025-00',
    '2025-13',
    '2025-20',
    '2025-25',
    '2025-37',
    '2025-42',
    '2025-02-30',
    '2025-02-29',
    '2025-04-31',
    '2025-33-01',
    '0999',
    '2200',
    '9999',
    '9999-12-31',
    '2025/2024',
    '2025-03/2025-02-28',
    '../..',
    '/2025',
    '2025/',
    '2025/2026/2027',
    '20XX',
    '2025-XX',
    '2025~~',
    '[2025, 2026]',
    '2025-01-27T10:00:00Z',
    '-2025',
    'Y2025',
    '２０２５',
    'recently',
    '9'.repeat(10_000),
  ])('refuses %j', (edtf) => {
    expect(tryParseEdtf(edtf)).toBeNull();
    expect(() => parseEdtf(edtf)).toThrow(EdtfError);
  });

  test('the error names the value and the years', () => {
    expect(() => parseEdtf('9999')).toThrow("invalid EDTF date '9999': the year must be between 1000 and 2199");
    const error = (() => {
      try {
        return parseEdtf('2025-02-30');
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ code: 'invalid-edtf', value: '2025-02-30' });
  });
});

const anyDay = fc.integer({ min: dayNumber('1000-01-01'), max: dayNumber('2198-12-31') });

test('an interval of two days keeps them as its bounds', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 365 }), (first, length) => {
      const [lower, upper] = [dayOfNumber(first), dayOfNumber(first + length)];
      expect(parseEdtf(`${lower}/${upper}`)).toMatchObject({ lower, upper });
      expect(dayNumber(lower)).toBe(first);
    }),
  );
});

const single = fc.oneof(
  anyDay.map(dayOfNumber),
  fc
    .tuple(fc.integer({ min: 1000, max: 2199 }), fc.constantFrom(1, 2, 12, 21, 22, 23, 24, 33, 34, 35, 36, 40, 41))
    .map(([year, code]) => `${year}-${String(code).padStart(2, '0')}`),
  fc.integer({ min: 1000, max: 2199 }).map(String),
  fc.integer({ min: 100, max: 219 }).map((decade) => `${decade}X`),
);
const edtf = fc
  .tuple(single, fc.constantFrom('', '~', '?', '%'), fc.constantFrom('', '../', '/..'))
  .map(([date, qualifier, open]) => (open === '../' ? `../${date}${qualifier}` : `${date}${qualifier}${open}`));

test('whatever parses has ordered bounds, comes back as it was and can be displayed', () => {
  fc.assert(
    fc.property(edtf, (text) => {
      const date = parseEdtf(text);
      expect(date.edtf).toBe(text);
      expect(date.lower !== null || date.upper !== null).toBe(true);
      if (date.lower !== null && date.upper !== null) expect(date.lower <= date.upper).toBe(true);
      expect(displayDate(text)).toMatch(/\d{3}/);
    }),
  );
});

test('no string makes it throw anything but EdtfError', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9X~?%/.-]{0,24}$/)), (text) => {
      const date = tryParseEdtf(text);
      if (date) expect(parseEdtf(date.edtf)).toEqual(date);
    }),
  );
});

describe('displayDate', () => {
  test.each([
    [null, 'undated'],
    ['2025-01-29', '29 January 2025'],
    ['2025-01', 'January 2025'],
    ['2025', '2025'],
    ['2025-34', 'Q2 2025'],
    ['2025-40', 'first half of 2025'],
    ['2025-41', 'second half of 2025'],
    ['2024-21', 'spring 2024'],
    ['2024-23', 'autumn 2024'],
    ['2024-24', 'winter 2024–25'],
    ['2024-12/2025-02', 'winter 2024–25'],
    ['201X', 'the 2010s'],
    ['2015~', 'about 2015'],
    ['2015?', 'possibly 2015'],
    ['2015%', 'possibly about 2015'],
    ['2024-01/2024-04', 'early 2024'],
    ['2024-05/2024-08', 'mid-2024'],
    ['2024-09/2024-12', 'late 2024'],
    ['2025-03-01/2025-03-10', 'early March 2025'],
    ['2025-03-11/2025-03-20', 'mid-March 2025'],
    ['2025-02-21/2025-02-28', 'late February 2025'],
    ['../2028', 'by 2028'],
    ['../2025-06', 'by June 2025'],
    ['2025-04-20/..', 'from 20 April 2025'],
    ['2024-06-03/2024-06-07', '3–7 June 2024'],
    ['2024-05-28/2024-06-03', '28 May – 3 June 2024'],
    ['2024-12-30/2025-01-02', '30 December 2024 – 2 January 2025'],
    ['2024-06/2024-08', 'June 2024 – August 2024'],
    ['2018/2020', '2018–2020'],
    ['2024-36/2025-33', 'Q4 2024 – Q1 2025'],
  ])('%s → %s', (date, text) => {
    expect(displayDate(date)).toBe(text);
  });

  test('refuses what is no date', () => {
    expect(() => displayDate('soon')).toThrow("invalid EDTF date 'soon'");
  });
});

/** Years that stand as such in a text. */
const anyYear = fc.integer({ min: 1950, max: 2090 });
const anyMonth = fc.integer({ min: 1, max: 12 }).map((month) => String(month).padStart(2, '0'));
const recentDay = fc.integer({ min: dayNumber('1950-01-01'), max: dayNumber('2090-12-31') }).map(dayOfNumber);
const readable = fc.oneof(
  recentDay,
  fc.tuple(anyYear, anyMonth).map(([year, month]) => `${year}-${month}`),
  fc.tuple(anyYear, fc.constantFrom(21, 22, 23, 24, 33, 34, 35, 36, 40, 41)).map(([year, code]) => `${year}-${code}`),
  anyYear.map(String),
);
const shown = fc.oneof(
  readable,
  readable.map((date) => `../${date}`),
  anyYear.map((year) => `${year}~`),
  fc.integer({ min: 195, max: 209 }).map((decade) => `${decade}X`),
  fc
    .tuple(anyYear, fc.constantFrom('01/04', '05/08', '09/12'))
    .map(([year, third]) => `${year}-${third.replace('/', `/${year}-`)}`),
  fc
    .tuple(recentDay, fc.integer({ min: 1, max: 300 }))
    .map(([day, length]) => `${day}/${dayOfNumber(dayNumber(day) + length)}`),
  fc.tuple(anyYear, fc.integer({ min: 1, max: 20 })).map(([year, length]) => `${year}/${year + length}`),
);

test('what is displayed reads back as the same days', () => {
  fc.assert(
    fc.property(shown, (date) => {
      const { lower, upper, approximate } = parseEdtf(date);
      const read = resolvePhrase(displayDate(date), { reference: '2025-04-20', locale: 'en-GB' });
      expect(read).toMatchObject({ lower, upper });
      expect(parseEdtf(read?.edtf ?? '').approximate).toBe(approximate);
    }),
    { numRuns: 1_000 },
  );
});
