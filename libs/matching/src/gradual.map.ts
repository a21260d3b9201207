const SLICES = 128;
/** So many last characters decide about the slice: ids made in a row and ids made by chance differ there. */
const TELLING = 8;

/**
 * A map that never stops to grow: a `Map` of a million keys is rehashed as a whole, for 50 ms and more, so this one is
 * many small maps, each growing in its own time.
 */
export class GradualMap<Value> {
  private readonly slices: (Map<string, Value> | undefined)[] = new Array<undefined>(SLICES).fill(undefined);
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(key: string): Value | undefined {
    return this.slices[sliceOf(key)]?.get(key);
  }

  set(key: string, value: Value): void {
    const slice = (this.slices[sliceOf(key)] ??= new Map());
    const before = slice.size;
    slice.set(key, value);
    this.count += slice.size - before;
  }

  delete(key: string): void {
    if (this.slices[sliceOf(key)]?.delete(key) === true) this.count -= 1;
  }
}

function sliceOf(key: string): number {
  let hash = key.length;
  for (let at = Math.max(0, key.length - TELLING); at < key.length; at += 1)
    hash = (hash * 31 + key.charCodeAt(at)) | 0;
  return (hash ^ (hash >>> 16) ^ (hash >>> 8)) & (SLICES - 1);
}
