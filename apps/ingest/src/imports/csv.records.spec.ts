import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { CsvRecord, guessDelimiter, readRecords } from './csv.records';
import { splitLines } from './text.lines';

async function read(text: string, width: number | null, delimiter = ',', chunk = 7): Promise<CsvRecord[]> {
  const chunks = (async function* () {
    for (let at = 0; at < text.length; at += chunk) yield await Promise.resolve(text.slice(at, at + chunk));
  })();
  const records: CsvRecord[] = [];
  for await (const record of readRecords(splitLines(chunks, 1_000), { delimiter, width })) records.push(record);
  return records;
}

describe('records of CSV', () => {
  test.each<[string, string, string[][]]>([
    [
      'plain',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['no newline at the end', 'a,b', [['a', 'b']]],
    [
      'Windows line ends',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'blank lines between',
      'a,b\n\n  \nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'empty cells',
      ',\n"",\n',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['a delimiter in quotes', '"a,a",b\n', [['a,a', 'b']]],
    ['a quote in quotes', '"say ""a""",b\n', [['say "a"', 'b']]],
    [
      'a line end in quotes',
      '"a\na",b\nc,d\n',
      [
        ['a\na', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a blank line in quotes', '"a\n\na",b\n', [['a\n\na', 'b']]],
    [
      'bare quotes',
      'a 5" disk,b\nthe "A" list,d\n',
      [
        ['a 5" disk', 'b'],
        ['the "A" list', 'd'],
      ],
    ],
    ['an empty surplus', 'a,b,,\n', [['a', 'b']]],
  ])('%s', async (_, text, cells) => {
    expect((await read(text, 2)).map((record) => ('cells' in record ? record.cells : record))).toEqual(cells);
  });

  test.each<[string, string, [number, string | RegExp][]]>([
    [
      'too few cells',
      'a,b\nc\nd,e\n',
      [
        [1, 'a|b'],
        [2, /has 1 cells, the header has 2/],
        [3, 'd|e'],
      ],
    ],
    [
      'too many cells',
      'a,b\nc,d,e\nf,g\n',
      [
        [1, 'a|b'],
        [2, /has 3 cells/],
        [3, 'f|g'],
      ],
    ],
    [
      'a quote that is never closed',
      'a,b\n"c,d\ne,f\ng,h\n',
      [
        [1, 'a|b'],
        [2, /quote/],
        [3, 'e|f'],
        [4, 'g|h'],
      ],
    ],
    [
      'two of them',
      '"a,b\nc,d\n"e,f\ng,h\n',
      [
        [1, /quote|cells/],
        [2, 'c|d'],
        [3, /quote|cells/],
        [4, 'g|h'],
      ],
    ],
    [
      'one before a good quoted record',
      '"a,b\n"c\nc",d\ne,f\n',
      [
        [1, /quote|cells/],
        [2, 'c\nc|d'],
        [4, 'e|f'],
      ],
    ],
    [
      'a line that is too long',
      `a,b\n${'x'.repeat(2_000)},c\nd,e\n`,
      [
        [1, 'a|b'],
        [2, /too long/],
        [3, 'd|e'],
      ],
    ],
  ])('%s costs its own line alone', async (_, text, expected) => {
    const records = await read(text, 2);
    expect(records.map((record) => record.line)).toEqual(expected.map(([line]) => line));
    records.forEach((record, index) => {
      const told = 'cells' in record ? record.cells.join('|') : record.error;
      const [, wanted] = expected[index] ?? [0, ''];
      if (typeof wanted === 'string') expect(told).toBe(wanted);
      else expect(told).toMatch(wanted);
    });
  });

  test('reads back whatever a well-kept writer writes, in any pieces', async () => {
    const cell = fc.stringMatching(/^[ -~\n"',;|é😀]{0,12}$/u);
    const table = fc.array(fc.tuple(cell, cell, fc.constantFrom('x', 'y"')), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.integer({ min: 1, max: 9 }),
        async (rows, delimiter, chunk) => {
          const text = stringify(rows, { delimiter, quoted_match: /[\n"]/ });
          const cells = (await read(text, 3, delimiter, chunk)).map((record) =>
            'cells' in record ? record.cells : record,
          );
          expect(cells).toEqual(rows);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    ['a,b;c,d', ','],
    ['Datum;Titel;"a,b,c,d"', ';'],
    ['a\tb\tc', '\t'],
    ['only', ','],
  ])('the delimiter of %j is %j', (header, delimiter) => {
    expect(guessDelimiter(header)).toBe(delimiter);
  });
});
