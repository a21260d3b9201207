/** What a query language of objects would take for an operator, and what a careless copy would write into a prototype. */
export const HOSTILE_OBJECTS: readonly Readonly<Record<string, unknown>>[] = [
  { $gt: '' },
  { $ne: null },
  { $where: 'sleep(5000)' },
  { $regex: '(a+)+$' },
  { $set: { owner: 'beta' } },
  JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>,
  { constructor: { prototype: { polluted: true } } },
];

/** The same in addresses: `name[$gt]=` and its relatives. */
export const hostileQueries = (name: string): string[] => [
  `${name}[$gt]=`,
  `${name}%5B%24regex%5D=.*`,
  `${name}[constructor][prototype][polluted]=1`,
  `${name}.__proto__.polluted=1`,
];

/** Values that a parameter of its own name may hold, whose meaning must be that of any other text. */
export const HOSTILE_TEXTS: readonly string[] = ['{"$gt":""}', '__proto__', 'constructor', '.*', "'||1==1//"];

/** Every place in a JSON value: `[]` for itself, `['channels', 0, 'url']` for what is in it. */
export function placesIn(value: unknown): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index): [number, unknown] => [index, item])
    : Object.entries(value);
  return [[], ...entries.flatMap(([key, inner]) => placesIn(inner).map((place) => [key, ...place]))];
}

/** A copy with something else at a place. */
export function replacedAt(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? replacedAt(item, rest, by) : item));
  }
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replacedAt(object[key], rest, by) };
}

/** A copy with more keys in the object at a place; `__proto__` stays a key of its own in what `JSON.stringify` writes. */
export function extendedAt(value: unknown, place: readonly (string | number)[], more: object): unknown {
  const present = place.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
  if (typeof present !== 'object' || present === null || Array.isArray(present)) return undefined;
  const extended = Object.defineProperties({ ...present }, Object.getOwnPropertyDescriptors(more)) as unknown;
  return replacedAt(value, place, extended);
}
