import { loadVocabulary } from '@themeline/vocabulary';
import { extractReports } from './index';

const vocabulary = loadVocabulary();
const kinds = (text: string): string[] =>
  extractReports({ title: null, text, publishedAt: '2025-06-15' }, vocabulary).map(
    ({ kind, status }) => `${kind}/${status}`,
  );

describe('money and deals in the words that news uses', () => {
  describe.each<[string, string[]]>([
    [
      'funding-round/occurred',
      [
        'Mirelle Robotics closed its Series B at €40 million on Tuesday.',
        'Northgate Ventures led a $40 million round in Mirelle Robotics in April.',
        'Mirelle Robotics received a €2.5 million grant from the European Innovation Council in February.',
        'Mirelle Robotics has been awarded £3 million by Innovate UK.',
        'Mirelle Robotics sold $200 million of convertible bonds in April.',
        'Mirelle Robotics bags $30M',
      ],
    ],
    [
      'fund-launch/occurred',
      [
        'Northgate Ventures has raised $300 million for a new fund.',
        'Halver Capital closed its third fund at €250 million in May.',
        'A €500 million fund for deep tech was launched by Finland in January.',
      ],
    ],
    [
      'investment-pledge/occurred',
      [
        'The finance ministry has set aside 90 million zlotys for chip design.',
        'The budget for 2025 allots 25 billion rupees to science.',
        'The development bank approved a credit line of €200 million for chipmakers on 3 June.',
        'Norvik Energy received a €500 million loan from the European Investment Bank in May.',
        'India cleared a $1.2 billion subsidy for a chip plant in Gujarat in February.',
        'Norvik Energy is to put $9 billion into battery plants over five years.',
        'Spain offers Norvik Energy a €90 million loan guarantee',
      ],
    ],
    [
      'acquisition/occurred',
      [
        'Halden Motors has agreed to sell its Oslo plant to Norvik Energy for €72m.',
        'Norvik Energy completed its $90 million acquisition of Halden Motors on 2 June.',
        "Norvik Energy's £12bn tie-up with Halden Motors was waved through by the Competition and Markets Authority in May.",
        "The European Commission cleared Norvik Energy's takeover of Halden Motors on 4 June.",
        'Shareholders of Halden Motors approved the merger with Norvik Energy on 4 June.',
        'Norvik Energy made a $3 billion offer for Halden Motors in May.',
        'Norvik Energy took a minority stake in Halden Motors in 2023.',
        'The takeover was completed in March.',
      ],
    ],
    [
      'acquisition/planned',
      [
        'The deal, which needs the approval of regulators, should close in the first quarter of 2026.',
        'The deal is expected to close in the third quarter.',
        'The transaction is subject to approval and should be completed by the end of 2025.',
      ],
    ],
    [
      'partnership/occurred',
      [
        'Norvik Energy won a $90 million contract from the Polish army in May.',
        'The Polish army awarded Norvik Energy a $90 million contract in May.',
        'Norvik Energy placed an order for 40 trucks with Halden Motors in May.',
        'Halden Motors, our first customer, has signed up for 20 trucks.',
        'Norvik Energy is developing a plant together with Halden Motors.',
        'Norvik Energy granted Halden Motors a licence to its battery patents in May.',
        'Norvik Energy has tapped Halden Motors as its supplier of batteries.',
        'Three-year supply agreement with Halden Motors (Q2 2024)',
      ],
    ],
  ])('%s', (expected, texts) => {
    test.each(texts)('%s', (text) => expect(kinds(text)).toEqual([expected]));
  });

  test.each([
    'Customers sign up for the service every month.',
    'Norvik Energy is in talks to buy Halden Motors.',
    "Norvik Energy's investors are waiting for news.",
    'Start-ups need capital and often raise it from venture funds.',
    'The fund holds stakes in several companies.',
    "Norvik Energy's bid for Halden Motors could fail.",
    'Norvik Energy has no plans to sell its stake in Halden Motors.',
    'Investors put money into funds for many reasons.',
    'The chip is licensed under an open licence.',
    'Norvik Energy is seeking a partner for its plant.',
    'Norvik Energy denied that it had bought a stake in Halden Motors.',
    'Analysts say the deal could value Norvik Energy at $3 billion.',
    'Norvik Energy did not win the contract from Halden Motors.',
    'Norvik Energy declined to make an offer of $3 billion for Halden Motors.',
    'If the deal closes, Norvik Energy will own half of Halden Motors.',
    'Suppliers win orders by cutting prices.',
    'Regulators rarely approve mergers of this size.',
    'The minister urged banks to extend loans of $5 million to start-ups.',
    'Norvik Energy might pick Halden Motors as its supplier.',
    'Norvik Energy lost the order to Halden Motors.',
    'Grants of up to $5 million are available to small firms.',
    'Norvik Energy rejected a takeover bid from Halden Motors.',
    'The two companies have never worked together.',
    'Banks give loans to companies with good books.',
    'Deals of this sort usually close in a year.',
    'Norvik Energy could issue bonds worth $200 million.',
    'Parliament has yet to set aside $90 million for hospitals.',
    'Norvik Energy failed to sell its plant to Halden Motors.',
    'Norvik Energy and Halden Motors ended talks on a merger.',
    'Halden Motors urged shareholders to reject the takeover offer.',
    'Norvik Energy makes pumps and sells them to Halden Motors.',
    'A loan of $5 million would be enough, the founder said.',
    'A new fund could help start-ups.',
    'Some say that Norvik Energy should buy Halden Motors.',
    'Norvik Energy wants a grant of $2 million.',
  ])('nothing in: %s', (text) => expect(kinds(text)).toEqual([]));
});
