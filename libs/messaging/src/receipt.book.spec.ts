import { consumersOf } from '@themeline/contracts';
import { ReceiptBook } from './receipt.book';

const CONSUMERS = consumersOf('event.revised');

function book() {
  const finished: string[] = [];
  const confirmed: Record<string, readonly string[]>[] = [];
  const rows = {
    finish: (ids: readonly string[], consumers: readonly string[]) => {
      expect(consumers).toEqual(CONSUMERS);
      finished.push(...ids);
      return Promise.resolve();
    },
    confirm: (receipts: ReadonlyMap<string, readonly string[]>) => {
      if (receipts.size > 0) confirmed.push(Object.fromEntries(receipts));
      return Promise.resolve();
    },
  };
  const sut = new ReceiptBook(rows);
  return { sut, finished, confirmed };
}

const noted = (consumer: string, ...ids: string[]): Map<string, string[]> => new Map([[consumer, ids]]);

test('a message that all its consumers confirm is finished by one write, in whatever order and pieces they come', async () => {
  const { sut, finished, confirmed } = book();
  const [last = '', ...others] = CONSUMERS;
  for (const consumer of others) await sut.note(noted(consumer, 'one', 'two'));
  expect(finished).toEqual([]);
  await sut.note(noted(last, 'two'));
  expect(finished).toEqual(['two']);
  await sut.note(noted(last, 'one'));
  expect(finished).toEqual(['two', 'one']);
  await sut.stop();
  expect(confirmed).toEqual([]);
});

test('the same receipt twice stands for no other consumer', async () => {
  const { sut, finished } = book();
  const [first = ''] = CONSUMERS;
  for (let n = 0; n < CONSUMERS.length; n += 1) await sut.note(noted(first, 'one'));
  expect(finished).toEqual([]);
});

test('what is incomplete when the book is closed is written down', async () => {
  const { sut, finished, confirmed } = book();
  const [first = '', second = ''] = CONSUMERS;
  await sut.note(noted(first, 'one'));
  await sut.note(noted(second, 'one', 'two'));
  await sut.stop();
  expect(finished).toEqual([]);
  expect(confirmed).toEqual([{ [first]: ['one'], [second]: ['one', 'two'] }]);
});
