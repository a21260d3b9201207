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
    "Having bought Sweden's Oatgrid in March, the utility now wants to expand in Finland.",
    'Aker has parted with its stake in the fish-farm software maker.',
    'CVC has the upper hand: the board accepted its 2.2 billion euro bid on Wednesday.',
    'Renault and Geely folded their engine businesses into a joint company in May 2024.',
  ],
  ban: [
    'Grok was blocked in Turkey in July.',
    'The commission took the weight-loss pill off the market in October.',
    'Temu has been shut out of Vietnam since December.',
  ],
  'export-control': [
    "Washington revoked Samsung's waiver for its Xi'an plant in August.",
    'Taiwan put chips bound for South Africa under licence in September.',
  ],
  'fund-launch': [
    'The Dutch state seeded a deep-tech fund with 250 million euros.',
    'A European tech champions fund of €10 billion is to start work in 2026.',
  ],
  'funding-round, fund-launch': [
    'Peak XV led a $60 million round in Rapido in August, a month after it launched a $1.3 billion fund.',
  ],
  'funding-round, product-launch': [
    "Berlin's Rotor raised 35 million euros in March and put its first delivery robot on the market in June.",
    'The startup, which raised $18 million in June, shipped its first cryostat to Caltech last week.',
  ],
  'funding-round': [
    'The Series D, worth $250 million, valued the Indian lender at $3.9 billion.',
    'Klarna priced its shares at $40 on 9 September.',
  ],
  incident: [
    "Jaguar Land Rover's factories stood still for five weeks after a cyberattack on 31 August.",
    'A Waymo car struck a cat in San Francisco on 27 October.',
    'The exchange halted trading for three hours on Monday after a software fault.',
    'Personal data of 3.4 million patients ended up on the dark web in March.',
    'The carmaker called back 380,000 pickups over faulty brakes in October.',
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
    'The patent on the drug was revoked in Munich in May.',
  ],
  'model-release': [
    'Aleph Alpha made the weights of a 7-billion-parameter German model public on Monday.',
    'AI2 has posted OLMo 3, together with its training data, on Hugging Face.',
  ],
  other: [
    'The union called off the strike at the Ulsan plant on Friday.',
    'The bridge has been open to traffic since 5 June.',
  ],
  'partnership, investment-pledge': [
    'Vestas signed a 15-year service contract with Eskom and will invest 900 million rand in a tower factory.',
  ],
  partnership: [
    "A tie-up between SoftBank and Arm's Malaysian partner was made public on Thursday.",
    'France joined the Artemis Accords in June 2022, the 20th country to do so.',
    'A contract worth 1.2 billion dirhams went to Hanwha Aerospace.',
    "Bayer bought the rights to Kumquat's cancer drug for up to $1.3 billion in August.",
  ],
  'personnel, personnel': [
    'Chairman Luis Prado resigned on Monday, and deputy chair Inés Vidal takes over on 1 December.',
  ],
  personnel: [
    "Layoffs hit 900 workers at Intel's Leixlip plant in July.",
    'General counsel Wei Ling has left after six years.',
  ],
  'pivot, investment-pledge': [
    'The Osaka group, which abandoned its Malaysian venture in March, is putting 40 billion yen into a plant at home instead.',
  ],
  'pivot, personnel': [
    'Cruise lander maker Astrolith halted work on its rover in May, laying off 60 of its 210 staff.',
  ],
  policy: [
    'Jakarta extended the tax holiday for battery makers until 2028.',
    'Vietnam handed tax breaks to chip designers in January.',
  ],
  'price-change': ['Tesla lopped 4,000 euros off the Model Y in Germany on Friday.'],
  'product-launch, price-change': [
    'Xpeng launched the P7 in Norway in August, cutting its price by 8% two months later.',
  ],
  'product-launch': [
    "Zipline's drones began delivering blood in Rwanda in 2016.",
    "Ola's electric motorcycle reached showrooms in May, eight months late.",
  ],
  regulation: [
    "The European Medicines Agency's committee recommended the gene therapy for approval on Friday.",
    'Italy became the first EU country to adopt a comprehensive AI law in September.',
    "The approval of the drug by Japan's ministry in August opened a second market.",
    'Canberra — a bill to license AI in hospitals passed its second reading on Wednesday.',
  ],
  'research, regulation': [
    "The vaccine cut infections by 71% in a trial reported in March, and Indonesia's drug agency licensed it in July.",
  ],
  research: [
    'The Vera Rubin Observatory released its first images on 23 June.',
    'The satellite sent back its first signal on Thursday.',
    'The telescope saw first light in April.',
    'The alloy withstood 1,400 degrees for 1,000 hours in tests at Oak Ridge.',
  ],
  'statistic, statistic': [
    'Revenue climbed 9% to $812 million in 2024 while net debt fell to $1.1 billion at the end of December.',
  ],
  statistic: [
    "Solar supplied 22% of the bloc's electricity in June, more than any other source.",
    "India's factory output up 4% in September",
    'TSMC: October sales NT$367.5 billion, up 16.9%.',
    'There were 1,240 cyberattacks on hospitals in 2024, twice as many as in 2022.',
    'A record 261 rockets were launched in 2024.',
    'The market is seen reaching $90 billion by 2030.',
    'Sales this year should be about 4.2 billion kroner.',
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
  'The rocket is 57 metres tall and burns methane.',
  'Whether the fund will ever invest is an open question.',
  "The company says its chip is faster than rivals'.",
  "Quantum computers could break today's codes.",
  'Ms Weber advises ministries on procurement.',
  'The merger talks never got beyond a first meeting.',
  'Analysts expect the bank to do well.',
  'Its founders met at university.',
  '"If the subsidy goes, so do we," said the plant\'s manager.',
  "Few of the region's startups have raised more than $1 million.",
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
