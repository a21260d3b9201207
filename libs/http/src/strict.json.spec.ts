import fc from 'fast-check';
import { formatPath, parseStrictJson, StrictJsonError } from './strict.json';

function refusal(text: string): StrictJsonError {
  try {
    parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return error;
    throw error;
  }
  throw new Error(`was accepted: ${text}`);
}

describe('parseStrictJson', () => {
  test.each<[string, unknown]>([
    ['null', null],
    [' {"a" : [1, 2.5e3, "x"]} ', { a: [1, 2500, 'x'] }],
    ['{"a":{"x":1},"b":{"x":2}}', { a: { x: 1 }, b: { x: 2 } }],
    ['[{"x":1},{"x":1}]', [{ x: 1 }, { x: 1 }]],
    ['{"a:b":"c:d","e":"\\":\\\\"}', { 'a:b': 'c:d', e: '":\\' }],
    ['"\\ud83d\\ude00"', '😀'],
    ['{"prototype":1,"constructor":2}', { prototype: 1, constructor: 2 }],
    ['{"":1}', { '': 1 }],
  ])('reads %s', (text, value) => {
    expect(parseStrictJson(text)).toEqual(value);
  });

  test.each<[string, string, RegExp, number]>([
    ['', '', /empty/, 0],
    ['{', '', /not JSON/, 1],
    ['{"a":1,}', '', /not JSON/, 7],
    ['[1, {"date": tru}]', '[1].date', /invalid symbol at character 13/, 13],
    ['// note\n{}', '', /not JSON/, 0],
    ["{'a':1}", '', /not JSON/, 1],
    ['{"a":1} x', '', /not JSON/, 8],
    ['{"a":01}', 'a', /not JSON/, 6],
    ['NaN', '', /not JSON/, 0],
    ['{"a":1,"a":1}', 'a', /twice/, 7],
    ['[{"b":{"x":1,"y":2,"\\u0078":3}}]', '[0].b.x', /twice/, 19],
    ['{"a":"x\\u0000y"}', 'a', /NUL/, 5],
    ['[["ok","\\ud800"]]', '[0][1]', /well-formed/, 7],
    ['{"a\\u0000":1}', '["a\\u0000"]', /key/, 11],
    ['{"x":{"__proto__":{}}}', 'x.__proto__', /not allowed/, 18],
    ['{"n":1e999}', 'n', /out of range/, 5],
  ])('refuses %j', (text, path, message, offset) => {
    const error = refusal(text);
    expect(error.path).toBe(path);
    expect(error.message).toMatch(message);
    expect(error.offset).toBe(offset);
  });

  test('refuses what is nested deeper than 100 levels, also when it is not closed', () => {
    expect(parseStrictJson('['.repeat(100) + ']'.repeat(100))).toBeDefined();
    expect(refusal('['.repeat(102) + ']'.repeat(102)).message).toMatch(/nested deeper/);
    expect(refusal('['.repeat(500_000)).message).toMatch(/not JSON/);
  });

  test('gives back any JSON value that was written', () => {
    const clean = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\u0000') && text !== '__proto__');
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false, '"', '\\', ':', '\\"'),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
        clean,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(clean, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value;
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (written, indent) => {
        expect(parseStrictJson(JSON.stringify(written, null, indent))).toEqual(written);
      }),
    );
  });

  test('finds any doubled key', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 }), fc.nat(), (keys, pick) => {
        const doubled = [...keys, keys[pick % keys.length] ?? ''].map((key) => `${JSON.stringify(key)}:":"`);
        expect(() => parseStrictJson(`{"deep":[{${doubled.join(',')}}]}`)).toThrow(StrictJsonError);
      }),
    );
  });
});

test.each<[PropertyKey[], string]>([
  [[], ''],
  [[3, 'date', 'phrase'], '[3].date.phrase'],
  [['a', 'b c', 0], 'a["b c"][0]'],
  [['minAmountUsd'], 'minAmountUsd'],
])('formatPath %j', (segments, path) => {
  expect(formatPath(segments)).toBe(path);
});
