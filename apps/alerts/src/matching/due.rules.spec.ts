import type { Development, EventRevised, TimelineEvent } from '@themeline/contracts';
import * as fc from 'fast-check';
import { dueDevelopments, type Standing } from './due.rules';

type Revised = Pick<EventRevised, 'revision' | 'developments' | 'backfill' | 'after'>;

const ALL: Development[] = ['recorded', 'corroborated', 'status_changed', 'retracted', 'merged'];

const revised = (parts: Partial<Omit<Revised, 'after'>> & { retracted?: boolean } = {}): Revised => ({
  revision: parts.revision ?? 3,
  developments: parts.developments ?? [],
  backfill: parts.backfill ?? false,
  // The rules look at nothing else of the event.
  after: { retracted: parts.retracted ?? false } as TimelineEvent,
});

const standing = (parts: Partial<Standing> = {}): Standing => ({
  developments: ALL,
  onBackfill: 'none',
  matchedBefore: false,
  matchesAfter: true,
  told: false,
  ...parts,
});

test.each<[string, Revised, Standing, string[]]>([
  ['new and matching', revised({ revision: 1, developments: ['recorded'] }), standing(), ['recorded']],
  ['matching for the first time at a later revision', revised({ developments: [] }), standing(), ['recorded']],
  [
    'first match and a development in one',
    revised({ developments: ['corroborated'] }),
    standing(),
    ['corroborated:3', 'recorded'],
  ],
  [
    'matched before',
    revised({ developments: ['status_changed'] }),
    standing({ matchedBefore: true }),
    ['status_changed:3'],
  ],
  [
    'several at once',
    revised({ developments: ['merged', 'corroborated'] }),
    standing({ matchedBefore: true }),
    ['merged:3', 'corroborated:3'],
  ],
  [
    'retracted, and told',
    revised({ developments: ['retracted'], retracted: true }),
    standing({ told: true, matchesAfter: false }),
    ['retracted:3'],
  ],
  [
    'loaded history, asked for',
    revised({ backfill: true, developments: [] }),
    standing({ onBackfill: 'all' }),
    ['recorded'],
  ],
  [
    'live report on loaded history that did not match',
    revised({ developments: ['corroborated'] }),
    standing({ developments: ['recorded'] }),
    ['recorded'],
  ],
])('due: %s', (_case, message, subscription, keys) => {
  expect(dueDevelopments(message, subscription).map(({ key }) => key)).toEqual(keys);
});

test.each<[string, Revised, Standing]>([
  ['no match', revised({ developments: ['recorded'] }), standing({ matchesAfter: false })],
  [
    'no longer a match',
    revised({ developments: ['status_changed'] }),
    standing({ matchedBefore: true, matchesAfter: false }),
  ],
  ['matched before, nothing happened', revised(), standing({ matchedBefore: true })],
  [
    'matched before, called recorded all the same',
    revised({ developments: ['recorded'] }),
    standing({ matchedBefore: true }),
  ],
  ['not wanted', revised({ developments: ['corroborated'] }), standing({ developments: ['retracted'] })],
  ['retracted, not told', revised({ developments: ['retracted'], retracted: true }), standing()],
  [
    'retracted, told, not wanted',
    revised({ developments: ['retracted'], retracted: true }),
    standing({ told: true, developments: ['recorded'], matchesAfter: false }),
  ],
  ['retracted event changed', revised({ developments: ['corroborated'], retracted: true }), standing({ told: true })],
  ['loaded history', revised({ backfill: true, developments: ['recorded'] }), standing()],
  [
    'loaded history on a known event',
    revised({ backfill: true, developments: ['corroborated'] }),
    standing({ matchedBefore: true, told: true }),
  ],
  ['live report on loaded history that matched', revised({ developments: [] }), standing({ matchedBefore: true })],
])('not due: %s', (_case, message, subscription) => {
  expect(dueDevelopments(message, subscription)).toEqual([]);
});

test('recorded is the only key without a revision, and no key comes twice', () => {
  const bool = fc.boolean();
  fc.assert(
    fc.property(
      fc.subarray(ALL),
      fc.subarray(ALL),
      fc.integer({ min: 1 }),
      bool,
      bool,
      bool,
      bool,
      bool,
      (happened, wanted, revision, retracted, backfill, matchedBefore, matchesAfter, told) => {
        const due = dueDevelopments(
          revised({ revision, developments: happened, retracted, backfill }),
          standing({ developments: wanted, matchedBefore, matchesAfter, told }),
        );
        const keys = due.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { development, key } of due) {
          expect(wanted).toContain(development);
          expect(key).toBe(development === 'recorded' ? 'recorded' : `${development}:${String(revision)}`);
          if (development === 'retracted') expect(told).toBe(true);
          else expect(matchesAfter && !retracted).toBe(true);
          expect(backfill).toBe(false);
        }
      },
    ),
  );
});
