import { repeatsWithoutReason } from './checks';
import type { Mood } from './receivers';
import { Troubles } from './troubles';

/** Seconds → milliseconds, so that what is on either side of the time for recovery can be told at a glance. */
const s = (seconds: number): number => seconds * 1_000;

function troubleOf(name: string, from: number, to: number): Troubles {
  let now = s(from);
  const troubles = new Troubles(() => now);
  const over = troubles.begin(name);
  now = s(to);
  over();
  return troubles;
}

test.each<[string, [number, Mood][], Troubles, number[]]>([
  ['one call', [[100, 'well']], new Troubles(), []],
  [
    'again for nothing',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    new Troubles(),
    [100],
  ],
  [
    'again for nothing, and not answered',
    [
      [100, 'well'],
      [125, 'hangs'],
    ],
    new Troubles(),
    [100],
  ],
  [
    'answered with 500 first',
    [
      [100, 'answers 500'],
      [105, 'well'],
    ],
    new Troubles(),
    [],
  ],
  [
    'the service was killed on its answer',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    troubleOf('alerts-1', 101, 103),
    [],
  ],
  [
    'the primary was recovering',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    troubleOf('mongod-2', 80, 95),
    [],
  ],
  [
    'trouble long before',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    troubleOf('mongod-2', 60, 80),
    [100],
  ],
  [
    'trouble only after it was written down',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    troubleOf('alerts-1', 110, 112),
    [100],
  ],
  [
    'trouble of who writes nothing down',
    [
      [100, 'well'],
      [125, 'well'],
    ],
    troubleOf('nats-1', 99, 103),
    [100],
  ],
  [
    'a second repeat, without a reason',
    [
      [100, 'well'],
      [125, 'well'],
      [150, 'well'],
    ],
    troubleOf('alerts-1', 100, 101),
    [125],
  ],
])('repeats without a reason: %s', (_, calls, troubles, expected) => {
  const made = calls.map(([at, mood]) => ({ at: s(at), mood }));
  expect(repeatsWithoutReason(made, troubles).map(({ at }) => at / 1_000)).toEqual(expected);
});

test('trouble that has not ended touches all that follows', () => {
  const troubles = new Troubles(() => s(100));
  troubles.begin('alerts-2');
  expect(troubles.touch((name) => name === 'alerts-2', s(500), s(505))).toBe(true);
  expect(troubles.touch((name) => name === 'alerts-1', s(500), s(505))).toBe(false);
});
