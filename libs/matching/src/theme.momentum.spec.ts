import fc from 'fast-check';
import { momentumOf } from './theme.momentum';

test.each<[number, number[], 'rising' | 'steady' | 'falling']>([
  [9, [1, 0, 2, 1, 1, 0, 1, 2], 'rising'],
  [1, [1, 0, 2, 1, 1, 0, 1, 2], 'steady'],
  [0, [12, 9, 11, 10, 8, 10, 12, 9], 'falling'],
  [110, [100, 95, 105, 98, 101, 99, 103, 97], 'steady'],
  [0, [0, 0, 0, 0, 0, 0, 0, 0], 'steady'],
  [0, [], 'steady'],
])('%d after %j is %s', (thisWeek, before, trend) => {
  expect(momentumOf(thisWeek, before)).toMatchObject({ thisWeek, trend });
});

test('of weeks that differ by chance alone one in twenty or fewer is notable, whatever their mean', () => {
  // Knuth's way to Poisson numbers, on a generator with a seed.
  let state = 1;
  const uniform = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const poisson = (mean: number): number => {
    let n = -1;
    for (let product = 1; product > Math.exp(-mean); n += 1) product *= uniform();
    return n;
  };
  for (const mean of [0.5, 2, 8, 30]) {
    const weeks = Array.from({ length: 2_000 }, () =>
      momentumOf(
        poisson(mean),
        Array.from({ length: 8 }, () => poisson(mean)),
      ),
    );
    expect(weeks.filter(({ trend }) => trend !== 'steady').length / weeks.length).toBeLessThan(0.07);
  }
});

test('more this week is never less momentum', () => {
  const count = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(count, fc.array(count, { minLength: 8, maxLength: 8 }), (n, before) => {
      expect(momentumOf(n + 1, before).z).toBeGreaterThanOrEqual(momentumOf(n, before).z);
    }),
  );
});
