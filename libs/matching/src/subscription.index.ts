import type { Match, Why } from '@themeline/contracts';
import { factsOf, type EventFacts, type MatchableEvent } from './event.facts';
import { compileMatch, reasons, satisfies, type CompiledMatch } from './match.verifier';

export interface IndexedSubscription {
  id: string;
  match: Match;
}

interface Entry {
  id: string;
  match: CompiledMatch;
  /** The tags under which it is filed; none for one that could want any event. */
  tags: readonly string[];
  /** The last look-up that met it, for it may be filed under several tags of one event. */
  metIn: number;
}

/**
 * The share of events that have a given value of a field, as orders of magnitude: what a subscription asks for is rare
 * or common by its kind. They decide where it is filed, never whether it matches.
 */
const SHARE = {
  event: 1e-6,
  entity: 1e-3,
  longWord: 1e-3,
  word: 1e-2,
  country: 5e-2,
  theme: 5e-2,
  kind: 5e-2,
  status: 0.4,
};

/** Words of fewer letters are mostly common ones. */
const LONG_WORD = 6;

/**
 * Finds the subscriptions that want an event without asking each of them: every subscription is filed under the values
 * of its rarest requirement (`kind:ban`, `entity:openai`, `word:export`), an event looks up the values that it has, and
 * what is found there is verified in full.
 */
export class SubscriptionIndex {
  private readonly entries = new Map<string, Entry>();
  private readonly postings = new Map<string, Set<Entry>>();
  private readonly broad = new Set<Entry>();
  private lookups = 0;

  get size(): number {
    return this.entries.size;
  }

  /** Files a subscription, in place of the one with the same id. */
  upsert(subscription: IndexedSubscription): void {
    this.remove(subscription.id);
    const match = compileMatch(subscription.match);
    const entry: Entry = { id: subscription.id, match, tags: filingTags(match), metIn: 0 };
    this.entries.set(entry.id, entry);
    if (entry.tags.length === 0) this.broad.add(entry);
    for (const tag of entry.tags) {
      const posting = this.postings.get(tag);
      if (posting === undefined) this.postings.set(tag, new Set([entry]));
      else posting.add(entry);
    }
  }

  /** Takes a subscription out; an unknown id is nothing to do. */
  remove(id: string): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    this.entries.delete(id);
    this.broad.delete(entry);
    for (const tag of entry.tags) {
      const posting = this.postings.get(tag);
      posting?.delete(entry);
      if (posting?.size === 0) this.postings.delete(tag);
    }
  }

  /** The ids of all subscriptions that want the event, each once, in no order. */
  match(event: MatchableEvent): string[] {
    const facts = factsOf(event);
    const found: string[] = [];
    this.lookups += 1;
    const verify = (entries: Iterable<Entry>): void => {
      for (const entry of entries) {
        if (entry.metIn === this.lookups) continue;
        entry.metIn = this.lookups;
        if (satisfies(entry.match, facts)) found.push(entry.id);
      }
    };
    verify(this.broad);
    for (const tag of eventTags(facts)) {
      const posting = this.postings.get(tag);
      if (posting !== undefined) verify(posting);
    }
    return found;
  }

  /** Whether one subscription wants the event; false for an unknown id. */
  matches(id: string, event: MatchableEvent): boolean {
    const entry = this.entries.get(id);
    return entry !== undefined && satisfies(entry.match, factsOf(event));
  }

  /** What of the event satisfied each field of the subscription, see `explainMatch`; empty when it does not match. */
  why(id: string, event: MatchableEvent): Why {
    const entry = this.entries.get(id);
    const facts = factsOf(event);
    return entry !== undefined && satisfies(entry.match, facts) ? reasons(entry.match, facts) : [];
  }
}

/** Every tag under which a subscription that wants the event may be filed. */
function* eventTags(facts: EventFacts): Iterable<string> {
  for (const id of facts.ids) yield `event:${id}`;
  for (const entity of facts.entities) yield `entity:${entity}`;
  for (const theme of facts.themes) yield `theme:${theme}`;
  for (const country of facts.countries) yield `country:${country}`;
  for (const word of facts.wordPlaces.keys()) yield `word:${word}`;
  yield `kind:${facts.kind}`;
  yield `status:${facts.status}`;
}

/** The values of the requirement that the fewest events meet: at least one of them is in every event that matches. */
function filingTags(match: CompiledMatch): readonly string[] {
  const filings: { tags: string[]; share: number }[] = [];
  const offer = (field: Exclude<keyof typeof SHARE, 'longWord' | 'word'>, values: readonly string[]): void => {
    if (values.length > 0)
      filings.push({ tags: values.map((value) => `${field}:${value}`), share: SHARE[field] * values.length });
  };
  const offerWords = (words: readonly string[]): void => {
    if (words.length === 0) return;
    const shares = words.map((word) => (word.length >= LONG_WORD ? SHARE.longWord : SHARE.word));
    filings.push({ tags: words.map((word) => `word:${word}`), share: shares.reduce((sum, share) => sum + share) });
  };
  offer('event', match.events);
  offer(
    'entity',
    match.entities.map(({ folded }) => folded),
  );
  offer('theme', match.themes);
  offer('country', match.countries);
  offer('kind', match.kinds);
  offer('status', match.statuses);
  for (const { words } of match.all) offerWords(longest(words));
  offerWords(match.any.flatMap(({ words }) => longest(words)));
  const rarest = filings.reduce<(typeof filings)[number] | null>(
    (best, filing) => (best === null || filing.share < best.share ? filing : best),
    null,
  );
  return [...new Set(rarest?.tags ?? [])];
}

/** The longest word of a phrase, the one least likely to be met by chance; none where it has no word. */
function longest(words: readonly string[]): string[] {
  const [first, ...rest] = words;
  return first === undefined ? [] : [rest.reduce((best, word) => (word.length > best.length ? word : best), first)];
}
