import { findDates, parseEdtf, resolvePhrase } from './index';

/** A Sunday; its week began on Monday 14 April. */
const REFERENCE = '2025-04-20';

type Row = readonly [text: string, edtf: string | null, reference?: string];

function only(text: string, reference: string): string | null {
  const found = findDates(text, { reference });
  expect(found.length).toBeLessThanOrEqual(1);
  for (const date of found) expect(text.slice(date.start, date.end)).toBe(date.phrase);
  return found[0]?.edtf ?? null;
}

function bounds(edtf: string | null): unknown {
  if (edtf === null) return null;
  const { lower, upper, approximate } = parseEdtf(edtf);
  return { lower, upper, approximate };
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    test.each(
      rows.map(([text, edtf, reference]): [string, string | null, string] => [text, edtf, reference ?? REFERENCE]),
    )('%s → %s (from %s)', (text, edtf, reference) => {
      expect(bounds(only(text, reference))).toEqual(bounds(edtf));
    });
  });
}

table('absolute dates', [
  ['The model was released on 27 January 2025.', '2025-01-27'],
  ['The model was released on January 27, 2025, in Paris.', '2025-01-27'],
  ['The model was released on the 27th of January 2025.', '2025-01-27'],
  ['It was signed on Monday, 27 January 2025.', '2025-01-27'],
  ['It was signed on Mon, Jan. 27, 2025.', '2025-01-27'],
  ['It was published on 2025-01-27.', '2025-01-27'],
  ['It was published at 2025-01-27T10:00:00Z.', '2025-01-27'],
  ['It opened in January 2025.', '2025-01'],
  ['It opened in Sept. 2024.', '2024-09'],
  ['It opened in 2024.', '2024'],
  ['The 2023 rules place obligations on services.', '2023'],
  ['It began on 05-Aug-2016.', '2016-08-05'],
  ['It began on 31 Oct 1974.', '1974-10-31'],
  ['Its 2019/Aug/01 filing was late.', '2019-08-01'],
  ['The fund was announced in 2017 and the law followed.', '2017'],
  ['It met on 23.04.2022.', '2022-04-23'],
]);

table('quarters, halves and seasons', [
  ['Sales rose in the first quarter of 2025.', '2025-33'],
  ['Sales rose in the second quarter of 2024.', '2024-34'],
  ['Sales rose in the third quarter of 2024.', '2024-35'],
  ['Sales rose in the fourth quarter of 2024.', '2024-36'],
  ['Sales rose in Q1 2025.', '2025-33'],
  ['Sales rose in 3Q24.', '2024-35'],
  ['Sales rose in 2024 Q3.', '2024-35'],
  ["Sales rose in Q3'24.", '2024-35'],
  ['Sales rose in the first half of 2025.', '2025-40'],
  ['Sales rose in the second half of 2024.', '2024-41'],
  ['Sales rose in H1 2025.', '2025-40'],
  ['Sales rose in the spring of 2024.', '2024-21'],
  ['Sales rose in summer 2024.', '2024-22'],
  ['Sales rose in the autumn of 2024.', '2024-23'],
  ['Sales rose in fall 2024.', '2024-23'],
  ['Sales rose in the winter of 2024-25.', '2024-12/2025-02'],
  ['Sales rose in the winter of 2024/25.', '2024-12/2025-02'],
  ['Sales rose in the first quarter of this year.', '2025-33'],
  ['Sales rose in the first quarter.', '2025-33'],
  ['Its fourth-quarter revenue rose.', '2024-36'],
  ['Its Q4 revenue rose.', '2024-36'],
  ['It will open in the third quarter.', '2025-35'],
  ['It will open in the second half of this year.', '2025-41'],
  ['It opened last summer.', '2024-22'],
  ['It will open this summer.', '2025-22'],
  ['Sales rose in the first three quarters of 2024.', '2024-01/2024-09'],
  ['Sales rose in the three months to June 2024.', '2024-04/2024-06'],
  ['Sales rose in the quarter ended March 31, 2025.', '2025-01/2025-03'],
  ['Sales rose in the March quarter.', '2025-33'],
]);

table('parts of years and months', [
  ['It closed in early 2024.', '2024-01/2024-04'],
  ['It closed in mid-2024.', '2024-05/2024-08'],
  ['It closed in late 2024.', '2024-09/2024-12'],
  ['It closed in early March 2025.', '2025-03-01/2025-03-10'],
  ['It closed in mid-March 2025.', '2025-03-11/2025-03-20'],
  ['It closed in late March 2025.', '2025-03-21/2025-03-31'],
  ['It closed at the start of March 2025.', '2025-03-01/2025-03-10'],
  ['It closed at the beginning of March 2025.', '2025-03-01/2025-03-10'],
  ['It closed at the end of March 2025.', '2025-03-21/2025-03-31'],
  ['It closed at the start of 2024.', '2024-01'],
  ['It closed at the end of 2024.', '2024-12'],
  ['It closed at the turn of the year 2024/25.', '2024-12/2025-01'],
  ['It closed in the first week of March 2025.', '2025-03-01/2025-03-07'],
  ['It closed in the last week of March 2025.', '2025-03-25/2025-03-31'],
  ['It closed late last year.', '2024-09/2024-12'],
  ['It closed early this year.', '2025-01/2025-04'],
  ['It closed in the middle of March 2025.', '2025-03-11/2025-03-20'],
  ['It closed on the last Friday of May 2024.', '2024-05-31'],
  ['It closed on the first Monday of March 2025.', '2025-03-03'],
  ['Profit rose in the first nine months of 2024.', '2024-01/2024-09'],
  ['It closed in the first half of March 2025.', '2025-03-01/2025-03-15'],
  ['It closed in the week of April 7, 2025.', '2025-04-07/2025-04-13'],
]);

table('decades and approximations', [
  ['It grew in the 2010s.', '201X'],
  ["It grew in the '90s.", '199X'],
  ['It grew in the late 2010s.', '2017/2019'],
  ['It was founded about 2015.', '2015~'],
  ['It was founded around June 2024.', '2024-06~'],
  ['It was founded circa 1998.', '1998~'],
  ['It was founded about two years ago.', '2023~'],
]);

table('bounds and spans', [
  ['It aims to lead the world by 2028.', '../2028'],
  ['The ban holds until 2028.', '../2028'],
  ['It must comply no later than 2028.', '../2028'],
  ['It will be built by the end of June 2025.', '../2025-06'],
  ['It will be built by mid-2026.', '../2026-08'],
  ['It will be built by the end of the year.', '../2025'],
  ['It will be built by year-end.', '../2025-12'],
  ['It will be built by the end of 2026.', '../2026'],
  ['It will be built by the end of the decade.', '../2029'],
  ['It must apply before 15 May 2025.', '../2025-05-15'],
  ['Since 2018, the ministry has acted.', '2018'],
  ['The ministry has acted from 2018 on.', '2018'],
  ['The plant will open no earlier than 2031.', '2031/..'],
  ['They met between 3 and 7 June 2024.', '2024-06-03/2024-06-07'],
  ['They met from June 3 to 7, 2024.', '2024-06-03/2024-06-07'],
  ['They met on 3–7 June 2024.', '2024-06-03/2024-06-07'],
  ['They met from 28 May to 3 June 2024.', '2024-05-28/2024-06-03'],
  ['They met from December 30, 2024 to January 2, 2025.', '2024-12-30/2025-01-02'],
  ['Profit rose in January–March 2025.', '2025-01/2025-03'],
  ['Profit rose between 2018 and 2020.', '2018/2020'],
  ['Profit rose in 2018-20.', '2018/2020'],
  ['They met on 3 and 4 June 2024.', '2024-06-03/2024-06-04'],
  ['The two-day meeting began on 3 June 2024.', '2024-06-03/2024-06-04'],
  ['The three-day summit ended on 5 June 2024.', '2024-06-03/2024-06-05'],
  ['It was built from mid-2023 to early 2024.', '2023-05/2024-04'],
]);

table('fiscal years', [
  ['Toyota of Japan raised its forecast for fiscal 2024.', '2024-04/2025-03'],
  ["India's budget for the 2024-25 fiscal year was passed.", '2024-04/2025-03'],
  ['Indian exports rose in FY25.', '2024-04/2025-03'],
  ['The U.S. government spent more in fiscal year 2024.', '2023-10/2024-09'],
  ['Profit rose in the year ended 31 March 2024.', '2023-04/2024-03'],
  ['The retailer raised its forecast for fiscal 2024.', '2024~'],
]);

table('calendar units around the publication date', [
  ['It launched last week.', '2025-04-07/2025-04-13'],
  ['It launched this week.', '2025-04-14/2025-04-20'],
  ['It will launch next week.', '2025-04-21/2025-04-27'],
  ['It launched last month.', '2025-03'],
  ['It launched this month.', '2025-04'],
  ['It will launch next month.', '2025-05'],
  ['It launched last quarter.', '2025-33'],
  ['It launched this quarter.', '2025-34'],
  ['It will launch next quarter.', '2025-35'],
  ['It launched last year.', '2024'],
  ['It launched this year.', '2025'],
  ['It will launch next year.', '2026'],
  ["It was said at this year's event.", '2025'],
  ['It launched earlier this month.', '2025-04-01/2025-04-20'],
  ['It will launch later this month.', '2025-04-20/2025-04-30'],
  ['It launched earlier this week.', '2025-04-14/2025-04-20'],
  ['It will launch later this year.', '2025-04-20/2025-12-31'],
  ['It launched earlier this year.', '2025-01-01/2025-04-20'],
  ['It launched in January this year.', '2025-01'],
  ['It launched in March last year.', '2024-03'],
  ['It launched today.', '2025-04-20'],
  ['It launched yesterday.', '2025-04-19'],
  ['It will launch tomorrow.', '2025-04-21'],
  ['It launched the day before yesterday.', '2025-04-18'],
]);

table('counts from the publication date', [
  ['It launched three days ago.', '2025-04-17'],
  ['It launched two weeks ago.', '2025-03-31/2025-04-06'],
  ['It launched a fortnight ago.', '2025-03-31/2025-04-06'],
  ['It launched two months ago.', '2025-02'],
  ['It launched a year ago.', '2024'],
  ['It launched 10 years ago.', '2015'],
  ['It will launch in three days.', '2025-04-23'],
  ['It will launch in two weeks.', '2025-04-28/2025-05-04'],
  ['It will launch in two months.', '2025-06'],
  ['It will launch in two years.', '2027'],
  ["It will launch in three weeks' time.", '2025-05-05/2025-05-11'],
  ['It will launch a month from now.', '2025-05'],
  ['The series launches in the coming weeks.', '2025-04-20/..'],
  ['More will follow in the coming weeks or months.', '2025-04-20/..'],
  ['It opened two weeks before 3 June 2024.', '2024-05-20/2024-05-26'],
]);

test.each([
  ['The law was passed on 10 March 2025. It took effect two days later.', ['2025-03-10', '2025-03-12']],
  ['The law was passed on 10 March 2025. A week earlier, the senate had met.', ['2025-03-10', '2025-03-03/2025-03-09']],
  ['The law was passed in March 2025. It took effect the following month.', ['2025-03', '2025-04']],
  ['The law was passed in 2019 and revised the following year.', ['2019', '2020']],
  ['The law was passed on 10 March 2023. Exactly one year later, it took effect.', ['2023-03-10', '2024-03-10']],
  ['The law was passed in March 2023. Exactly one year later, it took effect.', ['2023-03', '2024-03']],
  ['The law was passed on 10 March 2025 and signed the next day.', ['2025-03-10', '2025-03-11']],
  [
    'Investors put in $1 billion in the first quarter of this year. That was less than in the same period last year.',
    ['2025-33', '2024-33'],
  ],
  ['In 2018, the firm opened a plant in March.', ['2018', '2018-03']],
])('counted from the last date: %s', (text, edtfs) => {
  expect(findDates(text, { reference: REFERENCE }).map((date) => date.edtf)).toEqual(edtfs);
});

const WEDNESDAY = '2025-04-23';
table('weekdays and weekends', [
  ['It said on Tuesday that sales rose.', '2025-04-22', WEDNESDAY],
  ['It said on Wednesday that sales rose.', '2025-04-23', WEDNESDAY],
  ['It said on Friday that sales rose.', '2025-04-18', WEDNESDAY],
  ['It will open on Wednesday.', '2025-04-23', WEDNESDAY],
  ['It will open on Friday.', '2025-04-25', WEDNESDAY],
  ['It is set to open on Tuesday.', '2025-04-29', WEDNESDAY],
  ['It opened last Wednesday.', '2025-04-16', WEDNESDAY],
  ['It opened last Tuesday.', '2025-04-22', WEDNESDAY],
  ['It will open next Wednesday.', '2025-04-30', WEDNESDAY],
  ['It will open next Friday.', '2025-04-25', WEDNESDAY],
  ['It opened on Tuesday of last week.', '2025-04-15', WEDNESDAY],
  ['It opened on Tuesday last week.', '2025-04-15', WEDNESDAY],
  ['It will open on Tuesday next week.', '2025-04-29', WEDNESDAY],
  ['It was hacked over the weekend.', '2025-04-19/2025-04-20', WEDNESDAY],
  ['It was hacked last weekend.', '2025-04-19/2025-04-20', WEDNESDAY],
  ['They will meet this weekend.', '2025-04-26/2025-04-27', WEDNESDAY],
  ['The announcement came on Friday morning.', '2025-04-18', WEDNESDAY],
  ["Monday's announcement was a surprise.", '2025-04-21', WEDNESDAY],
  ['Apple announced Tuesday the first phone of its kind.', '2025-04-22', WEDNESDAY],
]);

table('dates without a year', [
  ['It was released in November.', '2024-11'],
  ['It was released in March.', '2025-03'],
  ['It was released in April.', '2025-04'],
  ['It will be released in November.', '2025-11'],
  ['It will be released in February.', '2026-02'],
  ['It was released on 28 January.', '2025-01-28'],
  ['It was released on 28 December.', '2024-12-28'],
  ['It will be released on 28 January.', '2026-01-28'],
  ['It was released on the 12th.', '2025-04-12'],
  ['It was released on the 25th.', '2025-03-25'],
  ['It will be released on the 12th.', '2025-05-12'],
  ['It was released in the winter.', '2024-12/2025-02'],
  ['It was released on June 12.', '2024-06-12'],
  ['It plans to release the phone on June 12.', '2025-06-12'],
  ['Sydney, Feb 27: Sales rose.', '2025-02-27'],
  ['BEIJING, March 5 (Agency) -- Sales rose.', '2025-03-05'],
  ['The office opened on Monday, June 2.', '2025-06-02'],
]);

table('further forms', [
  ['Sales rose in January and February.', '2025-01/2025-02'],
  ['Demand will double between now and 2030.', '2025-04-20/2030'],
  ['The subsidy runs until at least 2030.', '2030/..'],
  ['It could come as early as 2026.', '2026'],
  ['It raised its prices, effective June 1.', '2025-06-01'],
  ['It raised its prices, effective April 18.', '2025-04-18'],
  ['It raised its prices on June 1.', '2024-06-01'],
  ['In October, it agreed to sell its mill.', '2024-10'],
  ['In October, it plans to sell its mill.', '2025-10'],
  ['It will launch later in 2025.', '2025-04-20/2025-12-31'],
  ['It launched earlier in 2024.', '2024'],
  ['Profit rose in the year ended March.', '2024-04/2025-03', '2025-06-18'],
  ['The summit runs from 8 to 11 July.', '2025-07-08/2025-07-11'],
  ['It is due in August.', '2025-08'],
  ['It must be ready by the end of September.', '../2025-09'],
  ['It was released on the eve of the Lunar New Year.', '2025-01-28'],
  ['Sales rose in the first three months.', '2025-01/2025-03'],
  ['It will stay closed for three days starting Monday.', '2025-04-21/2025-04-23'],
  ['It will close from next Monday to Friday.', '2025-04-21/2025-04-25'],
  ['It was last revised in 2022/23.', '2022/2023'],
  ['The bank meets on July 30-31.', '2025-07-30/2025-07-31'],
  ['It opened last November.', '2024-11'],
  ['It will open next March.', '2026-03'],
  ['Plants opened in the second week of March.', '2025-03-08/2025-03-14'],
  ['It cost $12 December 27 was cold.', '2024-12-27'],
]);

table('feasts', [
  ['It was released on the first day of the Lunar New Year.', '2025-01-29'],
  ['It was released on the first day of the Lunar New Year 2024.', '2024-02-10'],
  ['It will be released on the first day of the Lunar New Year.', '2026-02-17'],
  ['It was released on Chinese New Year.', '2025-01-29'],
  ['It was released on Christmas Day.', '2024-12-25'],
  ['It will be released on Christmas Eve.', '2025-12-24'],
  ['It was released on Easter Monday 2024.', '2024-04-01'],
  ['It was released on Good Friday.', '2025-04-18'],
  ['It was released on Thanksgiving 2023.', '2023-11-23'],
  ['It was released on Black Friday.', '2024-11-29'],
  ["More was allocated during this year's Two Sessions.", '2025-03'],
  ['It was released on Labor Day.', '2024-09-02'],
  ["It was released on New Year's Eve.", '2024-12-31'],
  ["It was released on Singles' Day.", '2024-11-11'],
  ['It was released on Eid al-Fitr.', '2025-03-30'],
  ['It was released during the Mid-Autumn Festival.', '2024-09-17'],
]);

table('no dates', [
  ['OpenAI trained GPT-4 and DeepSeek its V3 model.', null],
  ['Alibaba released Qwen2.5 and Doubao 1.5.', null],
  ['The office still ran Windows 2000.', null],
  ['The plant will create 2,000 jobs.', null],
  ['The plant will create 2000 jobs.', null],
  ['It cost $2025 a piece.', null],
  ['They met in room 2024.', null],
  ['Section 2019 of the code applies.', null],
  ['Chinese firms may follow.', null],
  ['Thousands march in protest.', null],
  ['May said that talks failed.', null],
  ['April Jones joined June Smith.', null],
  ['Theresa May and August Busch spoke.', null],
  ['It took a second attempt.', null],
  ['The Q3 chip is fast.', null],
  ['The H100 chip and the H20 chip are fast.', null],
  ['It recently launched a model.', null],
  ['It is now available, and currently free.', null],
  ['Sales rose in recent weeks.', null],
  ['It was built in two weeks.', null],
  ['It is the largest deal in five years.', null],
  ['Costs can be reduced over 12 months.', null],
  ['It is open every Monday.', null],
  ['She writes for the Sunday Times.', null],
  ['They bought a Christmas tree on Easter Island.', null],
  ['It ranks 12th in the world.', null],
  ['The 12th edition was short.', null],
  ["In today's world, data is key.", null],
  ['The number is 133-03-03-2020.', null],
  ['It needs 24/7 support.', null],
  ['Version 1.10.30 fixes it.', null],
  ['32 August 2014 is wrong, and so is February 30.', null],
  ['Prices fall in most regions.', null],
  ['It hired 1900 people.', null],
  ['The ratio was 2015:1 at best.', null],
  ['Five years after its launch, it was closed.', null],
  ['The price was cut by 2000 yuan.', null],
  ['A weekly and a daily report.', null],
  ['The March for Life was large.', null],
]);

test('the locale decides 12/03/2025', () => {
  const text = 'It opened on 12/03/2025.';
  expect(findDates(text, { reference: REFERENCE, locale: 'en-GB' })[0]?.edtf).toBe('2025-03-12');
  expect(findDates(text, { reference: REFERENCE, locale: 'en-US' })[0]?.edtf).toBe('2025-12-03');
  expect(findDates(text, { reference: REFERENCE })[0]?.edtf).toBe('2025-12-03');
});

test('a date says where it stands and which rule made it', () => {
  expect(findDates('It halted training in mid-2024 to save money.', { reference: REFERENCE })).toEqual([
    {
      phrase: 'mid-2024',
      start: 22,
      end: 30,
      edtf: '2024-05/2024-08',
      lower: '2024-05-01',
      upper: '2024-08-31',
      precision: 'range',
      rule: 'part.mid',
    },
  ]);
});

test('places are counted in UTF-16 units, beyond marks and emoji as elsewhere', () => {
  const text = '🚀🚀 «Опубликовано» — it’s “mid‑2024”, and by the end of 2026 it’s over.';
  const found = findDates(text, { reference: REFERENCE });
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['mid‑2024', 'by the end of 2026']);
  expect(found.map(({ edtf }) => edtf)).toEqual(['2024-05/2024-08', '../2026']);
});

test('the reference may be an RFC 3339 time, and must be a day', () => {
  expect(findDates('yesterday', { reference: '2025-04-20T23:30:00+02:00' })[0]?.edtf).toBe('2025-04-19');
  expect(() => findDates('yesterday', { reference: 'now' })).toThrow("invalid EDTF date 'now'");
});

describe('a phrase that is one date', () => {
  test.each([
    ['last month', '2025-03'],
    ['in March 2024', '2024-03'],
    ['2024', '2024'],
    ['the end of 2024', '2024-12'],
    ['Q3', '2024-35'],
    ['on Friday.', '2025-04-18'],
    ['May', '2024-05'],
  ])('%s → %s', (phrase, edtf) => {
    expect(resolvePhrase(phrase, { reference: REFERENCE })?.edtf).toBe(edtf);
  });

  test.each(['recently', 'in March 2024 or so they say', '', 'soon', '2,000'])('%s is none', (phrase) => {
    expect(resolvePhrase(phrase, { reference: REFERENCE })).toBeNull();
  });
});
