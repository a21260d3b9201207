import { findDates, parseEdtf } from './index';

/** A Sunday; its week began on Monday 14 April. */
const SUNDAY = '2025-04-20';
const WEDNESDAY = '2025-04-23';

/** `[text, dates in order, reference day if not SUNDAY]`; a date is right that has the same bounds. */
type Row = readonly [text: string, edtf: string, reference?: string];

const bounds = (edtf: string): unknown => {
  const { lower, upper, approximate } = parseEdtf(edtf);
  return { lower, upper, approximate };
};

function convention(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map(([text, edtf, reference]) => [text, edtf, reference ?? SUNDAY] as const))(
      '%s → %s (from %s)',
      (text, edtf, reference) => {
        const found = findDates(text, { reference, locale: 'en-GB' });
        expect(found.map((date) => bounds(date.edtf))).toEqual(edtf === '' ? [] : edtf.split(' ; ').map(bounds));
      },
    );
  });
}

convention('a day, a month, a year', [
  ['The bridge opened on 27 January 2025.', '2025-01-27'],
  ['Filed Jan. 27, 2025, in Delaware.', '2025-01-27'],
  ['Prices were raised in January 2025.', '2025-01'],
  ['The port was dredged in 2024.', '2024'],
  ['The tunnel will be ready on 5 May 2026.', '2026-05-05'],
  ['The tunnel will be ready in May 2026.', '2026-05'],
  ['The tunnel will be ready in 2027.', '2027'],
]);

convention('quarters', [
  ['Exports fell in the first quarter of 2025.', '2025-33'],
  ['Exports fell in the second quarter of 2024.', '2024-34'],
  ['Exports fell in Q3 2024.', '2024-35'],
  ['Exports fell in the fourth quarter of 2024.', '2024-36'],
  ['Deliveries will start in Q1 2026.', '2026-33'],
  ['Deliveries will start in the fourth quarter of 2025.', '2025-36'],
  ['4Q24 orders were weak.', '2024-36'],
]);

convention('halves', [
  ['Exports fell in the first half of 2025.', '2025-40'],
  ['Exports fell in H2 2024.', '2024-41'],
  ['The ferry will sail again in the second half of 2026.', '2026-41'],
  ['Profit doubled in 1H25.', '2025-40'],
]);

convention('spring, summer, autumn', [
  ['The mine was sold in the spring of 2024.', '2024-21'],
  ['The mine was sold in summer 2024.', '2024-22'],
  ['The mine was sold in the fall of 2024.', '2024-23'],
  ['The mine was sold in autumn 2024.', '2024-23'],
  ['The mine will be sold in summer 2026.', '2026-22'],
]);

convention('a winter spans the turn of the year', [
  ['Gas ran short in the winter of 2024-25.', '2024-12/2025-02'],
  ['Gas ran short in the winter of 2023/24.', '2023-12/2024-02'],
  ['Gas will be scarce in the winter of 2025-2026.', '2025-12/2026-02'],
]);

convention('early, mid, late of a year are four months', [
  ['The yard closed in early 2024.', '2024-01/2024-04'],
  ['The yard closed in mid-2024.', '2024-05/2024-08'],
  ['The yard closed late in 2024.', '2024-09/2024-12'],
  ['The yard will close in early 2026.', '2026-01/2026-04'],
  ['The yard will close in the middle of 2026.', '2026-05/2026-08'],
  ['The yard will close in late 2025.', '2025-09/2025-12'],
]);

convention('early, mid, late of a month are ten days, the last one its rest', [
  ['The yard closed in early March 2025.', '2025-03-01/2025-03-10'],
  ['The yard closed in mid-March 2025.', '2025-03-11/2025-03-20'],
  ['The yard closed in late March 2025.', '2025-03-21/2025-03-31'],
  ['The yard will close in late February 2026.', '2026-02-21/2026-02-28'],
  ['The yard will close in mid-June.', '2025-06-11/2025-06-20'],
]);

convention('the start and the end of a month', [
  ['The yard closed at the start of March 2025.', '2025-03-01/2025-03-10'],
  ['The yard closed at the end of March 2025.', '2025-03-21/2025-03-31'],
  ['The yard closed at the beginning of February.', '2025-02-01/2025-02-10'],
  ['The yard will close at the end of May.', '2025-05-21/2025-05-31'],
]);

convention('the start and the end of a year', [
  ['The yard closed at the start of 2024.', '2024-01'],
  ['The yard closed at the end of 2024.', '2024-12'],
  ['The yard had 900 workers at end-2024.', '2024-12'],
  ['The yard will close at the end of 2026.', '2026-12'],
]);

convention('the turn of the year', [
  ['Rates were cut at the turn of the year 2024/25.', '2024-12/2025-01'],
  ['Rates were cut at the turn of the year.', '2024-12/2025-01'],
  ['Rates will be cut at the turn of the year 2025/26.', '2025-12/2026-01'],
]);

convention('a decade', [
  ['Coal declined in the 2010s.', '201X'],
  ["Coal declined in the '90s.", '199X'],
  ['Coal will decline in the 2030s.', '203X'],
]);

convention('about: approximate, within the same bounds', [
  ['The guild was founded about 2015.', '2015~'],
  ['The guild was founded around June 2024.', '2024-06~'],
  ['The guild was founded c. 1998.', '1998~'],
  ['The mill will close around June 2026.', '2026-06~'],
]);

convention('by, until and no later than are open to the past', [
  ['The mill will close by 2028.', '../2028'],
  ['The permit holds until 2028.', '../2028'],
  ['The mill must close no later than 2028.', '../2028'],
  ['The mill had closed by 2019.', '../2019'],
  ['The mill will close by June 2026.', '../2026-06'],
]);

convention('by the end, the middle of', [
  ['The mill will close by the end of June 2025.', '../2025-06'],
  ['The mill will close by mid-2026.', '../2026-08'],
  ['The mill will close by the end of 2026.', '../2026'],
  ['The mill had closed by the end of March.', '../2025-03'],
  ['The mill will close by year-end.', '../2025'],
]);

convention('before', [
  ['The mill must close before 15 May 2025.', '../2025-05-15'],
  ['The mill was closed before 2019.', '../2019'],
  ['The mill will close before the end of June 2025.', '../2025-06'],
]);

convention('since and from are the start', [
  ['The mill has been shut since 2018.', '2018'],
  ['The mill was run by the state from 2018 on.', '2018'],
  ['The mill has been shut since 3 March.', '2025-03-03'],
  ['The mill will be shut from 1 June 2025.', '2025-06-01'],
]);

convention('no earlier than is open to the future', [
  ['The mill will reopen no earlier than 2031.', '2031/..'],
  ['The mill will reopen no sooner than June 2026.', '2026-06/..'],
  ['The mill will reopen in 2031 at the earliest.', '2031/..'],
]);

convention('a span of days, and a meeting of several', [
  ['They met between 3 and 7 June 2024.', '2024-06-03/2024-06-07'],
  ['They met from 3 to 7 June 2024.', '2024-06-03/2024-06-07'],
  ['They met on June 3–7, 2024.', '2024-06-03/2024-06-07'],
  ['They will meet from 28 April to 2 May.', '2025-04-28/2025-05-02'],
  ['The two-day meeting opened on 3 June 2024.', '2024-06-03/2024-06-04'],
  ['The three-day summit ended on 5 June 2024.', '2024-06-03/2024-06-05'],
]);

convention('a fiscal year is that of the country', [
  ['Japan spent more on defence in fiscal 2024.', '2024-04/2025-03'],
  ["India's exports grew in FY2024-25.", '2024-04/2025-03'],
  ['The U.S. government borrowed more in fiscal year 2024.', '2023-10/2024-09'],
  ['Japan will spend more on defence in fiscal 2026.', '2026-04/2027-03'],
]);

convention('last, this, next week, month, quarter, year', [
  ['The law was passed last week.', '2025-04-07/2025-04-13'],
  ['The law was passed this week.', '2025-04-14/2025-04-20'],
  ['The law will be passed next week.', '2025-04-21/2025-04-27'],
  ['The law was passed last month.', '2025-03'],
  ['The law will be passed this month.', '2025-04'],
  ['The law will be passed next month.', '2025-05'],
  ['The law was passed last quarter.', '2025-33'],
  ['The law will be passed next quarter.', '2025-35'],
  ['The law was passed last year.', '2024'],
  ['The law will be passed this year.', '2025'],
  ['The law will be passed next year.', '2026'],
]);

convention('earlier and later this month, week, year', [
  ['The law was passed earlier this month.', '2025-04-01/2025-04-20'],
  ['The law will be passed later this month.', '2025-04-20/2025-04-30'],
  ['The law was passed earlier this week.', '2025-04-21/2025-04-23', WEDNESDAY],
  ['The law will be passed later this week.', '2025-04-23/2025-04-27', WEDNESDAY],
  ['The law was passed earlier this year.', '2025-01-01/2025-04-20'],
  ['The law will be passed later this year.', '2025-04-20/2025-12-31'],
]);

convention('N days ago is that day', [
  ['The law was passed three days ago.', '2025-04-17'],
  ['The law was passed 10 days ago.', '2025-04-10'],
  ['The law will be passed in three days.', '2025-04-23'],
]);

convention('N weeks ago is that week, a fortnight two weeks', [
  ['The law was passed two weeks ago.', '2025-03-31/2025-04-06'],
  ['The law was passed a fortnight ago.', '2025-03-31/2025-04-06'],
  ['The law was passed a week ago.', '2025-04-07/2025-04-13'],
  ['The law will be passed in two weeks.', '2025-04-28/2025-05-04'],
  ['The law will be passed in a fortnight.', '2025-04-28/2025-05-04'],
]);

convention('N months ago is that month, N years ago that year', [
  ['The law was passed two months ago.', '2025-02'],
  ['The law was passed four months ago.', '2024-12'],
  ['The law was passed a year ago.', '2024'],
  ['The law was passed ten years ago.', '2015'],
  ['The law will be passed in two months.', '2025-06'],
  ['The law will be passed in two years.', '2027'],
]);

convention('N units earlier and later count from the date that the text names', [
  ['The law was passed on 10 March 2025. It took effect two days later.', '2025-03-10 ; 2025-03-12'],
  ['The law was passed on 10 March 2025. A week earlier, talks had failed.', '2025-03-10 ; 2025-03-03/2025-03-09'],
  ['The law was passed in March 2024. Eight months later, it was void.', '2024-03 ; 2024-11'],
  ['The law was passed in 2019. Two years later, it was void.', '2019 ; 2021'],
]);

convention('exactly one year later keeps the precision', [
  ['The law was passed on 10 March 2023. Exactly one year later, it took effect.', '2023-03-10 ; 2024-03-10'],
  ['The law was passed in March 2023. Exactly two years later, it was void.', '2023-03 ; 2025-03'],
]);

convention('on Tuesday: the latest, or the first to come, the day itself included', [
  ['The law was passed on Tuesday.', '2025-04-22', WEDNESDAY],
  ['The law was passed on Wednesday.', '2025-04-23', WEDNESDAY],
  ['The law will be passed on Wednesday.', '2025-04-23', WEDNESDAY],
  ['The law will be passed on Tuesday.', '2025-04-29', WEDNESDAY],
]);

convention('last Tuesday is strictly before, next Tuesday strictly after', [
  ['The law was passed last Wednesday.', '2025-04-16', WEDNESDAY],
  ['The law was passed last Tuesday.', '2025-04-22', WEDNESDAY],
  ['The law will be passed next Wednesday.', '2025-04-30', WEDNESDAY],
  ['The law will be passed next Friday.', '2025-04-25', WEDNESDAY],
]);

convention('Tuesday of last week names the week', [
  ['The law was passed on Tuesday of last week.', '2025-04-15', WEDNESDAY],
  ['The law was passed last week on Friday.', '2025-04-18', WEDNESDAY],
  ['The law will be passed on Monday of next week.', '2025-04-28', WEDNESDAY],
  ['Parliament will sit next week and will vote on Thursday.', '2025-04-28/2025-05-04 ; 2025-05-01', WEDNESDAY],
]);

convention('the weekend is Saturday and Sunday', [
  ['Ships were attacked over the weekend.', '2025-04-19/2025-04-20', WEDNESDAY],
  ['Ships were attacked last weekend.', '2025-04-19/2025-04-20', WEDNESDAY],
  ['They will meet this weekend.', '2025-04-26/2025-04-27', WEDNESDAY],
]);

convention('without a year: the latest that had begun, or the next', [
  ['The dam burst in November.', '2024-11'],
  ['The dam burst in April.', '2025-04'],
  ['The dam burst on 28 December.', '2024-12-28'],
  ['The dam burst in the summer.', '2024-22'],
  ['Output fell in the second quarter.', '2025-34'],
  ['Output fell in the third quarter.', '2024-35'],
  ['The dam will be filled in November.', '2025-11'],
  ['The dam will be filled in March.', '2026-03'],
  ['The dam will be filled on 28 January.', '2026-01-28'],
  ['The dam will be filled in the third quarter.', '2025-35'],
]);

convention('the 12th: in the month it must then be', [
  ['The dam burst on the 12th.', '2025-04-12'],
  ['The dam burst on the 25th.', '2025-03-25'],
  ['The dam will be filled on the 12th.', '2025-05-12'],
  ['The dam will be filled on the 25th.', '2025-04-25'],
]);

convention('the first and the last week of a month', [
  ['The dam burst in the first week of March 2025.', '2025-03-01/2025-03-07'],
  ['The dam burst in the last week of February.', '2025-02-22/2025-02-28'],
  ['The dam will be filled in the first week of June.', '2025-06-01/2025-06-07'],
]);

convention('the coming weeks or months run from the publication date', [
  ['The rules will follow in the coming weeks.', '2025-04-20/..'],
  ['The rules will follow in the coming months.', '2025-04-20/..'],
  ['The rules will follow in the weeks ahead.', '2025-04-20/..'],
]);

convention('recently, now, currently and in recent weeks are no dates', [
  ['The rules were recently changed.', ''],
  ['The rules are now in force.', ''],
  ['The rules are currently under review.', ''],
  ['The rules were changed in recent weeks.', ''],
]);

convention('feasts are the real day', [
  ['It was shown on the first day of the Lunar New Year 2025.', '2025-01-29'],
  ['It was shown on the first day of the Lunar New Year 2024.', '2024-02-10'],
  ['It will be shown on the first day of the Lunar New Year.', '2026-02-17'],
  ['It was shown on Christmas Eve.', '2024-12-24'],
  ['It will be shown on Good Friday 2026.', '2026-04-03'],
]);

describe('12/03/2025 goes by the locale', () => {
  test.each([
    ['en-GB', '2025-03-12'],
    ['en-IN', '2025-03-12'],
    ['en-US', '2025-12-03'],
  ])('%s → %s', (locale, edtf) => {
    expect(findDates('Filed on 12/03/2025.', { reference: SUNDAY, locale }).map((date) => date.edtf)).toEqual([edtf]);
  });
});
