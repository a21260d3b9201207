import { loadVocabulary } from '@themeline/vocabulary';
import { extractReports } from './index';

const vocabulary = loadVocabulary();
const kinds = (text: string): string =>
  extractReports({ title: null, text, publishedAt: '2025-11-14' }, vocabulary)
    .map(({ kind }) => kind)
    .join(', ');

/** Sentences of invented newswire by the kinds that they tell, in the order of the text. */
const told: Readonly<Record<string, readonly string[]>> = {
  'acquisition, acquisition': [
    'Lumen Bio, which Novartis acquired in 2019 for $800 million, was sold to Sandoz in March.',
  ],
  'acquisition, personnel': [
    "GSK bought Boston's Elipsa for $1.1 billion in January and named its founder, Dana Whitcomb, head of oncology research.",
  ],
  'acquisition, statistic': [
    'Mahindra bought a 58% stake in SML Isuzu in April, and its quarterly profit rose 18% to 36 billion rupees in the three months to June.',
  ],
  acquisition: [
    'Emirates Telecom raised its holding in Vodafone to 16 percent, it said on Tuesday.',
    "Gazelle Pharma's €2 billion buyout by EQT won clearance from Brussels on Wednesday.",
    'Renault and Geely folded their engine businesses into a joint company in May 2024.',
  ],
  ban: ['Grok was blocked in Turkey in July.'],
  'fund-launch': ['A European tech champions fund of €10 billion is to start work in 2026.'],
  'funding-round, fund-launch': [
    'Peak XV led a $60 million round in Rapido in August, a month after it launched a $1.3 billion fund.',
  ],
  'funding-round, product-launch': [
    "Berlin's Rotor raised 35 million euros in March and put its first delivery robot on the market in June.",
    'The startup, which raised $18 million in June, shipped its first cryostat to Caltech last week.',
  ],
  incident: [
    "Jaguar Land Rover's factories stood still for five weeks after a cyberattack on 31 August.",
    'A Waymo car struck a cat in San Francisco on 27 October.',
  ],
  'investment-pledge': [
    'An investment of 3 billion riyals in the plant was approved by the board on 2 November.',
    "The European Commission cleared 920 million euros of German aid for Infineon's Dresden plant in February.",
    "Rome doubled its contribution to ESA's lunar programme to €1.2 billion.",
    'A grant of $70 million for the GlobalFoundries campus in Vermont was announced on Tuesday.',
  ],
  'legal, legal': ['The regulator fined Telia 12 million kronor in May and opened a second inquiry in October.'],
  legal: [
    'The Supreme Court threw out the appeal on Monday.',
    "Binance's founder was pardoned in October.",
    'Charges against two managers were dropped in June.',
  ],
  'model-release': [
    'Aleph Alpha made the weights of a 7-billion-parameter German model public on Monday.',
    'AI2 has posted OLMo 3, together with its training data, on Hugging Face.',
  ],
  'partnership, investment-pledge': [
    'Vestas signed a 15-year service contract with Eskom and will invest 900 million rand in a tower factory.',
  ],
  partnership: [
    "A tie-up between SoftBank and Arm's Malaysian partner was made public on Thursday.",
    'France joined the Artemis Accords in June 2022, the 20th country to do so.',
    'A contract worth 1.2 billion dirhams went to Hanwha Aerospace.',
  ],
  'personnel, personnel': [
    'Chairman Luis Prado resigned on Monday, and deputy chair Inés Vidal takes over on 1 December.',
  ],
  personnel: ["Layoffs hit 900 workers at Intel's Leixlip plant in July."],
  'pivot, personnel': [
    'Cruise lander maker Astrolith halted work on its rover in May, laying off 60 of its 210 staff.',
  ],
  'price-change': ['Tesla lopped 4,000 euros off the Model Y in Germany on Friday.'],
  'product-launch, price-change': [
    'Xpeng launched the P7 in Norway in August, cutting its price by 8% two months later.',
  ],
  'product-launch': ["Ola's electric motorcycle reached showrooms in May, eight months late."],
  regulation: [
    "The European Medicines Agency's committee recommended the gene therapy for approval on Friday.",
    'Italy became the first EU country to adopt a comprehensive AI law in September.',
  ],
  research: [
    'The Vera Rubin Observatory released its first images on 23 June.',
    'The satellite sent back its first signal on Thursday.',
  ],
  'statistic, statistic': [
    'Revenue climbed 9% to $812 million in 2024 while net debt fell to $1.1 billion at the end of December.',
  ],
  statistic: [
    "Solar supplied 22% of the bloc's electricity in June, more than any other source.",
    'The market is seen reaching $90 billion by 2030.',
  ],
};

/** What somebody hopes, denies or holds possible, and how things are in general. */
const untold: readonly string[] = [
  'Analysts say the bank could become a takeover target.',
  'Cooperation between universities and industry remains weak, the report says.',
  'She has worked in semiconductors for 25 years.',
  'Startups in the region often struggle to raise money.',
  'The region needs $300 billion a year in new grids, the IEA estimates.',
  'The phone has a 6.1-inch screen and two cameras.',
  'Large language models are trained on text from the web.',
  'Prices of memory chips have been volatile.',
  'Banning the app would be a mistake, the minister argued.',
  'Export controls have split the industry.',
  'Regulation lags behind technology, critics say.',
  'A clear strategy is lacking, economists say.',
  'The company has changed course before.',
  'More research is needed, the authors write.',
  'The company could face fines of up to 7% of turnover.',
  'Cyberattacks are on the rise.',
  'Growth was strong.',
  'If the deal goes through, the group would become the largest in Europe.',
  'The ministry denied that it had banned the app.',
  'Investors hope the company will raise more money soon.',
  '"We have never considered selling the business," Mr Ito said.',
  'The bank has been operating in Ghana for decades.',
  'Regulators might block the merger, lawyers say.',
  'There are no plans to cut jobs, a spokeswoman said.',
  'It is unclear whether the plant will reopen.',
  'The law would ban such apps if parliament passed it.',
  'Had the rocket reached orbit, it would have been the first from British soil.',
  'Most startups never launch a product.',
  'He called on the government to invest more in fusion.',
  'Contrary to reports, the lender has not hired an adviser.',
  'The robots, she says, can do the work of three people.',
  'The deal fell through before it was signed.',
];

describe('newswire of many countries and trades', () => {
  describe.each(Object.entries(told))('%s', (expected, sentences) => {
    test.each(sentences)('%s', (sentence) => {
      expect(kinds(sentence)).toBe(expected);
    });
  });

  test.each(untold)('nothing: %s', (sentence) => {
    expect(kinds(sentence)).toBe('');
  });
});
