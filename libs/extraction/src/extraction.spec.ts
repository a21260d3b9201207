import { loadVocabulary } from '@themeline/vocabulary';
import fc from 'fast-check';
import { extractReports, normaliseName } from './index';
import { splitSentences } from './sentence.splitter';

const vocabulary = loadVocabulary();
const read = (text: string, publishedAt = '2025-06-15') =>
  extractReports({ title: null, text, publishedAt }, vocabulary);
const kinds = (text: string): string[] => read(text).map(({ kind, status }) => `${kind}/${status}`);

describe('what is an event', () => {
  test.each<[string, string[]]>([
    ['Acme Robotics acquired Bolt Motion in May.', ['acquisition/occurred']],
    ['Acme Robotics will launch a robot in September.', ['product-launch/planned']],
    ['Acme Robotics raised $20 million in a Series A round.', ['funding-round/occurred']],
    ['Peru banned the app in schools last year.', ['ban/occurred']],
    ['Acme Robotics agreed to merge with Bolt Motion.', ['acquisition/occurred']],
    ['Acme Robotics was fined €3 million in 2023.', ['legal/occurred']],
    ['Sales of chips are expected to reach $900 billion in 2027.', ['statistic/forecast']],
    ['Norway aims to build three quantum computers by 2031.', ['policy/planned']],
    [
      "Fiji's ban on DeepSeek and Tonga's prohibition of its use in offices reflect this concern.",
      ['ban/occurred', 'ban/occurred'],
    ],
    [
      'The report lists the establishment of a $2 billion chip fund and a $3 billion climate fund.',
      ['fund-launch/occurred', 'fund-launch/occurred'],
    ],
  ])('%s', (text, expected) => expect(kinds(text)).toEqual(expected));

  test.each([
    'Acme Robotics did not acquire Bolt Motion.',
    'Acme Robotics may acquire Bolt Motion next year.',
    'Acme Robotics denied that it had acquired Bolt Motion.',
    'If Acme Robotics acquires Bolt Motion, prices could fall.',
    'Acme Robotics is considering acquiring Bolt Motion.',
    'Analysts believe that Acme Robotics acquired Bolt Motion.',
    'Has Acme Robotics acquired Bolt Motion?',
    'Acme Robotics failed to raise $20 million.',
    'Startups often raise money from venture funds.',
    'Lawmakers called for a ban on the app.',
    'Without the acquisition of Bolt Motion, Acme would be small.',
    'A ban on robots would be costly.',
    'Acme Robotics refused to launch its robot.',
    'Acme Robotics had planned to launch a robot in 2023.',
    'Many companies release models and share papers.',
    'The business model has changed since 2020.',
  ])('nothing in: %s', (text) => expect(kinds(text)).toEqual([]));
});

describe('who, when and how much', () => {
  test.each([
    [
      'Norway banned the Quillet app in schools, following the launch of a rival.',
      'Norway banned the Quillet app in schools',
    ],
    ['Norway banned the Quillet app, which pupils like.', 'Norway banned the Quillet app, which pupils like'],
  ])('a headline tells one happening: %s', (text, headline) => {
    expect(read(text).find(({ kind }) => kind === 'ban')?.headline).toBe(headline);
  });

  test('where a noun names nobody, the government that its paragraph speaks of acts', () => {
    const fund = 'A review lists the establishment of a 2 billion euro quantum fund.';
    const agents = (text: string): string[] =>
      read(text)
        .filter(({ kind }) => kind === 'fund-launch')
        .flatMap(({ entities }) => entities.filter(({ role }) => role === 'agent').map(({ name }) => name));
    expect(agents(`The Danish government's support is broad. ${fund}`)).toEqual(['Denmark']);
    expect(agents(`The Danish government's support is broad.\n${fund}`)).toEqual([]);
    expect(agents(`Acme Robotics is growing. ${fund}`)).toEqual([]);
  });

  test('a pronoun stands for the one who acted before', () => {
    const [, second] = read(
      'Acme Robotics opened an office in Lyon in March. The company also cut prices of its robots in April.',
    );
    expect(second).toMatchObject({ kind: 'price-change', date: { edtf: '2025-04' } });
    expect(second?.entities).toContainEqual({
      id: 'acme-robotics',
      name: 'Acme Robotics',
      type: 'company',
      role: 'agent',
    });
  });

  test('a passive has its actor behind "by"', () => {
    const [report] = read('Bolt Motion was acquired by Acme Robotics for $85 million in July 2024.');
    expect(report?.entities.map(({ name, role }) => [name, role])).toEqual([
      ['Acme Robotics', 'agent'],
      ['Bolt Motion', 'patient'],
    ]);
    expect(report).toMatchObject({ amount: { value: 85e6, currency: 'USD', usd: 85e6 }, date: { edtf: '2024-07' } });
  });

  test('a founding year in brackets is not the date', () => {
    const [report] = read('Acme Robotics, founded in 2015, raised $20 million on 3 June 2025.');
    expect(report?.date.edtf).toBe('2025-06-03');
  });

  test('a title and the sentence that tells it in other words are one report, in the words of the sentence', () => {
    const told = read(
      'Quantia ships Heron X2\n\nQuantia released Heron X2, the next version of its forecasting model, on Tuesday. Last year Quantia launched a watch.',
    );
    expect(told.map(({ kind }) => kind)).toEqual(['model-release', 'product-launch']);
    expect(told[0]?.evidence.text).toContain('released Heron X2');
    expect(told[0]?.mentions.map(({ text }) => text)).toEqual(['Quantia ships Heron X2']);
  });

  test('a title of which the text tells something else is a report of its own', () => {
    const told = read('Quantia launches a watch\n\nQuantia released Heron X2, a forecasting model, on Tuesday.');
    expect(told.map(({ kind }) => kind)).toEqual(['product-launch', 'model-release']);
  });

  test('a repeated event is one report with mentions', () => {
    const reports = read(
      'Acme buys Bolt Motion\nAcme Robotics has bought Bolt Motion for $85 million.\nAcme Robotics bought Bolt Motion to enter logistics.',
    );
    expect(reports).toHaveLength(1);
    expect(reports[0]?.mentions.length).toBeGreaterThanOrEqual(1);
    expect(reports[0]?.evidence.text).toContain('$85 million');
  });

  test.each<[string, string[]]>([
    ['Norr Fisk AS said on Monday that it acquired Skagen Net ApS Oy.', ['Norr Fisk', 'Skagen Net ApS']],
    ['Palm Dairy Pte. Ltd. acquired Lotus Milk Co., Ltd. in May.', ['Palm Dairy', 'Lotus Milk']],
    ['Tivoli Carni SpA bought Alba Sali, Inc., in May.', ['Tivoli Carni', 'Alba Sali']],
    ['Ruhr Ventil GmbH acquired Loire Pompes SA.', ['Ruhr Ventil', 'Loire Pompes']],
    ["Umeda Kogyo KK's purchase of Delft Sluis N.V. closed in May.", ['Umeda Kogyo', 'Delft Sluis']],
    ['Acme Robotics acquired Bolt Motion in May.', ['Acme Robotics', 'Bolt Motion']],
  ])('a legal form is part of a name: %s', (text, names) =>
    expect(read(text).flatMap(({ entities }) => entities.map(({ name }) => name))).toEqual(names),
  );

  test.each([
    'As Acme Robotics grew, it acquired Bolt Motion in May.',
    'Acme Robotics acquired Bolt Motion in May as part of a plan.',
    'In Pretoria, SA, Acme Robotics acquired Bolt Motion in May.',
  ])('a word is no legal form: %s', (text) =>
    expect(
      read(text).flatMap(({ entities }) => entities.filter(({ type }) => type !== 'place').map(({ name }) => name)),
    ).toEqual(expect.arrayContaining(['Acme Robotics', 'Bolt Motion'])),
  );

  test.each<[string, string]>([
    [
      'The Danish regulator fined Lotus Milk Ltd €3 million on 2 June 2025 for selling milk without labels.',
      'The Danish regulator fined Lotus Milk Ltd €3 million on 2 June 2025 for selling milk without labels',
    ],
    ['Peru banned the app in May because of', 'Peru banned the app in May'],
    ['Lotus Milk will open a plant in 2027, the company said.', 'Lotus Milk will open a plant in 2027'],
    ['Lotus Milk raised $9 million in a Series A.', 'Lotus Milk raised $9 million in a Series A'],
  ])('a headline has a whole end: %s', (text, headline) => expect(read(text)[0]?.headline).toBe(headline));

  test.each<[string, [number, string] | null]>([
    ["Uganda's Nile Roast raised 900 million shillings in May.", [900e6, 'UGX']],
    ['Kenya is growing. Nile Roast raised 900 million shillings in May.', [900e6, 'KES']],
    ['Nile Roast raised 900 million shillings in May.', null],
    ['Kenya is growing.\nNile Roast raised 900 million shillings in May.', null],
    ['The Norwegian startup Fjell raised 70 million kroner in May.', [70e6, 'NOK']],
    ['Pakistan and the US spoke. The Lahore startup Zarda raised 70 million rupees in May.', [70e6, 'PKR']],
    ['Zarda raised 70 million rupees in May.', [70e6, 'INR']],
    ["Kenya's Nile Roast raised $9 million in May.", [9e6, 'USD']],
  ])('the country decides a shared currency word: %s', (text, expected) => {
    const sums = read(text).flatMap(({ amount }) => (amount ? [[amount.value, amount.currency]] : []));
    expect(sums).toEqual(expected ? [expected] : []);
  });

  test.each<[string, string[]]>([
    ["Peru's ban on the Lumo app came into force in May.", ['ban/occurred 2025-05']],
    ['The takeover of Bolt Motion by Acme Robotics was approved in May.', ['acquisition/occurred 2025-05']],
    ['The new law on drones came into force in May.', ['regulation/occurred 2025-05']],
    ["Peru's drug regulator approved the vaccine Lumo in May.", ['regulation/occurred 2025-05']],
  ])('a verb that only says that a happening came about: %s', (text, expected) =>
    expect(read(text).map(({ kind, status, date }) => `${kind}/${status} ${date.edtf ?? '-'}`)).toEqual(expected),
  );

  test.each<[string, string[]]>([
    [
      'The Bureau of Industry and Security is amending the Regulations by adding nine firms to the Entity List.',
      ['export-control/occurred'],
    ],
    ['The Federal Trade Commission published a proposed rule on robots in May.', ['regulation/planned']],
    ['The Federal Trade Commission published a final rule on robots in May.', ['regulation/occurred']],
    ['The Federal Trade Commission is publishing a proposed rule on robots.', ['regulation/planned']],
    ['Nine firms were found by the US government to be a danger and will be listed on the Entity List.', []],
    [
      'Acme Robotics was fined €3 million in May and was added to the Entity List.',
      ['legal/occurred', 'export-control/occurred'],
    ],
    ['The ministry often publishes rules by asking firms.', []],
    ['Acme Robotics could grow by acquiring Bolt Motion.', []],
  ])('official acts: %s', (text, expected) => expect(kinds(text)).toEqual(expected));

  test.each<[string, string[]]>([
    ['Peru signed a memorandum of understanding with Acme Robotics in May.', ['partnership/occurred']],
    ['Acme Robotics cut 90 jobs in May after orders fell 12% in April.', ['personnel/occurred', 'statistic/occurred']],
    ['Peru and Chile plan to build two observatories by 2030.', ['policy/planned']],
    ['The plan of Peru and Chile drew criticism.', []],
    ['NASA awarded Acme Robotics a $90 million contract to build a mast.', ['partnership/occurred']],
  ])('words that are verbs or not: %s', (text, expected) => expect(kinds(text)).toEqual(expected));

  test("the country before a company's name takes no part, nor is it the government spoken of", () => {
    const [pact, plan] = read(
      "India's ministry signed an agreement with Japan's Umeda Kogyo in May. The government plans to set up a $2 billion fund by 2027.",
    );
    expect(pact?.entities.filter(({ role }) => role === 'partner').map(({ name }) => name)).toEqual(['Umeda Kogyo']);
    expect(plan?.entities[0]).toMatchObject({ name: 'India', role: 'agent' });
  });

  test('why names rule and words', () => {
    expect(read('Peru banned TikTok in May.')[0]?.why).toMatchObject({ kindRule: 'banned (verb)', words: ['banned'] });
  });
});

describe('text', () => {
  test('sentences: abbreviations, datelines, labels, furniture', () => {
    const text =
      'PARIS, March 3 (Wire) - Dr. Ann Lee joined Acme Inc. in the U.S. in May. She left.\nRead more\nAcme: The firm grew.\n• One item';
    expect(splitSentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Dr. Ann Lee joined Acme Inc. in the U.S. in May.',
      'She left.',
      'The firm grew.',
      'One item',
    ]);
  });

  test.each([
    ['The Acme  Robotics, Inc.', 'Acme Robotics'],
    ['Acme’s', 'Acme'],
    ['Foo GmbH', 'Foo'],
    ['Palm Dairy Pte. Ltd.', 'Palm Dairy'],
    ['Norr Fisk AS', 'Norr Fisk'],
    ['Atlas', 'Atlas'],
    ['Inc.', 'Inc.'],
  ])('normaliseName(%s)', (name, expected) => expect(normaliseName(name)).toBe(expected));

  test('any text: evidence is exact, values are in range, the answer is the same twice', () => {
    const word = fc.constantFrom(
      'Acme',
      'Bolt Motion',
      'raised',
      '$5 million',
      'launched',
      'a',
      'model',
      'in',
      '2024',
      'the',
      'ban',
      'on',
      'by',
      'which',
      ',',
      '.',
      'and',
      'to',
      'said',
      'will',
      'not',
      "'s",
      '“',
      '”',
      '(',
      ')',
      '\n',
      'its',
      'China',
      'fund',
      'established',
      ':',
      ';',
      '•',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 80 }), (parts) => {
        const text = parts.join(' ');
        const reports = read(text);
        expect(read(text)).toEqual(reports);
        for (const { evidence, mentions, importance, confidence, headline } of reports) {
          for (const { text: quote, start, end } of [evidence, ...mentions])
            expect(text.slice(start ?? 0, end ?? 0)).toBe(quote);
          expect(importance).toBeGreaterThanOrEqual(0);
          expect(importance).toBeLessThanOrEqual(100);
          expect(confidence).toBeGreaterThan(0);
          expect(confidence).toBeLessThan(1);
          expect(headline.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('hostile texts are read in linear time', () => {
    for (const piece of [
      'a',
      'Aa ',
      '$1,',
      '((',
      '“',
      'and ',
      'ban on ',
      'Acme raised $1 million and ',
      '1.',
      "Acme's ",
      'to ',
      ', ',
    ]) {
      const time = (count: number): number => {
        const text = piece.repeat(count);
        const started = process.hrtime.bigint();
        read(text);
        return Number(process.hrtime.bigint() - started) / 1e6;
      };
      time(2_000);
      const [small, large] = [time(10_000), time(80_000)];
      // Eight times the text may take at most forty times as long: far below the sixty-four of a square.
      expect(large).toBeLessThan(Math.max(400, small * 40));
    }
  });
});
