import * as fc from 'fast-check';
import { classifyAnswer, responseExcerpt } from './answer.classifier';

test.each([
  [200, 'delivered'],
  [202, 'delivered'],
  [204, 'delivered'],
  [299, 'delivered'],
  [199, 'retry'],
  [301, 'retry'],
  [302, 'retry'],
  [400, 'retry'],
  [401, 'retry'],
  [404, 'retry'],
  [409, 'retry'],
  [410, 'gone'],
  [411, 'retry'],
  [429, 'retry'],
  [500, 'retry'],
  [503, 'retry'],
  [null, 'retry'],
])('%s is %s', (status, verdict) => {
  expect(classifyAnswer({ status })).toBe(verdict);
});

describe('responseExcerpt', () => {
  test.each([
    ['text', Buffer.from('thanks\n'), 'thanks'],
    ['nothing', Buffer.alloc(0), null],
    ['only blanks', Buffer.from(' \n '), null],
    ['NUL and escape codes', Buffer.from('a\u0000b\u001b[31mc'), 'ab[31mc'],
    ['line breaks and tabs', Buffer.from('a\n\tb'), 'a\n\tb'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0x62]), 'a\uFFFDb'],
    ['a long one', Buffer.alloc(5_000, 'x'), 'x'.repeat(1024)],
    ['a cut through a character', Buffer.from('x'.repeat(1023) + 'é'), 'x'.repeat(1023)],
  ])('%s', (_what, body, excerpt) => {
    expect(responseExcerpt(body)).toBe(excerpt);
  });

  test('is always clean and at most 1 KiB', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        const excerpt = responseExcerpt(Buffer.from(bytes)) ?? '';
        expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(1024);
        expect(excerpt.isWellFormed() && !excerpt.includes('\u0000')).toBe(true);
      }),
    );
  });
});
