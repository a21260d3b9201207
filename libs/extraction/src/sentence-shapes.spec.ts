import { loadVocabulary } from '@themeline/vocabulary';
import { extractReports } from './index';

const vocabulary = loadVocabulary();
const read = (text: string): string[] =>
  extractReports({ title: null, text, publishedAt: '2025-07-16' }, vocabulary).map(
    ({ kind, status, date }) => `${kind} ${status} ${date.edtf ?? 'undated'}`,
  );

/** Shapes of sentences that hide their verb, its subject or its date; what each must give, in its order. */
test.each([
  // A verb behind an inset.
  ['Lumora, a chip designer from Ghent, opened a laboratory in Lyon in May.', ['other occurred 2025-05']],
  ['The inspectors, from the port authority, finished work on June 2 and left.', ['other occurred 2025-06-02']],
  ['Orvex, which once made pagers, closed its plant in Turin in 2021.', ['pivot occurred 2021']],
  [
    'The second furnace, to be installed in Oulu, is scheduled to begin operating in 2027.',
    ['product-launch planned 2027'],
  ],
  ['The ministry announced, on 11 February, a national strategy for quantum sensors.', ['policy occurred 2025-02-11']],
  ['Prosecutors have since indicted two managers of Calvera in Bilbao.', ['legal occurred undated']],
  // What is to come, in the present and without "will".
  ['The Lisbon link, Europe’s longest, goes live in spring 2026.', ['product-launch planned 2026-21']],
  ['Orvex plans mass production for the second half of 2027.', ['product-launch planned 2027-41']],
  ['The drivers’ union has called a strike for 18 December.', ['other planned 2025-12-18']],
  ['No earlier than 4 September: Heron returns to the launch pad.', ['other planned 2025-09-04/..']],
  ['The vote on the merger has been moved to October 2026.', ['acquisition planned 2026-10']],
  // What began and goes on.
  ['Calvera has been running a pilot line in Porto since 2023.', ['product-launch occurred 2023']],
  // What others expect is news where it is a figure.
  ['The institute expects the domestic market to reach 14 billion euros in 2030.', ['statistic forecast 2030']],
  ['The institute sees the domestic market reaching 14 billion euros in 2029.', ['statistic forecast 2029']],
  ['The institute expects the two firms to merge in 2026.', []],
  // Results without a period are those of the period told before.
  [
    'Revenue in the second quarter rose 8% to $310 million. Net income came in at $37 million.',
    ['statistic occurred 2025-34', 'statistic occurred 2025-34'],
  ],
  // So many of a thing, in a period, are a figure; the first of them are a launch.
  ['Orvex shipped 1,350 robots in the first half of 2025.', ['statistic occurred 2025-40']],
  ['Orvex shipped its first robots in June.', ['product-launch occurred 2025-06']],
  // A noun with its day tells what a verb might.
  ['The departure in January of its finance chief hurt Novatek.', ['personnel occurred 2025-01']],
  ['Last year’s takeover of Lumetric gives Novatek a foothold in Asia.', ['acquisition occurred 2024']],
  ['There was a fire at the fab in May.', ['incident occurred 2025-05']],
  ['Its $40 million round in 2023 was its last.', ['funding-round occurred 2023']],
  // A day behind a gerund is that of the verb before it, unless the gerund tells what came before.
  ['The probe crashed on landing on 19 June.', ['incident occurred 2025-06-19']],
  ['The ministry barred civil servants from using the chatbot in February.', ['ban occurred 2025-02']],
  ['The kingdom launched an investment vehicle for mining last year.', ['fund-launch occurred 2024']],
  ['The sovereign fund came into being on 24 February.', ['fund-launch occurred 2025-02-24']],
  ['Novatek’s probe crashed after landing on 3 March.', ['incident occurred undated']],
  // What is given, to whom, and what for.
  [
    'The Netherlands granted Novatek a licence to export lithography tools in May.',
    ['export-control occurred 2025-05'],
  ],
  ['TSMC raised its planned spending in Arizona to $165 billion.', ['investment-pledge occurred undated']],
  [
    'Novatek pulled in 55 million euros this week from a group of funds.',
    ['funding-round occurred 2025-07-14/2025-07-20'],
  ],
  ['The court dismissed on 29 January an action brought by Novatek.', ['legal occurred 2025-01-29']],
  // A plan that is dropped is no plan.
  ['Novatek dropped its plan to build a fab in Saxony.', ['pivot occurred undated']],
  ['Novatek is moving production from Shenzhen to Penang.', ['pivot occurred undated']],
  // A word that is a verb with its particle only.
  ['The system runs on less advanced Novatek chips at a cost of $6 million.', []],
  ['They are likely to miss the target by 2027.', []],
  // Verbs that share an object tell one happening.
  ['A delivery van struck and injured a cyclist in Utrecht on Monday.', ['incident occurred 2025-07-14']],
])('%s', (text, expected) => expect(read(text)).toEqual(expected));

describe('whom a report names', () => {
  const namesOf = (text: string): string[][] =>
    extractReports({ title: null, text, publishedAt: '2025-07-16' }, vocabulary).map(({ entities }) =>
      entities.map(({ name, role }) => `${name} ${role}`),
    );

  test('where a sentence names nobody, it is the organisation that the article is about', () => {
    const about =
      'Novatek opened a plant in Lyon in May. Novatek is based in Ghent. Sensors are what Novatek lives on. Revenue rose 8% to $310 million in 2024.';
    expect(namesOf(about).at(-1)).toEqual(['Novatek mention']);
    const ofTwo = about.replace('Sensors are what Novatek lives on.', 'Orvex makes sensors, and Orvex is larger.');
    expect(namesOf(ofTwo).at(-1)).toEqual([]);
  });
  test('what is said of a company before its name is no part of it', () =>
    expect(namesOf('Drugmaker Vaidehi opened a plant in Lyon in May.')).toEqual([['Vaidehi agent', 'Lyon mention']]));
});
