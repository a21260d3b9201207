import fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './list.cursor';

const place = z.strictObject({ after: z.string(), seq: z.number().int() });

test('a cursor comes back as it was given out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (after, seq) => {
      const cursor = encodeCursor({ after, seq });
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(decodeCursor(cursor, place)).toEqual({ after, seq });
    }),
  );
});

test.each(['', 'x', '%%%', encodeCursor({ after: 1, seq: 1 }), encodeCursor({}), 'A'.repeat(10_000)])(
  'refuses %.20s',
  (cursor) => {
    expect(() => decodeCursor(cursor, place)).toThrow(
      expect.objectContaining({ status: 400, errors: [{ path: 'cursor', message: expect.any(String) }] }),
    );
  },
);
