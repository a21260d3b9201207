import { splitSentences, type Sentence } from './sentence.splitter';

const words = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));
const only = (text: string): Sentence & { words: string } => {
  const sentences = splitSentences(text);
  if (!sentences[0] || sentences.length > 1) throw new Error(`${String(sentences.length)} sentences in: ${text}`);
  return { ...sentences[0], words: text.slice(sentences[0].start, sentences[0].end) };
};

describe('datelines', () => {
  test.each([
    'TOKYO (Kyodo) — ',
    'TOKYO (AP) -- ',
    'HONG KONG (AP) _ ',
    'NEW DELHI, May 6 (PTI) ',
    'NEW DELHI, May 6 (PTI): ',
    'New Delhi [India], May 6 (ANI): ',
    'BEIJING, May 6 (Xinhua) -- ',
    'PARIS, March 3 (Reuters) - ',
    'BERLIN, 6 May 2025 /PRNewswire/ -- ',
    'SANTA CLARA, Calif., May 28, 2025 (GLOBE NEWSWIRE) -- ',
    'PARIS--(BUSINESS WIRE)--',
    'TEL AVIV, Israel & LONDON--(BUSINESS WIRE)--',
    'May 6, 2025 – Munich, Germany – ',
    'Washington, D.C., May 6, 2025 – ',
    'Amsterdam, the Netherlands, 3 June 2025 - ',
    'ESPOO, Finland (6 May 2025) – ',
    'SEOUL/TOKYO, Sept 3 - ',
    'São Paulo, 6 May 2025 — ',
    'Hong Kong, 6 May 2025 – (ACN Newswire) – ',
    'LONDON - ',
    'LONDON — ',
    'SAN FRANCISCO, Calif. – ',
    '(Reuters) - ',
  ])('%s', (dateline) => {
    expect(only(`${dateline}Acme has opened a plant in Ohio.`)).toMatchObject({
      words: 'Acme has opened a plant in Ohio.',
      label: null,
      form: 'sentence',
    });
  });

  test.each([
    'On May 6, 2025: the plant opened.',
    'Monday, May 6 – Acme opened a plant.',
    'May 6, 2025 – Acme opened a plant.',
    '6 May 2025: Acme opened a plant.',
    'March: Acme opened a plant.',
    'Early May: Acme opened a plant.',
    'Second quarter: Acme opened a plant.',
    'Q1 2025 — Acme opened a plant.',
    'U.S. – China talks resumed in May.',
    'Acme (NYSE: ACM) – Bolt talks ended in May.',
    'Apple — the maker of phones — said it would wait.',
    'In March 2025 Acme - the chipmaker - closed.',
  ])('none in: %s', (text) => expect(words(text)).toEqual([text]));

  test('a line that is nothing else', () => {
    expect(words('Brussels, 3 June 2025\nAcme opened a plant.\nSEOUL, Sept 3 (Yonhap)\nBolt left.')).toEqual([
      'Acme opened a plant.',
      'Bolt left.',
    ]);
  });
});

describe('bullets and lead-ins', () => {
  test.each<[string, string, string | null]>([
    ['• Acme opened a plant.', 'Acme opened a plant.', null],
    ['•Acme opened a plant.', 'Acme opened a plant.', null],
    ['- Acme opened a plant.', 'Acme opened a plant.', null],
    ['* Acme opened a plant.', 'Acme opened a plant.', null],
    ['1. Acme opened a plant.', 'Acme opened a plant.', null],
    ['(2) Acme opened a plant.', 'Acme opened a plant.', null],
    ['b) Acme opened a plant.', 'Acme opened a plant.', null],
    ['► Acme opened a plant.', 'Acme opened a plant.', null],
    ['## Acme opened a plant', 'Acme opened a plant', null],
    ['> Acme opened a plant.', 'Acme opened a plant.', null],
    ['Funding: Acme raised $5 million.', 'Acme raised $5 million.', 'Funding'],
    ['**Funding:** Acme raised $5 million.', 'Acme raised $5 million.', 'Funding'],
    ['- **Funding**: Acme raised $5 million.', 'Acme raised $5 million.', 'Funding'],
    ['• Chips — Acme raised $5 million.', 'Acme raised $5 million.', 'Chips'],
    ['Bolt – The firm raised $5 million.', 'The firm raised $5 million.', 'Bolt'],
    ['3. Market impact: Prices fell in May.', 'Prices fell in May.', 'Market impact'],
    ['Acme (NYSE: ACM) raised $5 million.', 'Acme (NYSE: ACM) raised $5 million.', null],
    ['-5 degrees were measured.', '-5 degrees were measured.', null],
    ['1.5 million people came.', '1.5 million people came.', null],
    ['5G came to Ohio.', '5G came to Ohio.', null],
  ])('%s', (text, expected, label) => expect(only(text)).toMatchObject({ words: expected, label }));

  test('several in one line', () => {
    expect(words('Acme opened a plant. • Bolt closed one • Carl waits')).toEqual([
      'Acme opened a plant.',
      'Bolt closed one',
      'Carl waits',
    ]);
  });
});

describe('what was run together', () => {
  test.each<[string, string[]]>([
    [
      'Why the Rivals of Acme Are in Catch-Up ModeChina is advancing fast in chips.',
      ['Why the Rivals of Acme Are in Catch-Up Mode', 'China is advancing fast in chips.'],
    ],
    [
      'Rivals of Acme are in trouble this yearThe firm said so.',
      ['Rivals of Acme are in trouble this year', 'The firm said so.'],
    ],
    [
      'Acme Opens Second Plant in OhioCOLUMBUS, May 6 (Reuters) - Acme has opened a plant.',
      ['Acme Opens Second Plant in Ohio', 'Acme has opened a plant.'],
    ],
    [
      'Acme opened a plant last year.The firm employs many.',
      ['Acme opened a plant last year.', 'The firm employs many.'],
    ],
    ['“We opened a plant.”The firm employs many.', ['“We opened a plant.”', 'The firm employs many.']],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  test.each([
    'OpenAI is working with SenseTime on YouTube in LinkedIn offices.',
    'How OpenAI and DeepSeek Are Changing the World of Search',
    'The owner of PayPal said McDonald was wrong.',
    'Booking.com has a site at Acme.io for Node.Js users.',
    'Many use www.Acme.example/The site or write to a.Lee@acme.example now.',
    'Sales of iPhones and MacBooks rose.',
  ])('one: %s', (text) => expect(words(text)).toEqual([text]));
});

describe('ends of sentences', () => {
  test.each<[string, string[]]>([
    ['He said that “we won.” The firm agreed.', ['He said that “we won.”', 'The firm agreed.']],
    ['He said "we won." The firm agreed.', ['He said "we won."', 'The firm agreed.']],
    ['“Did it work?” Ann asked. It did.', ['“Did it work?” Ann asked.', 'It did.']],
    ['“We did it!” Ann Lee said. “Now we rest.”', ['“We did it!” Ann Lee said.', '“Now we rest.”']],
    ['Was it sold? Nobody knows! They left…', ['Was it sold?', 'Nobody knows!', 'They left…']],
    ['It closed the Series B. Investors include Bolt.', ['It closed the Series B.', 'Investors include Bolt.']],
    ['The answer was no. Bolt then left.', ['The answer was no.', 'Bolt then left.']],
    ['It moved to the U.S. The firm stayed.', ['It moved to the U.S.', 'The firm stayed.']],
    ['It ended in Nov. The firm stayed.', ['It ended in Nov.', 'The firm stayed.']],
    ['It costs $5.3. Bolt pays 4.', ['It costs $5.3.', 'Bolt pays 4.']],
    ['See acme.example. Bolt has none.', ['See acme.example.', 'Bolt has none.']],
    ['It won **fast.** Bolt lost.', ['It won **fast.**', 'Bolt lost.']],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  test.each([
    'Dr. Ann Lee and Gen. Carl Bo met Sen. Dee in St. Petersburg.',
    'Acme Inc. bought Bolt Ltd. and Carl Co. for cash.',
    'Acme Pte. Ltd. and Bolt Corp. (NYSE: BLT) merged.',
    'Chips, e.g. Acme ones, i.e. The small ones, cost approx. 5 dollars.',
    'It is No. 5 of vol. 2 at 5 p.m. Monday or 9 a.m. Tokyo time on Jan. 3.',
    'Acme vs. Bolt was heard by J. R. Lee in Washington, D.C. Monday.',
    'The U.S. Commerce Department paid Rs. 500 and 3.5 million.',
    'Yahoo! said it had bought acme.example and bolt.example/a.b?c=d.',
    'It had 5.5 percent … and more … of it.',
    'The Q&A took place on 3.5.2025 in Ohio.',
  ])('one: %s', (text) => expect(words(text)).toEqual([text]));
});

describe('furniture', () => {
  test.each([
    'Share this article',
    'Share on Facebook',
    'Tags: chips, robots',
    '© 2025 The Daily',
    'Copyright 2025 Daily Media. All rights reserved.',
    'Media contact: Ann Lee, press@acme.example',
    'press@acme.example',
    '+1 (555) 010-9999',
    'https://www.acme.example/news',
    '(Reporting by Ann Lee in Paris and Bo Carl; Editing by Dee Fox)',
    'Editing by Dee Fox',
    'Additional reporting by Ann Lee',
    'Read more',
    'Read more: Bolt closes a plant',
    'ALSO READ | Bolt closes a plant',
    'Sign up for our daily newsletter',
    'Subscribe to continue reading.',
    'Advertisement',
    'We use cookies to improve your experience.',
    'By clicking Accept you agree to our terms.',
    'Accept all cookies',
    'Photo: Ann Lee/Daily',
    'Photo by Ann Lee on Unsplash',
    'Image credit: Daily',
    'Ann Lee/Getty Images',
    'This article was originally published in The Daily.',
    'By Ann Lee',
    'By Ann B. Lee and Bo Carl',
    'Updated May 6, 2025 10:30 am',
    'Published: 6 May 2025',
    '5 min read',
    'View original content: https://www.wire.example/x',
    'SOURCE Acme Robotics',
    'For more information, visit www.acme.example.',
    'Related articles',
    'Skip to main content',
    '###',
    '|---|---|',
    '* * *',
  ])('%s', (line) =>
    expect(words(`Acme opened a plant.\n${line}\nBolt closed one in May.`).slice(0, 2)).not.toContain(line),
  );

  test.each([
    'Related losses rose to $5 million in May.',
    'Copyright lawsuits against Acme rose in 2024.',
    'Updated rules take effect on 5 May.',
    'Published in May, the study found much.',
    'By early 2025, sales rose to $5 million.',
    'Subscribers rose to 5 million.',
    'Sponsored research fell in 2024.',
    'Top officials met in Paris.',
    'Sources: Acme plans to buy Bolt',
    'Tagsys was bought by Acme.',
    'Photonics firm Acme was sold.',
    'About 40 percent of the staff left.',
    'Comments by Acme moved the market.',
    'Contact lenses are made in Ohio.',
    'Disclosures of breaches rose in May.',
  ])('text: %s', (line) => {
    expect(words(`Acme opened a plant.\nBolt closed one.\n${line}`).join(' ')).toContain(
      line.replace(/^Sources: /, ''),
    );
  });

  const release = `Acme opens plant
Acme has opened a plant in Ohio.
It employs 200 people there.`;

  test.each<[string, string]>([
    [
      'About',
      'About Acme\nAcme makes robots. It was founded in 2010 and has listed its shares since 2020.\nIt has 200 people.',
    ],
    ['About in capitals', 'ABOUT ACME ROBOTICS\nAcme makes robots for 40 countries.'],
    ['About in bold', '**About Acme**\nAcme makes robots.'],
    ['a Markdown heading', '## About the company\nAcme makes robots.'],
    ['one line', 'About Acme: Acme is a maker of robots.'],
    [
      'statements',
      'Forward-Looking Statements\nThis release contains statements. Acme expects to open a plant in 2027.',
    ],
    ['a safe harbour', 'Cautionary Note Regarding Forward-Looking Statements\nAcme expects to open a plant in 2027.'],
    ['notes', 'Notes to editors\nAcme acquired Bolt in 2020.\nIt has 200 people.'],
    ['contacts', 'Media Contact\nAnn Lee\nHead of Communications\nAcme Robotics\nann@acme.example'],
    ['links', 'Related stories\nBolt closes a plant in May\nCarl raises $5 million\nDee Opens a Lab'],
    ['several', 'About Acme\nAcme makes robots.\nInvestor Contacts\nAnn Lee\nDisclaimer\nActual results may differ.'],
  ])('sections: %s', (_name, section) => expect(words(`${release}\n\n${section}`)).toEqual(words(release)));

  test('what a company dates in its usual words about itself is read', () => {
    expect(
      words(
        `${release}\nAbout Acme\nAcme makes robots.\nAcme was founded in 2010. In May 2024 it bought Bolt.\nIt has 200 people.`,
      ).slice(3),
    ).toEqual(['Acme was founded in 2010.', 'In May 2024 it bought Bolt.']);
  });

  test('a section ends at the next heading, or where sentences begin again', () => {
    expect(words(`${release}\nAbout Acme\nAcme makes robots.\nWhat comes next\nBolt follows in May.`).slice(3)).toEqual(
      ['What comes next', 'Bolt follows in May.'],
    );
    expect(
      words(
        `${release}\nRelated stories\nBolt closes a plant\nThe new plant is the second one of the company in the state of Ohio.`,
      ).slice(3),
    ).toEqual(['The new plant is the second one of the company in the state of Ohio.']);
  });

  test('a text that begins with "About" is no section', () => {
    expect(words('About Acme\nAcme makes robots.')).toEqual(['About Acme', 'Acme makes robots.']);
  });
});

describe('form and place', () => {
  test('headlines, sentences, capitals', () => {
    const found = splitSentences(
      'Acme Opens Second Plant in Western Ohio\n\nAcme opens a plant\nAcme has opened a plant. It is big.\n| Year | Sales |\n| 2024 | $5m |',
    );
    expect(found.map(({ form, titleCase, paragraph, place }) => [form, titleCase, paragraph, place])).toEqual([
      ['headline', true, 1, 1],
      ['headline', false, 3, 2],
      ['sentence', false, 4, 3],
      ['sentence', false, 4, 3],
      ['headline', false, 5, 4],
      ['headline', false, 6, 5],
    ]);
  });

  test('offsets are exact with odd blanks, line ends and characters of two units', () => {
    const text = '\u00a0 😀 Acme opened. \r\n\t• Bolt closed it.\r\n';
    expect(words(text)).toEqual(['😀 Acme opened.', 'Bolt closed it.']);
  });

  test('sentences lie in order and do not overlap', () => {
    const text =
      'PARIS (AP) — One is here. Two is “there.” Three • Four\nA Headline of Four Long WordsFive is near. Six\n**Six:** Seven.';
    let last = 0;
    for (const { start, end } of splitSentences(text)) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
      last = end;
    }
    expect(words(text).at(-1)).toBe('Seven.');
  });

  test('a text without line ends is read', () => {
    expect(words('Acme has opened a plant. '.repeat(2_000))).toHaveLength(2_000);
    expect(words('It ran. '.repeat(150_000))).toHaveLength(150_000);
  });
});

test('a long text takes time in proportion', () => {
  const time = (text: string): number => {
    const start = performance.now();
    splitSentences(`A headline.${text}`);
    return performance.now() - start;
  };
  for (const unit of [
    'A',
    'A ',
    'Aa',
    '. ',
    'A. ',
    'aA a',
    '• ',
    '**',
    'A, ',
    'A-',
    '“A',
    'About A\n',
    'by A b\n',
    'use cookies ',
    '.',
    ' ',
    ')',
    '.”',
    '”',
    '*',
    'Aa! ',
    'yearThe f',
  ]) {
    time(unit.repeat(2_000));
    const [short, long] = [Math.min(time(unit.repeat(10_000)), time(unit.repeat(10_000))), time(unit.repeat(80_000))];
    expect({ unit, linear: long < short * 8 * 6 + 200 }).toEqual({ unit, linear: true });
  }
});
