import { setImmediate } from 'node:timers/promises';
import { GroupCommit } from './group.commit';

/** Writes that end when told; each answers with its item doubled. */
function gatedWrites(): { written: number[][]; write: (items: readonly number[]) => Promise<number[]>; next(): void } {
  const written: number[][] = [];
  const ends: (() => void)[] = [];
  const write = async (items: readonly number[]): Promise<number[]> => {
    written.push([...items]);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items.map((item) => item * 2);
  };
  return { written, write, next: () => ends.shift()?.() };
}

test('a single one goes at once; those that come meanwhile go together, and each gets its own answer', async () => {
  const { written, write, next } = gatedWrites();
  const group = new GroupCommit(write);
  const first = group.add(1);
  await setImmediate();
  await setImmediate();
  expect(written).toEqual([[1]]);
  const others = [group.add(2), group.add(3)];
  await setImmediate();
  expect(written).toEqual([[1]]);
  next();
  expect(await first).toBe(2);
  await setImmediate();
  expect(written).toEqual([[1], [2, 3]]);
  next();
  expect(await Promise.all(others)).toEqual([4, 6]);
});

test('no more than so many in one write, and so many writes at once', async () => {
  const { written, write, next } = gatedWrites();
  const group = new GroupCommit(write, 2, 2);
  const all = [1, 2, 3, 4, 5].map((item) => group.add(item));
  for (let turn = 0; turn < 4; turn += 1) await setImmediate();
  expect(written.every((items) => items.length <= 2)).toBe(true);
  expect(written.length).toBeLessThanOrEqual(2);
  for (let turn = 0; turn < 12; turn += 1) {
    next();
    await setImmediate();
  }
  expect(await Promise.all(all)).toEqual([2, 4, 6, 8, 10]);
});

test('what is wrong with one fails that one alone', async () => {
  const group = new GroupCommit((items: readonly number[]) => {
    if (items.includes(2)) return Promise.reject(new Error('not two'));
    return Promise.resolve(items);
  });
  const results = await Promise.allSettled([1, 2, 3].map((item) => group.add(item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
