import { findDates } from './index';

/** A Sunday; its week began on Monday 14 April. */
const REFERENCE = '2025-04-20';

/** `[text, EDTF of its dates in order, locale if not en-US]` */
type Row = readonly [text: string, edtf: string, locale?: string];

/** One class of phrases, with sentences beside it that look alike and hold no date. */
function reads(name: string, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map(([text, edtf, locale]) => [text, edtf, locale ?? 'en-US'] as const))(
      '%s → %s (%s)',
      (text, edtf, locale) => {
        const found = findDates(text, { reference: REFERENCE, locale });
        for (const date of found) expect(text.slice(date.start, date.end)).toBe(date.phrase);
        expect(found.map((date) => date.edtf).join(' ; ')).toBe(edtf);
      },
    );
  });
}

reads('spans of days in digits', [
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
  ['The fair ran 3/4-5/4/2025.', '2025-04-03/2025-04-05', 'en-GB'],
  ['The fair ran 3/4-5/4/2025.', '2025-03-04/2025-05-04', 'en-US'],
  ['Mix 1/4-1/2 cup of the resin.', ''],
  ['Cut it to 3/4-7/8 of an inch.', ''],
  ['Call 133-03-03-2020-44 for help.', ''],
  ['Part 80/12/1-3/4/20.', ''],
  ['Gears in the ratio 5/12-7/16/9 failed.', ''],
]);

reads('a day in digits behind what happens on it', [
  ['Doors will open 5/17.', '2025-05-17'],
  ['The lease expired 3/31, the town said.', '2025-03-31'],
  ['The letter, dated 3/3, was lost.', '2025-03-03'],
  ['He met 5/17 of his targets.', ''],
  ['The valve was closed 3/4-inch.', ''],
]);

reads('a short weekday behind its week', [
  ['The board will vote next week Tue.', '2025-04-22'],
  ['The board voted last week, Wed.', '2025-04-09'],
]);

reads('a weekday beside a day in digits', [
  ['They signed on Monday 4/14.', '2025-04-14'],
  ['They signed on Monday 14/4.', '2025-04-14'],
  ['They will sign this Friday 5/2 in Reno.', '2025-05-02'],
  ['They signed on Tuesday, 11/12/2024.', '2024-11-12'],
]);

reads('the weekday of a week that is counted', [
  ['The kiln was lit on Friday two weeks ago.', '2025-04-04'],
  ['The kiln was lit two weeks ago on Friday.', '2025-04-04'],
  ['The kiln was lit on 3 March 2025 and put out on the Tuesday two weeks later.', '2025-03-03 ; 2025-03-18'],
  ['The kiln will be lit in three weeks, on a Thursday.', '2025-05-08'],
  ['The kiln will be lit Wednesday, two weeks from now.', '2025-04-30'],
  ['The kiln was lit one week after Easter 2024, on a Saturday.', '2024-04-06'],
  ['The kiln was lit two weeks ago, on Friday 4 April.', '2025-03-31/2025-04-06 ; 2025-04-04'],
  ['The union said on Friday two weeks of talks had failed.', '2025-04-18'],
  ['The kiln was lit on Thursday, three weeks after the merger.', '2025-04-17'],
]);

reads('weeks and years that are told by their end', [
  ['Cargo fell in the week to Friday.', '2025-04-12/2025-04-18'],
  ['Cargo fell in the week to 5 April.', '2025-03-30/2025-04-05'],
  ['Cargo fell in the week through April 5, 2024.', '2024-03-30/2024-04-05'],
  ['Cargo fell in the week ended on Saturday.', '2025-04-13/2025-04-19'],
  ['Cargo will double in the year to next March.', '2025-04/2026-03'],
  ['Cargo doubled in the two years to 2023.', '2022/2023'],
  ['Cargo fell in the 12 months to last September.', '2023-10/2024-09'],
  ['Cargo fell from last week to Friday.', '2025-04-07/2025-04-18'],
]);

reads('quarters and halves in lists', [
  ['Rents fell in Q2 and Q3 2024.', '2024-34/2024-35'],
  ['Rents fell in Q1-Q3 2024.', '2024-33/2024-35'],
  ['Q2 to Q4 of 2023 were weak.', '2023-34/2023-36'],
  ['Rents fell in Q1 and Q4 2023.', '2023-33 ; 2023-36'],
  ['Rents fell in Q1, Q2 and Q4 of 2023.', '2023-33 ; 2023-34 ; 2023-36'],
  ['Rents fell in the second and third quarters of 2023.', '2023-34/2023-35'],
  ['Rents fell in the first through third quarters of last year.', '2024-33/2024-35'],
  ['Rents fell in the third and fourth quarters.', '2024-35/2024-36'],
  ['Rents fell in the first and second halves of 2023.', '2023-40/2023-41'],
  ['Rents fell in H1 and H2 2023.', '2023-40/2023-41'],
  ['Rents may fall in the first or second quarter of 2026.', '2026-33/2026-34'],
  ['The Q1 and Q2 models share a frame.', ''],
]);

reads('months and days in lists share the year behind them', [
  ['The pier was closed in February and October 2022.', '2022-02 ; 2022-10'],
  ['The pier was closed in June, August and November 2022.', '2022-06 ; 2022-08 ; 2022-11'],
  ['The pier was closed on 3 May and 12 September 2022.', '2022-05-03 ; 2022-09-12'],
  ['The pier was closed in November and February 2023.', '2022-11 ; 2023-02'],
  ['The pier was closed in February and will open in October 2026.', '2025-02 ; 2026-10'],
]);

reads('fiscal quarters without a year go by the country', [
  ['The Japanese mill lost money in its fiscal third quarter.', '2024-10/2024-12'],
  ["India's largest mill lost money in the fourth fiscal quarter.", '2025-01/2025-03'],
  ['The Australian mill will lose money in its fiscal first quarter.', '2025-07/2025-09'],
  ['Pentagon orders fell in the fiscal first quarter.', '2024-10/2024-12'],
  ['The mill lost money in its fiscal third quarter.', ''],
  ['Its fiscal fourth-quarter revenue fell.', ''],
  ['It reported fiscal Q2 results.', ''],
]);

reads('what is named for a weekday', [
  ['Lindqvist sells the Friday app to banks.', ''],
  ['The Monday platform has a thousand users.', ''],
  ['Tuesday Labs has a thousand users.', ''],
  ['The app came out on Friday app stores said.', '2025-04-18'],
  ['The Friday deadline has passed.', '2025-04-18'],
]);

reads('a year behind a sign', [
  ['=2021', '2021'],
  ['< = 2021', '../2021'],
  ['Filter: year > 2021', '2022/..'],
  ['Filter: year ≥ 2021', '2021/..'],
  ['The year is less than 2021.', '../2020'],
  ['Keep rows whose year is greater than or equal to 2021.', '2021/..'],
  ['The mean (n = 2019) was high.', ''],
  ['The bill was greater than 2015 euros.', ''],
]);

reads('week numbers', [
  ['Output for week 31', '2025-07-28/2025-08-03'],
  ['Output peaked in week 31.', '2024-07-29/2024-08-04'],
  ['Output will peak in week 3.', '2026-01-12/2026-01-18'],
  ['By week 24, patients on placebo had improved.', ''],
  ['Improvement in week 12 was seen in both arms of the trial.', ''],
]);

reads('months in lower case', [
  ['it shut in oct and reopened in jan.', '2024-10 ; 2025-01'],
  ['it may mar the view in mar.', ''],
  ['the dec alpha ran hot', ''],
  ['the pump works in sep mode', ''],
]);

reads('a day up to a time of which something is bounded', [
  ['Bids must be in by 5 p.m. on Friday.', '../2025-04-25'],
  ['Bids must be in before noon on 30 April.', '../2025-04-30'],
  ['Bids must be in by 17:00 CET on 30 April.', '../2025-04-30'],
  ['Bids must be in by close of business on Tuesday.', '../2025-04-22'],
  ['Bids are open until midnight on 2 May.', '../2025-05-02'],
  ["Bids must be in before around 3 o'clock tomorrow.", '../2025-04-21'],
  ['The roof fell shortly before 3 a.m. on Monday.', '2025-04-14'],
  ['The roof fell before 3 a.m. on Monday.', '2025-04-14'],
  ['The roof fell just after midnight on Thursday.', '2025-04-17'],
  ['The road was shut from 9 a.m. until 5 p.m. on Thursday.', '2025-04-17'],
  ['Bids will open after 3 p.m. on Friday.', '2025-04-25'],
]);

reads('the period that is spoken of', [
  ['The brewer expects sales of £3bn for the year.', '2025'],
  ['The brewer cut its forecast for the month, and sales fell.', '2025-04'],
  ['On 3 March 2023 the brewer cut its forecast for the year.', '2023-03-03 ; 2023'],
  ['Founded in 1998, the brewer will close two plants in the year.', '1998 ; 2025'],
  ['In the third quarter of 2023 malt cost $3m more in the quarter.', '2023-35 ; 2023-35'],
  ['Malt added $3m to costs in the quarter.', ''],
  ['She was named Brewer of the Year.', ''],
  ['He is the employee of the month.', ''],
  ['It is the best brewer in the year of the hop.', ''],
  ['It was the driest week in the year that followed.', ''],
  ['Have it ready in the day-to-day run.', ''],
  ['for the year', ''],
]);

reads('centuries and decades', [
  ['The mill was built in the 1700s.', '1700/1799'],
  ['The mill was built in the late 1800s.', '1867/1899'],
  ['The mill was built at the turn of the 18th century.', '1700~'],
  ['The mill was built at the turn of the last century.', '1900~'],
  ['The mill was built two centuries ago.', '1825~'],
  ['The mill was built nearly half a century ago.', '1975~'],
  ['The mill was built a quarter-century ago.', '2000~'],
  ['The mill was built in the second decade of the 20th century.', '191X'],
  ['The mill was built in the noughties.', '200X'],
  ['Seas will rise by the end of this century.', '../2099'],
  ['Seas will rise by mid-century.', '../2066'],
  ['The mill will be rebuilt by mid-decade.', '../2026'],
  ['The mill will be rebuilt before the decade is out.', '../202X'],
  ['The mill will be rebuilt before the year is over.', '../2025'],
  ['It was the flood of the century.', ''],
  ['He sells mid-century chairs and $1800s of scrap.', ''],
  ['A century of milling ended.', ''],
  ['He was drawn in by mid-century modern chairs.', ''],
]);

reads('spans of counted units', [
  ['The weir will be rebuilt in two to three years.', '2027/2028'],
  ['The weir will be rebuilt in 4-6 weeks.', '2025-05-12/2025-06-01'],
  ['The weir will be rebuilt over the next three to five years.', '2025-04-21/2030-04-20'],
  ['The weir will be rebuilt within 6 to 9 months.', '2025-04-20/2026-01-19'],
  ['The weir was rebuilt two or three months ago.', '2025-01/2025-02'],
  ['The weir was shut in the two weeks before Christmas 2024.', '2024-12-11/2024-12-24'],
  ['The weir was shut in the ten days after 3 March 2025.', '2025-03-04/2025-03-13'],
  ['The weir was shut two weeks before Christmas 2024.', '2024-12-09/2024-12-15'],
  ['The weir was built in two to three years.', ''],
]);

reads('counts with a smaller unit beside them', [
  ['The lock was mended a year and two months ago.', '2024-02'],
  ['The lock was mended ten years ago this month.', '2015-04'],
  ['The lock was mended a year ago this week.', '2024-04-15/2024-04-21'],
  ['The lock was mended three weeks and two days ago.', '2025-03-28'],
]);

reads('nights and middles', [
  ['The barge sank the night before last.', '2025-04-18'],
  ['The barge sank overnight on Thursday.', '2025-04-17'],
  ['The barge sank last night at about 11 p.m.', '2025-04-19'],
  ['The barge sank midway through 2023.', '2023-05/2023-08'],
  ['The barge sank halfway through March.', '2025-03-11/2025-03-20'],
  ['The barge will sail come autumn.', '2025-23'],
  ['The barge was halfway through a refit.', ''],
]);

reads('minutes and hours ahead', [
  ['The ferry will leave in 40 minutes.', '2025-04-20'],
  ['We will be back within 2h.', '2025-04-20'],
  ['The dye will be ready in 48 hours.', '2025-04-22'],
  ['in 20 minutes', '2025-04-20'],
  ['The pack will charge to 80% in 12 minutes.', ''],
  ['Vans will deliver within two hours.', ''],
  ['Crews walked 3h back.', ''],
]);

reads('what was set up is over, what is set to be is not', [
  ['The fund was set up in November.', '2024-11'],
  ['The fund was set up a week before Christmas.', '2024-12-16/2024-12-22'],
  ['A sum was set aside in the third quarter.', '2024-35'],
  ['The fund will be set up in November.', '2025-11'],
  ['The fund is set to open in November.', '2025-11'],
  ['The vote is set for November.', '2025-11'],
]);
