import { parseOpml } from 'feedsmith';

/** A feed as OPML lists it. */
export interface OpmlFeed {
  url: string;
  title: string | null;
}

interface Outline {
  text?: string | undefined;
  title?: string | undefined;
  xmlUrl?: string | undefined;
  outlines?: Outline[] | undefined;
}

/** Deeper folders than these are not looked into. */
const MAX_DEPTH = 20;

/** The feeds of an OPML document in their order, from all its folders, each address once; null where the text is no OPML. */
export function readOutline(text: string): OpmlFeed[] | null {
  // Entities of its own could make a small document a huge one.
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  let outlines: Outline[];
  try {
    outlines = (parseOpml(text).body?.outlines ?? []) as Outline[];
  } catch {
    return null;
  }
  const feeds = new Map<string, OpmlFeed>();
  const gather = (list: readonly Outline[], depth: number): void => {
    for (const { text: name, title, xmlUrl, outlines: inner } of list) {
      const url = xmlUrl?.trim() ?? '';
      if (url !== '' && !feeds.has(url)) feeds.set(url, { url, title: (title ?? name)?.trim() || null });
      if (inner !== undefined && depth < MAX_DEPTH) gather(inner, depth + 1);
    }
  };
  gather(outlines, 0);
  return [...feeds.values()];
}
