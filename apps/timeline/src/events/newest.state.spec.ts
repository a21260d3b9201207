import type { Database } from '@themeline/persistence';
import type { ThemeSet, ThemesRepository } from '../themes/themes.repository';
import { NewestState } from './newest.state';

interface State {
  seq: number;
  themes?: number;
}

const setOf = new Map<number, ThemeSet>();
const themes = {
  of: async ({ themes: version }: { themes: number }) => {
    const set = setOf.get(version) ?? { version, merged: new Map(), rules: [], ids: new Set() };
    setOf.set(version, set);
    return set;
  },
} as unknown as ThemesRepository;

/** Sees the states in turn, the last one over and over. */
function newestOf(...states: State[]): NewestState {
  const rows = (): object[] => {
    const { seq, themes: version = 0 } = (states.length > 1 ? states.shift() : states[0]) ?? { seq: 0 };
    return [
      { _id: 'sequence', seq },
      { _id: 'themes', version },
      { _id: 'rollups', seq: 1 },
    ];
  };
  const collection = () => ({ find: () => ({ toArray: async () => rows() }) });
  return new NewestState({ collection } as unknown as Database, themes);
}

/** The places that are read at until there is an answer; the last is the answer's. */
async function readsOf(newest: NewestState): Promise<number[]> {
  const reads: number[] = [];
  const answer = await newest.at(async ({ seq }) => {
    reads.push(seq);
    return seq;
  });
  expect(answer).toBe(reads[reads.length - 1]);
  return reads;
}

test('while the place moves it is looked up first; once it stands still reading begins where it was; what came between is read again', async () => {
  const newest = newestOf(...[7, 8, 8, 8, 9, 9, 9].map((seq) => ({ seq })));
  expect(await readsOf(newest)).toEqual([7]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8, 9]);
  expect(await readsOf(newest)).toEqual([9]);
  expect(await readsOf(newest)).toEqual([9]);
});

test('a failure with themes of a moment ago is not told when they have changed, and is when they have not', async () => {
  const newest = newestOf({ seq: 7 }, { seq: 7 }, { seq: 7, themes: 1 }, { seq: 7, themes: 1 });
  const versionFrom = (least: number): Promise<number> =>
    newest.at(async ({ themes: { version } }) => {
      if (version < least) throw new Error(`no such theme at ${String(version)}`);
      return version;
    });
  expect(await versionFrom(0)).toBe(0);
  expect(await versionFrom(0)).toBe(0);
  expect(await versionFrom(1)).toBe(1);
  expect(await versionFrom(1)).toBe(1);
  await expect(versionFrom(2)).rejects.toThrow('no such theme at 1');
});
