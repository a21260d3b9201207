import { NewestPlace } from './newest.place';
import type { SequenceRepository } from './sequence.repository';

/** Answers with the places in turn, the last one over and over. */
function placeAfterPlace(...places: number[]): NewestPlace {
  const current = async (): Promise<number> => (places.length > 1 ? places.shift() : places[0]) ?? 0;
  return new NewestPlace({ current } as SequenceRepository);
}

/** The places that are read at until there is an answer; the last is the answer's. */
async function readsOf(newest: NewestPlace): Promise<number[]> {
  const reads: number[] = [];
  const answer = await newest.at(async (seq) => {
    reads.push(seq);
    return seq;
  });
  expect(answer).toBe(reads[reads.length - 1]);
  return reads;
}

test('while the place moves it is looked up first; once it stands still reading begins where it was; what came between is read again', async () => {
  const newest = placeAfterPlace(7, 8, 8, 8, 9, 9, 9);
  expect(await readsOf(newest)).toEqual([7]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8]);
  expect(await readsOf(newest)).toEqual([8, 9]);
  expect(await readsOf(newest)).toEqual([9]);
  expect(await readsOf(newest)).toEqual([9]);
});
