import { generateAtomFeed } from 'feedsmith';
import { cleanLine } from './clean.text';
import { itemOf, type Telling } from './digest.layout';

/** An alert of a feed. */
export interface FeedTelling extends Telling {
  alertId: string;
  at: Date;
}

/** The alerts of a subscription as an Atom feed (RFC 4287), in the order given. `updated`: when the newest was told. */
export function atomOfAlerts(
  subscription: { id: string; name: string },
  tellings: readonly FeedTelling[],
  updated: Date,
): string {
  return generateAtomFeed({
    id: `urn:themeline:subscription:${subscription.id}`,
    title: { value: cleanLine(subscription.name, 200) },
    updated,
    authors: [{ name: 'Themeline' }],
    entries: tellings.map(entryOf),
  });
}

function entryOf({ alertId, at, ...telling }: FeedTelling) {
  const item = itemOf(telling);
  const links = item.sources.flatMap(({ name, url }, index) =>
    url === null ? [] : [{ href: url, rel: index === 0 ? 'alternate' : 'related', title: name }],
  );
  const sources = item.sources.map(({ name }) => name).join(', ');
  const summary = [item.date, item.summary, sources && `Sources: ${sources}`, item.why && `Matched by ${item.why}`];
  return {
    id: `urn:themeline:alert:${alertId}`,
    title: { value: `${item.label}: ${item.headline}` },
    updated: at,
    links,
    categories: telling.event.themes.map((term) => ({ term })),
    summary: { value: summary.filter((part) => part !== null && part !== '').join('. ') },
  };
}
