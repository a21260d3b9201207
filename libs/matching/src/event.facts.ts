import { slugify, type TimelineEvent } from '@themeline/contracts';
import { foldedWords } from '@themeline/merging';
import { wordsOf } from './folded.words';

/** What of an event decides whether a subscription wants it. */
export type MatchableEvent = Pick<
  TimelineEvent,
  | 'id'
  | 'kind'
  | 'status'
  | 'headline'
  | 'summary'
  | 'entities'
  | 'countries'
  | 'amount'
  | 'themes'
  | 'importance'
  | 'sourceCount'
> & {
  /** Ids of events that were merged into this one: who follows one of them follows this. */
  lineage?: readonly string[];
};

/** An event taken apart once, for a great many questions. */
export interface EventFacts {
  ids: ReadonlySet<string>;
  kind: string;
  status: string;
  /** Ids and folded names. */
  entities: ReadonlySet<string>;
  countries: ReadonlySet<string>;
  themes: ReadonlySet<string>;
  /** Where each word stands in headline and summary; a gap lies between the two, so that no phrase spans them. */
  wordPlaces: ReadonlyMap<string, readonly number[]>;
  /** The words that `q` is looked up in, those of the entities' names too. */
  mentions: ReadonlySet<string>;
  importance: number;
  sourceCount: number;
  amountUsd: number | null;
}

const factsByEvent = new WeakMap<MatchableEvent, EventFacts>();

/** The facts of an event, worked out once per object: an event must not be changed after it was matched. */
export function factsOf(event: MatchableEvent): EventFacts {
  const known = factsByEvent.get(event);
  if (known !== undefined) return known;
  const facts: EventFacts = {
    ids: new Set([event.id, ...(event.lineage ?? [])]),
    kind: event.kind,
    status: event.status,
    entities: new Set(event.entities.flatMap(({ id, name }) => [id, slugify(name)])),
    countries: new Set(event.countries),
    themes: new Set(event.themes),
    wordPlaces: placesOf(event.headline, event.summary ?? ''),
    mentions: new Set(mentionsOf(event)),
    importance: event.importance,
    sourceCount: event.sourceCount,
    amountUsd: event.amount?.usd ?? null,
  };
  factsByEvent.set(event, facts);
  return facts;
}

/** The words of an event in which the timeline looks for `q`, in no order, some more than once. */
export function mentionsOf({ headline, summary, entities }: MatchableEvent): string[] {
  return foldedWords([headline, summary ?? '', ...entities.map(({ name }) => name)].join(' '));
}

function placesOf(...texts: string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [place]);
      else known.push(place);
      place += 1;
    }
    place += 1;
  }
  return places;
}

/** Whether the words stand one after the other. A phrase without any word is found nowhere. */
export function holdsPhrase(facts: EventFacts, phrase: readonly string[]): boolean {
  const [first, ...rest] = phrase;
  if (first === undefined) return false;
  const starts = facts.wordPlaces.get(first);
  if (starts === undefined) return false;
  if (rest.length === 0) return true;
  return starts.some((start) =>
    rest.every((word, index) => facts.wordPlaces.get(word)?.includes(start + 1 + index) ?? false),
  );
}
