import { match as matchSchema, type Match, type Why } from '@themeline/contracts';
import type { MatchableEvent } from './event.facts';
import { EventReader } from './event.reader';
import { explainMatch, matchesEvent } from './match.verifier';
import { ECHO, ENTRY_WORDS, EventFilter, EXACT, filterOf, TermTests } from './posting.entry';
import { BLOCK_ENTRIES, PostingLists } from './posting.lists';
import { type Clause, rarestOf, requirementsOf } from './requirements';
import { RowStore } from './row.store';
import { hashOf, SlotTable } from './slot.table';
import {
  type EventNumbers,
  filingsOf,
  freeRecord,
  givenOf,
  RecordWriter,
  termsOf,
  verifyRecord,
} from './subscription.record';
import { EVERY, TermTable } from './term.table';
import { offsetOf, WordArena } from './word.arena';

export interface IndexedSubscription {
  id: string;
  match: Match;
}

/** The column of a subscription's row. Its row number is its slot. */
const RECORD = 0;

/**
 * Finds the subscriptions that want an event without asking each of them: every subscription is filed under the terms of
 * its rarest requirement (an entity, a word, a theme), an event looks up the terms that it has, and what is found there is
 * verified in full. Nothing is ever rebuilt, moved or grown as a whole: each change and each growth is small, however many
 * subscriptions there are.
 */
export class SubscriptionIndex {
  private readonly records = new WordArena();
  private readonly terms = new TermTable();
  private readonly lists = new PostingLists(this.terms.rows);
  private readonly reader = new EventReader(this.terms);
  private readonly slotById = new SlotTable();
  private readonly slots = new RowStore(0);
  private readonly filter = new EventFilter(this.terms);
  private numbers: EventNumbers = { importance: 0, sourceCount: 0, amountUsd: 0 };
  private found: string[] = [];

  get size(): number {
    return this.slotById.size;
  }

  /** The memory that it has taken outside of the heap; what is free again stays with it. */
  get bytes(): number {
    return this.records.bytes + this.lists.bytes + this.slots.bytes + this.terms.rows.bytes;
  }

  /** Files a subscription, in place of the one with the same id. */
  upsert({ id, match }: IndexedSubscription): void {
    this.remove(id);
    const slot = this.slots.take();
    this.slots.set(slot, RECORD, this.file(slot, id, match));
    this.slotById.add(hashOf(id), slot);
  }

  /** Takes a subscription out; an unknown id is nothing to do. */
  remove(id: string): void {
    const slot = this.slotOf(id);
    if (slot < 0) return;
    this.slotById.remove(hashOf(id), slot);
    this.unfile(slot);
    this.slots.give(slot);
  }

  /** The ids of all subscriptions that want the event, each once, in no order. */
  match(event: MatchableEvent): string[] {
    this.reader.read(event);
    this.filter.take(event);
    const { importance, sourceCount, amount } = event;
    this.numbers = { importance, sourceCount, amountUsd: amount?.usd ?? -1 };
    const found: string[] = [];
    this.found = found;
    for (const term of this.terms.marked) this.scan(term);
    this.found = [];
    return found;
  }

  /** Whether one subscription wants the event; false for an unknown id. */
  matches(id: string, event: MatchableEvent): boolean {
    const match = this.matchOf(id);
    return match !== null && matchesEvent(match, event);
  }

  /** What of the event satisfied each field of the subscription, see `explainMatch`; empty when it does not match. */
  why(id: string, event: MatchableEvent): Why {
    const match = this.matchOf(id);
    return (match === null ? null : explainMatch(match, event)) ?? [];
  }

  private matchOf(id: string): Match | null {
    const slot = this.slotOf(id);
    return slot < 0 ? null : this.givenOf(slot).match;
  }

  /** -1 for an unknown id. */
  private slotOf(id: string): number {
    return this.slotById.find(hashOf(id), (slot) => this.givenOf(slot).id === id);
  }

  private givenOf(slot: number): IndexedSubscription {
    return unpack(givenOf(this.records, this.slots.get(slot, RECORD)));
  }

  private scan(term: number): void {
    const length = this.lists.length(term);
    for (let from = 0, block = 0; from < length; from += BLOCK_ENTRIES, block += 1) {
      this.scanBlock(term, this.lists.block(term, block), Math.min(BLOCK_ENTRIES, length - from));
    }
  }

  private scanBlock(term: number, address: number, entries: number): void {
    const { filter, found } = this;
    const words = this.lists.pageOf(address);
    const ids = this.lists.idsOf(address);
    const end = offsetOf(address) + entries * ENTRY_WORDS;
    // Looked up once: as imports they would be looked up for every entry.
    const [echo, exact, step] = [ECHO, EXACT, ENTRY_WORDS];
    for (let at = filter.next(words, offsetOf(address), end); at < end; at = filter.next(words, at + step, end)) {
      const slot = words[at]!;
      const flags = words[at + 1]!;
      if ((flags & echo) !== 0 && this.isEcho(slot, term)) continue;
      if ((flags & exact) === 0 && !this.verify(slot)) continue;
      found.push(ids[at / step]!);
    }
  }

  /** Whether the event has a term under which the subscription is filed before this one. */
  private isEcho(slot: number, term: number): boolean {
    const filings = filingsOf(this.records, this.slots.get(slot, RECORD));
    for (let at = 0; filings[at] !== term; at += 2) if (this.terms.isMarked(filings[at]!)) return true;
    return false;
  }

  private verify(slot: number): boolean {
    return verifyRecord(this.records, this.slots.get(slot, RECORD), this.terms, this.numbers);
  }

  /** The address of the record. */
  private file(slot: number, id: string, match: Match): number {
    const requirements = requirementsOf(match);
    const clauses = requirements.anyOf.map((clause) => ({ clause, terms: this.acquire(clause) }));
    const termsIn = (field: 'kind' | 'country'): number[] =>
      clauses.find(({ clause }) => clause[0]?.field === field)?.terms ?? [];
    const filter = filterOf(requirements, termsIn('kind'), termsIn('country'), this.terms);
    const rarest = rarestOf(requirements.anyOf);
    const record = new RecordWriter();
    const tests = new TermTests();
    let isExact = filter.covers.numbers;
    for (const { clause, terms } of clauses.sort((one, other) => one.terms.length - other.terms.length)) {
      const field = clause[0]?.field;
      const isCovered =
        clause === rarest ||
        (field === 'kind' && filter.covers.kinds) ||
        (field === 'country' && filter.covers.countries);
      record.anyOf(terms, isCovered);
      if (!isCovered && !tests.addOneOf(terms)) isExact = false;
    }
    const none = this.acquire(requirements.noneOf);
    record.noneOf(none);
    if (!tests.addNoneOf(none)) isExact = false;
    if (!filter.covers.numbers) record.numbers(requirements);
    const under = rarest === null ? [EVERY] : [...new Set(clauses.find(({ clause }) => clause === rarest)?.terms)];
    const [thresholds, kinds, countries] = filter.words;
    const filings = under.flatMap((term, index) => {
      const own = tests.copy();
      const echo = own.addNoneOf(under.slice(0, index)) ? 0 : ECHO;
      const entry = [slot, thresholds | (isExact ? EXACT : 0) | echo, kinds, countries, ...own.toWords()];
      return [term, this.lists.add(term, entry, id)];
    });
    return record.write(this.records, filings, pack(id, match));
  }

  private unfile(slot: number): void {
    const record = this.slots.get(slot, RECORD);
    const filings = filingsOf(this.records, record);
    for (let at = 0; at < filings.length; at += 2) this.takeOff(filings[at]!, filings[at + 1]!);
    // All at once, for the record is read while its terms are let go.
    for (const term of [...termsOf(this.records, record)]) this.terms.release(term);
    freeRecord(this.records, record);
  }

  private takeOff(term: number, place: number): void {
    const moved = this.lists.remove(term, place);
    if (moved < 0) return;
    const filings = filingsOf(this.records, this.slots.get(moved, RECORD));
    for (let at = 0; at < filings.length; at += 2) if (filings[at] === term) filings[at + 1] = place;
  }

  private acquire(clause: Clause): number[] {
    return clause.map((term) => this.terms.acquire(term));
  }
}

const NOTHING_ASKED = matchSchema.parse({});

/** Without what asks for nothing. */
function pack(id: string, { keywords, ...fields }: Match): string {
  const asked = Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
  const isAnyKeyword = ![keywords.all, keywords.any, keywords.none].every(isEmpty);
  return JSON.stringify([id, isAnyKeyword ? { ...asked, keywords } : asked]);
}

function unpack(packed: string): IndexedSubscription {
  const [id, asked] = JSON.parse(packed) as [string, Partial<Match>];
  return { id, match: { ...NOTHING_ASKED, ...asked } };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
