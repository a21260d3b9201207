import { keyIn, reportIn } from '@themeline/contracts';
import { z } from 'zod';
import { type FieldError, ProblemError } from './problem.error';
import { issuesToErrors, zodBody, zodQuery } from './zod.pipes';

function refusal(act: () => unknown): FieldError[] {
  try {
    act();
  } catch (error) {
    if (error instanceof ProblemError) {
      expect(error.status).toBe(400);
      return error.errors ?? [];
    }
    throw error;
  }
  throw new Error('was accepted');
}

const report = { kind: 'ban', headline: 'h', source: { name: 'Gazette' } };

describe('zodBody', () => {
  test('gives the decoded value with its defaults', () => {
    expect(zodBody(keyIn).transform({ name: ' n ', owner: 'o', scopes: ['read'] })).toEqual({
      name: 'n',
      owner: 'o',
      scopes: ['read'],
    });
  });

  test.each<[unknown, FieldError[]]>([
    [undefined, [{ path: '', message: 'is required' }]],
    [{ ...report, headline: undefined }, [{ path: 'headline', message: 'is required' }]],
    [{ ...report, head: 1 }, [{ path: 'head', message: 'is not a known field' }]],
    [{ ...report, source: { name: 'x', urls: 1 } }, [{ path: 'source.urls', message: 'is not a known field' }]],
    [{ ...report, date: { reference: '2025-01-01' } }, [{ path: 'date.phrase', message: 'is required' }]],
    [{ ...report, countries: ['KR', 'kr'] }, [{ path: 'countries[1]', message: expect.stringMatching(/ISO 3166/) }]],
    [{ ...report, confidence: 2 }, [{ path: 'confidence', message: expect.stringMatching(/<=1/) }]],
  ])('refuses %j', (body, errors) => {
    expect(refusal(() => zodBody(reportIn).transform(body))).toEqual(errors);
  });
});

describe('zodQuery', () => {
  const query = z
    .object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      kind: z.array(z.string()).max(3).optional(),
      order: z.enum(['date', '-date']).optional(),
    })
    .refine((value) => value.limit !== 13, { path: ['limit'], message: 'must not be 13' });

  test.each<[Record<string, unknown>, unknown]>([
    [{}, { limit: 50 }],
    [
      { limit: '7', kind: 'ban' },
      { limit: 7, kind: ['ban'] },
    ],
    [
      { kind: ['ban', 'fine'], order: 'date' },
      { limit: 50, kind: ['ban', 'fine'], order: 'date' },
    ],
  ])('reads %j', (given, value) => {
    expect(zodQuery(query).transform(given)).toEqual(value);
  });

  test.each<[Record<string, unknown>, string, RegExp]>([
    [{ limits: '7' }, 'limits', /known: limit, kind, order/],
    [{ toString: 'x' }, 'toString', /not a known/],
    [{ limit: ['1', '2'] }, 'limit', /more than once/],
    [{ order: ['date', 'date'] }, 'order', /more than once/],
    [{ limit: 'many' }, 'limit', /number/],
    [{ limit: '13' }, 'limit', /13/],
    [{ kind: ['a', 'b', 'c', 'd'] }, 'kind', /<=3/],
  ])('refuses %j', (given, path, message) => {
    expect(refusal(() => zodQuery(query).transform(given))).toEqual([
      { path, message: expect.stringMatching(message) },
    ]);
  });
});

test('issuesToErrors puts the prefix before each path', () => {
  const { error } = reportIn.safeParse({ ...report, kind: 'A B', extra: 1, date: 'someday' });
  expect(
    error === undefined
      ? []
      : issuesToErrors(error, '[3]')
          .map(({ path }) => path)
          .sort(),
  ).toEqual(['[3].date', '[3].extra', '[3].kind']);
});
