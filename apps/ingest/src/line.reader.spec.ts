import * as fc from 'fast-check';
import { Line, readLines } from './line.reader';

async function* chunks(...parts: (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part as string));
}

async function read(max: number, ...parts: (string | Buffer)[]): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(chunks(...parts), max)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  test.each<[string, (string | Buffer)[], Line[]]>([
    ['nothing', [], []],
    ['one line without an end', ['a'], [{ index: 0, text: 'a' }]],
    [
      'lines over chunk borders',
      ['a\nb', 'c\n', 'd'],
      [
        { index: 0, text: 'a' },
        { index: 1, text: 'bc' },
        { index: 2, text: 'd' },
      ],
    ],
    [
      'empty lines are not counted',
      ['a\n\n \r\n\tb\n'],
      [
        { index: 0, text: 'a' },
        { index: 1, text: '\tb' },
      ],
    ],
    [
      'a character split between chunks',
      [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)],
      [{ index: 0, text: 'é' }],
    ],
    [
      'bytes that are no UTF-8',
      [Buffer.from([0x61, 0xff, 0x0a, 0x62])],
      [
        { index: 0, error: 'not-utf8' },
        { index: 1, text: 'b' },
      ],
    ],
    ['a character that is cut off', [Buffer.from('é').subarray(0, 1)], [{ index: 0, error: 'not-utf8' }]],
    [
      'a line that is too long, and the next',
      ['123456', '789\nok'],
      [
        { index: 0, error: 'too-long' },
        { index: 1, text: 'ok' },
      ],
    ],
    ['exactly the limit', ['12345\n'], [{ index: 0, text: '12345' }]],
  ])('%s', async (_, parts, expected) => {
    expect(await read(5, ...parts)).toEqual(expected);
  });

  test('however the bytes are cut, the lines are the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), fc.array(fc.nat(40)), async (texts, cuts) => {
        const whole = Buffer.from(texts.join('\n'));
        const parts: Buffer[] = [];
        let from = 0;
        for (const cut of cuts) {
          parts.push(whole.subarray(from, from + cut));
          from += cut;
        }
        parts.push(whole.subarray(from));
        expect(await read(1_000, ...parts)).toEqual(await read(1_000, whole));
      }),
    );
  });
});
