/** What tells whether an item is one that was seen before. */
export interface ItemTraits {
  guid: string | null;
  /** Canonical. */
  link: string | null;
  /** SHA-256 of title and text. */
  contentHash: string;
  title: string | null;
  publishedAt: string | null;
}

export interface KnownTraits {
  id: string;
  /** Every guid and link that it has had, the latest last. */
  guids: readonly string[];
  links: readonly string[];
  contentHash: string;
  title: string | null;
  publishedAt: string | null;
}

export interface Recognised<T> {
  item: T;
  /** Null: it is new. */
  known: KnownTraits | null;
}

/**
 * Which items of a feed are known ones. Publishers change guids, leave them out, and give one guid or link to many items; so a guid is
 * believed where something else agrees, then a link, then the words themselves:
 *
 * 1. the same guid, and the link, the title, the words or the date is the same;
 * 2. the same link, when the guid is missing or that of the known item has gone from the feed;
 * 3. the same words;
 * 4. the same guid where there is no link to hold against it; or the same title and date where there is neither guid nor link.
 *
 * A guid or link that several items of one answer share says nothing by itself. A guid that comes back with another link, title, text and
 * date is another item. Each known item is recognised once, and what stands twice in the answer is one item.
 */
export function recogniseItems<T extends ItemTraits>(
  answer: readonly T[],
  known: readonly KnownTraits[],
): Recognised<T>[] {
  const items = withoutRepeats(answer);
  const sharedGuids = shared(items.map(({ guid }) => guid));
  const sharedLinks = shared(items.map(({ link }) => link));
  const presentGuids = new Set(items.map(({ guid }) => guid));
  const found = new Map<T, KnownTraits>();
  const used = new Set<KnownTraits>();
  const kin = kinOf(known);
  const pass = (same: (item: T, old: KnownTraits) => boolean): void => {
    for (const item of items) {
      if (found.has(item)) continue;
      const match = kin(item).find((old) => !used.has(old) && same(item, old));
      if (match === undefined) continue;
      found.set(item, match);
      used.add(match);
    }
  };
  const sameGuid = (item: T, old: KnownTraits): boolean => item.guid !== null && old.guids.includes(item.guid);
  const sameLink = (item: T, old: KnownTraits): boolean => item.link !== null && old.links.includes(item.link);
  const sameTitle = (item: T, old: KnownTraits): boolean => item.title !== null && item.title === old.title;
  const sameDate = (item: T, old: KnownTraits): boolean =>
    item.publishedAt !== null && item.publishedAt === old.publishedAt;
  const sameWords = (item: T, old: KnownTraits): boolean => item.contentHash === old.contentHash;
  const gone = (old: KnownTraits): boolean => !old.guids.some((guid) => presentGuids.has(guid));

  pass((item, old) => sameGuid(item, old) && sameWords(item, old) && (item.link === null || sameLink(item, old)));
  pass((item, old) => {
    if (!sameGuid(item, old)) return false;
    const ownLink = sameLink(item, old) && !sharedLinks.has(item.link);
    if (sharedGuids.has(item.guid)) return ownLink || (sameTitle(item, old) && sameDate(item, old));
    return ownLink || sameTitle(item, old) || sameDate(item, old) || sameWords(item, old);
  });
  pass(
    (item, old) =>
      sameLink(item, old) && !sharedLinks.has(item.link) && (item.guid === null || old.guids.length === 0 || gone(old)),
  );
  pass((item, old) => sameWords(item, old) && (item.guid === null || gone(old)));
  pass((item, old) => {
    if (sameGuid(item, old)) return !sharedGuids.has(item.guid) && (item.link === null || old.links.length === 0);
    return item.guid === null && item.link === null && sameTitle(item, old) && sameDate(item, old);
  });
  return items.map((item) => ({ item, known: found.get(item) ?? null }));
}

/** The known items that share anything with an item, in their order. */
function kinOf(known: readonly KnownTraits[]): (item: ItemTraits) => KnownTraits[] {
  const places = new Map<string, number[]>();
  known.forEach(({ guids, links, contentHash, title }, place) => {
    const names = [
      ...guids.map((guid) => `g${guid}`),
      ...links.map((link) => `l${link}`),
      `h${contentHash}`,
      `t${title ?? ''}`,
    ];
    for (const name of names) places.set(name, [...(places.get(name) ?? []), place]);
  });
  return ({ guid, link, contentHash, title }) => {
    const names = [`g${guid ?? ''}`, `l${link ?? ''}`, `h${contentHash}`, `t${title ?? ''}`];
    const found = new Set(names.flatMap((name) => places.get(name) ?? []));
    return [...found].sort((a, b) => a - b).flatMap((place) => known[place] ?? []);
  };
}

function withoutRepeats<T extends ItemTraits>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter(({ guid, link, contentHash }) => {
    const key = JSON.stringify([guid, link, contentHash]);
    return !seen.has(key) && seen.add(key);
  });
}

function shared(values: readonly (string | null)[]): Set<string | null> {
  const seen = new Set<string | null>();
  return new Set(values.filter((value) => value !== null && (seen.has(value) || !seen.add(value))));
}
