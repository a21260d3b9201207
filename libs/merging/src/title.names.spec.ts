import { namedIn, namesIn } from './title.names';

test.each<[string, string[]]>([
  ['Shares in Wessex Downs Water fell 6% after Ofwat fined it on Wednesday.', ['wessex-downs-water', 'ofwat']],
  ['With 22 million euros that it raised last month, Automates Vercors will hire sixty people.', ['automates-vercors']],
  ['Zenova’s new Slate tablet, unveiled last week, has a screen like paper.', ['zenova', 'slate']],
  ['Nusatel and Sirius AI agreed last month to share towers.', ['nusatel', 'sirius-ai']],
  ['It may build the Boreal 300 at Chalk Lake.', ['boreal-300', 'chalk-lake']],
  ['The plant of Laurentian Atomic opened in spring.', ['laurentian-atomic', 'atomic']],
  ['TeleSul failed again. Customers were told in March.', ['telesul']],
])('%s', (sentence, names) => {
  expect(namesIn(sentence)).toEqual(names);
});

test.each([
  ['a word at the beginning', 'Customers hit by the failure can claim a fee.'],
  ['a dateline', 'NEW DELHI - A ransomware attack shut it down on Tuesday.'],
  [
    'countries, their people, days and months',
    'On Monday the Chinese and the Canadian minister of South Korea met in May.',
  ],
  ['offices', 'The President told the Commission and the Senate.'],
  ['a title in capitals', 'Wessex Downs Water Fined Over Leaks'],
  ['nothing', ''],
])('no names: %s', (_, sentence) => {
  expect(namesIn(sentence)).toEqual([]);
});

test.each<[string, string[]]>([
  ['New Zealand bans Swirl', ['new-zealand', 'swirl']],
  ['The United Arab Emirates and Turkey agree with Nusatel on a cable', ['united-arab-emirates', 'turkey', 'nusatel']],
  ['swirl is barred from the czech republic', ['czech-republic', 'swirl']],
])('a headline may name: %s', (headline, names) => {
  expect(namedIn(headline)).toEqual(expect.arrayContaining(names));
  for (const part of ['zealand', 'united', 'emirates', 'republic']) expect(namedIn(headline)).not.toContain(part);
});
