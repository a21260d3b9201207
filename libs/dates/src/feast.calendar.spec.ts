import { dayOfNumber } from './day.math';
import { FEASTS } from './feast.calendar';
import { findDates } from './index';
import { chineseDay } from './lunar.calendars';

function inYear(name: string, year: number): readonly string[] {
  const feast = FEASTS.get(name);
  if (!feast) throw new Error(`no such feast: '${name}'`);
  return feast(year, null);
}

/** Days as published by observatories, governments and churches. */
test.each<[name: string, days: string]>([
  [
    'lunar new year',
    '1985-02-20 1996-02-19 2007-02-18 2015-02-19 2020-01-25 2023-01-22 2026-02-17 2027-02-06 2030-02-03 2033-01-31 2034-02-19',
  ],
  ['tet', '2007-02-17 2025-01-29 2030-02-02'],
  ['seollal', '2024-02-10 2025-01-29 2026-02-17'],
  ['lantern festival', '2024-02-24 2025-02-12'],
  ['dragon boat festival', '2020-06-25 2023-06-22 2024-06-10 2025-05-31 2026-06-19'],
  ['qixi', '2023-08-22 2024-08-10 2025-08-29'],
  ['mid autumn festival', '2020-10-01 2023-09-29 2024-09-17 2025-10-06 2026-09-25'],
  ['double ninth festival', '2023-10-23 2024-10-11 2025-10-29'],
  ['laba festival', '2024-01-18 2025-01-07'],
  ['qingming', '2022-04-05 2023-04-05 2024-04-04 2025-04-04'],
  ['buddhas birthday', '2022-05-08 2024-05-15 2025-05-05'],
  ['vernal equinox day', '2023-03-21 2024-03-20 2025-03-20'],
  ['autumnal equinox day', '2023-09-23 2024-09-22 2025-09-23'],
  ['eid al fitr', '2022-05-02 2023-04-21 2024-04-10 2025-03-30 2026-03-20'],
  ['eid al adha', '2022-07-09 2023-06-28 2024-06-16 2025-06-06'],
  ['islamic new year', '2024-07-07 2025-06-26'],
  ['rosh hashanah', '2023-09-16 2024-10-03 2025-09-23'],
  ['yom kippur', '2023-09-25 2024-10-12 2025-10-02'],
  ['hanukkah', '2023-12-08 2024-12-26 2025-12-15'],
  ['purim', '2023-03-07 2024-03-24 2025-03-14'],
  ['passover', '2023-04-06 2024-04-23 2025-04-13'],
  ['shavuot', '2024-06-12 2025-06-02'],
  ['nowruz', '2023-03-21 2024-03-20 2025-03-21'],
  [
    'diwali',
    '2015-11-11 2018-11-07 2020-11-14 2021-11-04 2022-10-24 2023-11-12 2024-10-31 2025-10-20 2026-11-08 2027-10-29',
  ],
  ['holi', '2019-03-21 2020-03-10 2021-03-29 2022-03-18 2023-03-08 2024-03-25 2025-03-14 2026-03-04'],
  ['dussehra', '2019-10-08 2020-10-25 2021-10-15 2022-10-05 2023-10-24 2024-10-12 2025-10-02 2026-10-20'],
  ['ganesh chaturthi', '2022-08-31 2023-09-19 2024-09-07 2025-08-27'],
  ['raksha bandhan', '2022-08-11 2023-08-30 2024-08-19 2025-08-09'],
  ['janmashtami', '2022-08-19 2023-09-07 2024-08-26 2025-08-16'],
  ['maha shivaratri', '2018-02-13 2022-03-01 2024-03-08 2025-02-26'],
  ['dhanteras', '2023-11-10 2024-10-29 2025-10-18'],
  ['buddha purnima', '2022-05-16 2023-05-05 2024-05-23 2025-05-12'],
  ['makar sankranti', '2023-01-15 2024-01-15 2025-01-14'],
  ['easter', '1818-03-22 1943-04-25 2000-04-23 2008-03-23 2024-03-31 2025-04-20 2038-04-25'],
  ['orthodox easter', '2016-05-01 2024-05-05 2025-04-20 2026-04-12'],
  ['corpus christi', '2024-05-30 2025-06-19'],
  ['whit monday', '2024-05-20 2025-06-09'],
  ['thanksgiving', '2023-11-23 2024-11-28 2025-11-27'],
  ['black friday', '2023-11-24 2024-11-29'],
  ['memorial day', '2024-05-27 2025-05-26'],
  ['spring bank holiday', '2024-05-27 2025-05-26'],
  ['mothering sunday', '2024-03-10 2025-03-30'],
  ['marine day', '2024-07-15 2025-07-21'],
  ['emperors birthday', '2018-12-23 2020-02-23'],
])('%s: %s', (name, days) => {
  for (const day of days.split(' ')) expect(inYear(name, Number(day.slice(0, 4)))).toEqual([day]);
});

test('a lunar feast can come twice in a year, or not at all', () => {
  expect(inYear('start of ramadan', 2030)).toEqual(['2030-01-05', '2030-12-26']);
  expect(inYear('eid al fitr', 2033)).toEqual(['2033-01-03', '2033-12-23']);
  expect(inYear('ramadan', 2024)).toEqual(['2024-03-11/2024-04-09']);
  expect(inYear('hanukkah', 2005)).toEqual(['2005-12-26']);
});

test('lunar new year keeps to its season in every year that a date can have', () => {
  for (let year = 1700; year < 2200; year += 1) {
    const day = dayOfNumber(chineseDay(year, 1, 1)).slice(5);
    expect(day >= '01-20' && day <= '02-22').toBe(true);
    const length = chineseDay(year + 1, 1, 1) - chineseDay(year, 1, 1);
    expect([353, 354, 355, 383, 384, 385]).toContain(length);
  }
});

test.each<[text: string, edtf: string, reference?: string, locale?: string]>([
  ['The bank closed on Independence Day, as Indian banks do.', '2024-08-15'],
  ['The bank closed on Independence Day.', '2024-07-04'],
  ['The bank closed on Independence Day.', '2024-08-15', '2025-04-20', 'en-IN'],
  ['Shops in Shanghai were full during Golden Week.', '2024-10-01/2024-10-07'],
  ['Shops in Osaka were full during Golden Week.', '2024-04-29/2024-05-05'],
  ['The Riyadh bourse closed for National Day.', '2024-09-23'],
  ['Markets in Beijing closed on Labour Day.', '2024-05-01'],
  ['Shops were full over Labor Day weekend.', '2024-08-31/2024-09-02'],
  ['Shops were full over the Thanksgiving weekend.', '2024-11-28/2024-12-01'],
  ['The fair will open before Eid al-Adha.', '../2025-06-06'],
  ['The fair opened on the second day of the Lunar New Year.', '2025-01-30'],
  ['The fair opened the week after Easter 2024.', '2024-04-01/2024-04-07'],
  ['The fair will open on New Year’s Day.', '2026-01-01'],
  ['The fair must open before New Year.', '../2026-01-01'],
  ['The fair opened on Ramadan’s first day.', '2025-03-01/2025-03-29'],
  ['The fair opened during Ramadan.', '2030-01-05/2030-02-03', '2030-06-01'],
  ['The fair will open during Ramadan.', '2030-12-26/2031-01-23', '2030-06-01'],
])('%s → %s', (text, edtf, reference = '2025-04-20', locale = 'en-US') => {
  expect(findDates(text, { reference, locale }).map((date) => date.edtf)).toEqual([edtf]);
});

test.each(['She came in the New Year mood.', 'They sang Christmas songs.', 'Holistic care, tetanus and purim.'])(
  'no feast: %s',
  (text) => {
    expect(findDates(text, { reference: '2025-04-20' })).toEqual([]);
  },
);
