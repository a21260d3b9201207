import fc from 'fast-check';
import { mongo } from 'mongoose';
import { BSON, documentOf, fieldOf, numberOf, stringOf } from './bson.reader';
import { JsonWriter } from './json.writer';

const { deserialize, Double, Long, ObjectId, serialize } = mongo.BSON;

const write = (document: object): string =>
  new JsonWriter()
    .value(documentOf(serialize(document)))
    .end()
    .toString();

const name = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text !== '__proto__');
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.integer(),
    fc.maxSafeInteger().map((n) => Long.fromNumber(n)),
    fc.boolean(),
    fc.constant(null),
    fc.date(),
    fc.array(tie('any')),
    fc.dictionary(name, tie('any')),
  ),
})).any;

test('BSON is written as JSON.stringify writes what the driver makes of it', () => {
  fc.assert(
    fc.property(fc.dictionary(name, value), (document) => {
      expect(write(document)).toBe(JSON.stringify(deserialize(serialize(document))));
    }),
  );
});

test('long texts and many fields are written whole', () => {
  const document = { long: `${'\u0001"é\\'.repeat(60_000)}`, many: Array.from({ length: 5_000 }, (_, n) => ({ n })) };
  expect(write(document)).toBe(JSON.stringify(document));
});

test('fields without their braces, between what is written as it stands', () => {
  const writer = new JsonWriter().text('{');
  expect(writer.fields(documentOf(serialize({ a: 1, b: [] })))).toBe(true);
  expect(writer.fields(documentOf(serialize({})))).toBe(false);
  expect(writer.text(',"ü":"€"}').end().toString()).toBe('{"a":1,"b":[],"ü":"€"}');
});

test('what JSON has nothing for is refused', () => {
  expect(() => write({ id: new ObjectId() })).toThrow('JSON has nothing for BSON of type 7');
});

test('single fields are read without the others', () => {
  const document = documentOf(
    serialize({
      skipped: { n: [1, 'two'] },
      n: 3,
      nn: new Double(0.5),
      long: Long.fromNumber(2 ** 40),
      text: 'zoë',
      none: null,
    }),
  );
  expect(numberOf(document, 'n')).toBe(3);
  expect(numberOf(document, 'nn')).toBe(0.5);
  expect(numberOf(document, 'long')).toBe(2 ** 40);
  expect(numberOf(document, 'text')).toBeNaN();
  expect(stringOf(document, 'text')).toBe('zoë');
  expect(stringOf(document, 'n')).toBe('');
  expect(fieldOf(document, 'none')?.type).toBe(BSON.null);
  expect(fieldOf(document, 'text')?.type).toBe(BSON.string);
  expect(fieldOf(document, 'other')).toBeNull();
});
