const SHARD_BITS = 8;
const FIRST_ROOM = 8;

/** One part of the table: pairs of a hash and a slot plus one, 0 where there is none. */
interface Shard {
  pairs: Int32Array;
  count: number;
}

/**
 * Finds a subscription's slot by its id, outside of the heap: a `Map` of a million ids would have the collector follow them
 * all, and grow as a whole. Ids are known by their hash; who asks compares the ids themselves.
 */
export class SlotTable {
  private readonly shards: Shard[] = Array.from({ length: 1 << SHARD_BITS }, () => ({
    pairs: new Int32Array(2 * FIRST_ROOM),
    count: 0,
  }));
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** -1 where no slot of that hash `isIt`. */
  find(hash: number, isIt: (slot: number) => boolean): number {
    const { pairs } = this.shardOf(hash);
    const mask = pairs.length / 2 - 1;
    for (let at = hash & mask; pairs[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const slot = pairs[2 * at + 1]! - 1;
      if (pairs[2 * at] === hash && isIt(slot)) return slot;
    }
    return -1;
  }

  /** Adds a slot that is not in it. */
  add(hash: number, slot: number): void {
    const shard = this.shardOf(hash);
    this.count += 1;
    shard.count += 1;
    if (shard.count * 4 > (shard.pairs.length / 2) * 3) grow(shard);
    insert(shard.pairs, hash, slot + 1);
  }

  /** Takes out a slot that is in it. Those behind it move up, so that nothing is left of it. */
  remove(hash: number, slot: number): void {
    const shard = this.shardOf(hash);
    const { pairs } = shard;
    const mask = pairs.length / 2 - 1;
    this.count -= 1;
    shard.count -= 1;
    let hole = hash & mask;
    while (pairs[2 * hole + 1] !== slot + 1) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; pairs[2 * at + 1] !== 0; at = (at + 1) & mask) {
      const home = pairs[2 * at]! & mask;
      // It may not move to before its home.
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      pairs.copyWithin(2 * hole, 2 * at, 2 * at + 2);
      hole = at;
    }
    pairs[2 * hole + 1] = 0;
  }

  private shardOf(hash: number): Shard {
    return this.shards[hash >>> (32 - SHARD_BITS)]!;
  }
}

function grow(shard: Shard): void {
  const { pairs } = shard;
  shard.pairs = new Int32Array(2 * pairs.length);
  for (let at = 0; at < pairs.length; at += 2) {
    if (pairs[at + 1] !== 0) insert(shard.pairs, pairs[at]!, pairs[at + 1]!);
  }
}

function insert(pairs: Int32Array, hash: number, value: number): void {
  const mask = pairs.length / 2 - 1;
  let at = hash & mask;
  while (pairs[2 * at + 1] !== 0) at = (at + 1) & mask;
  pairs[2 * at] = hash;
  pairs[2 * at + 1] = value;
}

/** 32 bits, signed, of which all depend on all of the text: FNV-1a, finished by murmur3's fmix32. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
