import * as fc from 'fast-check';
import { GradualMap } from './gradual.map';
import { ENTRY_WORDS } from './posting.entry';
import { BLOCK_ENTRIES, PostingLists } from './posting.lists';
import { RowStore } from './row.store';
import { hashOf, SlotTable } from './slot.table';
import { EVERY, NO_TERM, TermTable } from './term.table';
import { offsetOf, WordArena } from './word.arena';

describe('GradualMap', () => {
  test('does what a Map does', () => {
    const step = fc.record({ key: fc.string({ maxLength: 12 }), value: fc.option(fc.integer()) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const map = new GradualMap<number>();
        const model = new Map<string, number>();
        for (const { key, value } of steps) {
          if (value === null) {
            map.delete(key);
            model.delete(key);
          } else {
            map.set(key, value);
            model.set(key, value);
          }
        }
        expect(map.size).toBe(model.size);
        for (const { key } of steps) expect(map.get(key)).toBe(model.get(key));
      }),
    );
  });
});

describe('WordArena', () => {
  test('blocks do not overlap, small and larger than a page, used and used again', () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 60_000, max: 140_000 }));
    fc.assert(
      fc.property(fc.array(fc.record({ size, free: fc.boolean() }), { maxLength: 60 }), (steps) => {
        const arena = new WordArena();
        let kept: { address: number; size: number; mark: number }[] = [];
        for (const [mark, step] of steps.entries()) {
          const address = arena.allocate(step.size);
          arena.pageOf(address).fill(mark, offsetOf(address), offsetOf(address) + step.size);
          kept.push({ address, size: step.size, mark });
          const [first] = kept;
          if (!step.free || first === undefined) continue;
          arena.free(first.address, first.size);
          kept = kept.slice(1);
        }
        for (const { address, size: words, mark } of kept) {
          const block = arena.pageOf(address).subarray(offsetOf(address), offsetOf(address) + words);
          expect(block.length).toBe(words);
          expect(block.every((word) => word === mark)).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('what is freed serves again', () => {
    const arena = new WordArena();
    const addresses = Array.from({ length: 1_000 }, () => arena.allocate(50));
    const taken = arena.bytes;
    for (const address of addresses) arena.free(address, 50);
    for (let count = 0; count < 1_000; count += 1) arena.allocate(50);
    expect(arena.bytes).toBe(taken);
  });
});

describe('RowStore', () => {
  test('a row is zero when it is taken, also again', () => {
    const rows = new RowStore(1);
    const taken = Array.from({ length: 5_000 }, () => rows.take());
    for (const row of taken) rows.set(row, 1, row + 1);
    expect(taken.every((row) => rows.get(row, 0) === 0 && rows.get(row, 1) === row + 1)).toBe(true);
    rows.give(7);
    rows.give(4_999);
    expect([rows.take(), rows.take(), rows.take()]).toEqual([4_999, 7, 5_000]);
    expect([rows.get(7, 0), rows.get(7, 1)]).toEqual([0, 0]);
  });
});

describe('SlotTable', () => {
  test('finds what is in it and nothing else, however the hashes collide', () => {
    // Few hashes in one shard, some at its end, so that runs wrap around.
    const hash = fc.constantFrom(0, 1, 6, 7, 7 | 8, 0x70, 0xff, -1);
    const step = fc.record({ hash, slot: fc.integer({ min: 0, max: 40 }), add: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const table = new SlotTable();
        const hashes = new Map<number, number>();
        for (const { hash: given, slot, add } of steps) {
          const known = hashes.get(slot);
          if (known !== undefined) {
            table.remove(known, slot);
            hashes.delete(slot);
          }
          if (!add) continue;
          table.add(given, slot);
          hashes.set(slot, given);
        }
        expect(table.size).toBe(hashes.size);
        for (const { hash: given, slot } of steps) {
          expect(table.find(given, (found) => found === slot)).toBe(hashes.get(slot) === given ? slot : -1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('thousands', () => {
    const ids = Array.from({ length: 20_000 }, (_, number) => `sub_${String(number)}`);
    const table = new SlotTable();
    for (const [slot, id] of ids.entries()) table.add(hashOf(id), slot);
    for (const [slot, id] of ids.entries()) if (slot % 3 > 0) table.remove(hashOf(id), slot);
    const found = ids.map((id, slot) => table.find(hashOf(id), (other) => other === slot));
    expect(found).toEqual(ids.map((_, slot) => (slot % 3 > 0 ? -1 : slot)));
  });
});

describe('TermTable', () => {
  test('a term is the same number until its last user lets go', () => {
    const terms = new TermTable();
    const chips = terms.acquire({ field: 'theme', words: ['chips'] });
    expect(terms.acquire({ field: 'theme', words: ['chips'] })).toBe(chips);
    expect(terms.acquire({ field: 'word', words: ['chips'] })).not.toBe(chips);
    terms.release(chips);
    expect(terms.find('theme', 'chips')).toBe(chips);
    terms.release(chips);
    expect(terms.find('theme', 'chips')).toBe(NO_TERM);
    expect([terms.count('theme'), terms.count('word')]).toEqual([0, 1]);
  });

  test('a phrase holds its words and its beginnings', () => {
    const terms = new TermTable();
    const long = terms.acquire({ field: 'word', words: ['new', 'chip', 'tools'] });
    const short = terms.acquire({ field: 'word', words: ['new', 'chip'] });
    const [first, second, third] = ['new', 'chip', 'tools'].map((word) => terms.find('word', word)) as [
      number,
      number,
      number,
    ];
    expect(terms.findChild(first, second)).toBe(short);
    expect(terms.findChild(short, third)).toBe(long);
    expect(terms.findChild(second, third)).toBe(NO_TERM);
    terms.release(long);
    expect(terms.findChild(short, third)).toBe(NO_TERM);
    expect([terms.find('word', 'tools'), terms.find('word', 'chip')]).toEqual([NO_TERM, second]);
    terms.release(short);
    expect(terms.count('word')).toBe(0);
  });

  test('codes are few, start at 1, and come back', () => {
    const terms = new TermTable();
    const kinds = Array.from({ length: 33 }, (_, n) => terms.acquire({ field: 'kind', words: [`kind-${String(n)}`] }));
    const codes = kinds.map((kind) => terms.codeOf(kind));
    expect(codes).toEqual([...Array.from({ length: 31 }, (_, n) => n + 1), 0, 0]);
    terms.release(kinds[4]!);
    expect(terms.codeOf(terms.acquire({ field: 'kind', words: ['another'] }))).toBe(5);
    expect(terms.codeOf(EVERY)).toBe(0);
  });
});

describe('PostingLists', () => {
  test('places stay right while entries come and go, over several blocks', () => {
    const terms = new TermTable();
    const lists = new PostingLists(terms.rows);
    const term = terms.acquire({ field: 'theme', words: ['chips'] });
    const places = new Map<number, number>();
    const idAt = (place: number): string => {
      const address = lists.block(term, Math.floor(place / BLOCK_ENTRIES)) + (place % BLOCK_ENTRIES) * ENTRY_WORDS;
      expect(lists.pageOf(address)[offsetOf(address)]).toBe(
        Number(lists.idsOf(address)[offsetOf(address) / ENTRY_WORDS]),
      );
      return lists.idsOf(address)[offsetOf(address) / ENTRY_WORDS] ?? '';
    };
    const add = (slot: number): void => {
      places.set(slot, lists.add(term, [slot, 0, 0, 0, 0, 0, 0, 0], String(slot)));
    };
    const remove = (slot: number): void => {
      const place = places.get(slot)!;
      const moved = lists.remove(term, place);
      places.delete(slot);
      if (moved >= 0) places.set(moved, place);
    };
    for (let slot = 0; slot < 3 * BLOCK_ENTRIES + 1; slot += 1) add(slot);
    const all = [...places.keys()];
    for (const slot of all.filter((number) => number % 7 !== 0)) remove(slot);
    for (let slot = 10_000; slot < 10_000 + BLOCK_ENTRIES; slot += 1) add(slot);
    expect(lists.length(term)).toBe(places.size);
    expect([...places].every(([slot, place]) => idAt(place) === String(slot))).toBe(true);
    for (const slot of [...places.keys()]) remove(slot);
    expect(lists.length(term)).toBe(0);
  });
});
