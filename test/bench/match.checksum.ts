const BASES = [0x811c9dc5, 0x9747b28c] as const;

/**
 * A checksum of pairs of events and subscriptions, independent of their order, sensitive to missing, extra and duplicate
 * pairs: `eventId:subscriptionId` hashed with FNV-1a from two bases, each finished by murmur3's fmix32 and added up.
 */
export class Checksum {
  pairs = 0;
  private readonly sums = [0, 0];

  add(eventId: string, subscriptionIds: readonly string[]): void {
    for (const [index, base] of BASES.entries()) {
      const begun = fnv(base, `${eventId}:`);
      let sum = this.sums[index] ?? 0;
      for (const id of subscriptionIds) sum = (sum + finish(fnv(begun, id))) | 0;
      this.sums[index] = sum;
    }
    this.pairs += subscriptionIds.length;
  }

  hex(): string {
    return this.sums.map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

function fnv(from: number, text: string): number {
  let hash = from;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
