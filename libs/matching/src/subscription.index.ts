import { match as matchSchema, type Match, type Why } from '@themeline/contracts';
import type { MatchableEvent } from './event.facts';
import { EventReader } from './event.reader';
import { GradualMap } from './gradual.map';
import { explainMatch, matchesEvent } from './match.verifier';
import { type EventLanes, EXACT, filterOf, GUARDS, lanesOf, MANY, THRESHOLDS, ANY_COUNTRY } from './posting.entry';
import { BLOCK_ENTRIES, ENTRY_WORDS, PostingLists } from './posting.lists';
import { type Clause, rarestOf, type Requirements, requirementsOf } from './requirements';
import { RowStore, TextStore } from './row.store';
import { type EventNumbers, filingsOf, freeRecord, RecordWriter, termsOf, verifyRecord } from './subscription.record';
import { EVERY, TermTable } from './term.table';
import { offsetOf, WordArena } from './word.arena';

export interface IndexedSubscription {
  id: string;
  match: Match;
}

/** The columns of a subscription's row. Its row number is its slot. */
const RECORD = 0;
const MET = 1;

/**
 * Finds the subscriptions that want an event without asking each of them: every subscription is filed under the terms of
 * its rarest requirement (an entity, a word, a theme), an event looks up the terms that it has, and what is found there is
 * verified in full. Nothing is ever rebuilt, moved or grown as a whole: each change and each growth is small, however many
 * subscriptions there are.
 */
export class SubscriptionIndex {
  private readonly arena = new WordArena();
  private readonly terms = new TermTable();
  private readonly lists = new PostingLists(this.terms.rows, this.arena);
  private readonly reader = new EventReader(this.terms);
  private readonly slotById = new GradualMap<number>();
  private readonly slots = new RowStore(1);
  private readonly ids = new TextStore();
  /** Each `match` as given, as JSON: what `why` and `matches` go by. */
  private readonly given = new TextStore();
  private lookups = 0;
  private lanes: EventLanes = { thresholds: 0, status: 0, kind: 0 };
  private numbers: EventNumbers = { importance: 0, sourceCount: 0, amountUsd: 0 };
  private found: string[] = [];

  get size(): number {
    return this.slotById.size;
  }

  /** Files a subscription, in place of the one with the same id. */
  upsert({ id, match }: IndexedSubscription): void {
    const given = pack(match);
    const known = this.slotById.get(id);
    if (known !== undefined && this.given.get(known) === given) return;
    this.remove(id);
    const slot = this.slots.take();
    this.slotById.set(id, slot);
    this.ids.set(slot, id);
    this.given.set(slot, given);
    this.slots.set(slot, RECORD, this.file(slot, requirementsOf(match)));
  }

  /** Takes a subscription out; an unknown id is nothing to do. */
  remove(id: string): void {
    const slot = this.slotById.get(id);
    if (slot === undefined) return;
    this.unfile(slot);
    this.slotById.delete(id);
    this.ids.set(slot, '');
    this.given.set(slot, '');
    this.slots.give(slot);
  }

  /** The ids of all subscriptions that want the event, each once, in no order. */
  match(event: MatchableEvent): string[] {
    this.reader.read(event);
    this.lanes = lanesOf(event, this.terms);
    const { importance, sourceCount, amount } = event;
    this.numbers = { importance, sourceCount, amountUsd: amount?.usd ?? -1 };
    this.beginLookup();
    const found: string[] = [];
    this.found = found;
    for (const term of this.reader.present) this.scan(term);
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
    const slot = this.slotById.get(id);
    return slot === undefined ? null : unpack(this.given.get(slot));
  }

  private beginLookup(): void {
    if (this.lookups === 0x7fff_ffff) {
      this.slots.fillColumn(MET, 0);
      this.lookups = 0;
    }
    this.lookups += 1;
  }

  private scan(term: number): void {
    const length = this.lists.length(term);
    for (let from = 0, block = 0; from < length; from += BLOCK_ENTRIES, block += 1) {
      this.scanBlock(this.lists.block(term, block), Math.min(BLOCK_ENTRIES, length - from));
    }
  }

  private scanBlock(address: number, entries: number): void {
    const { lanes, found, ids } = this;
    const { countries } = this.reader;
    const words = this.arena.pageOf(address);
    const end = offsetOf(address) + entries * ENTRY_WORDS;
    const passes = GUARDS | lanes.status;
    for (let at = offsetOf(address); at < end; at += ENTRY_WORDS) {
      const filter = words[at + 1]!;
      if ((((lanes.thresholds - (filter & THRESHOLDS)) & GUARDS) | (filter & lanes.status)) !== passes) continue;
      if ((words[at + 2]! & lanes.kind) === 0) continue;
      const asked = words[at + 3]!;
      if (asked !== ANY_COUNTRY && !hasOneOf(countries, asked)) continue;
      const slot = words[at]!;
      if ((filter & MANY) !== 0 && this.wasMet(slot)) continue;
      if ((filter & EXACT) === 0 && !this.verify(slot)) continue;
      found.push(ids.get(slot));
    }
  }

  /** Whether this look-up met the subscription before, under another term. */
  private wasMet(slot: number): boolean {
    if (this.slots.get(slot, MET) === this.lookups) return true;
    this.slots.set(slot, MET, this.lookups);
    return false;
  }

  private verify(slot: number): boolean {
    return verifyRecord(this.arena, this.slots.get(slot, RECORD), this.terms, this.numbers);
  }

  /** The address of the record. */
  private file(slot: number, requirements: Requirements): number {
    const clauses = requirements.anyOf.map((clause) => ({ clause, terms: this.acquire(clause) }));
    const termsIn = (field: 'kind' | 'country'): number[] =>
      clauses.find(({ clause }) => clause[0]?.field === field)?.terms ?? [];
    const filter = filterOf(requirements, termsIn('kind'), termsIn('country'), this.terms);
    const rarest = rarestOf(requirements.anyOf);
    const record = new RecordWriter();
    for (const { clause, terms } of clauses) {
      const field = clause[0]?.field;
      const isInEntry = (field === 'kind' && filter.covers.kinds) || (field === 'country' && filter.covers.countries);
      record.anyOf(terms, clause === rarest || isInEntry);
    }
    record.noneOf(this.acquire(requirements.noneOf));
    if (!filter.covers.numbers) record.numbers(requirements);
    const under = rarest === null ? [EVERY] : [...new Set(clauses.find(({ clause }) => clause === rarest)?.terms)];
    const [thresholds, kinds, countries] = filter.words;
    const flags = (under.length > 1 ? MANY : 0) | (record.isDecided ? EXACT : 0);
    const entry = [slot, thresholds | flags, kinds, countries];
    return record.write(
      this.arena,
      under.flatMap((term) => [term, this.lists.add(term, entry)]),
    );
  }

  private unfile(slot: number): void {
    const record = this.slots.get(slot, RECORD);
    const filings = filingsOf(this.arena, record);
    for (let at = 0; at < filings.length; at += 2) this.takeOff(filings[at]!, filings[at + 1]!);
    // All at once, for the record is read while its terms are let go.
    for (const term of [...termsOf(this.arena, record)]) this.terms.release(term);
    freeRecord(this.arena, record);
  }

  private takeOff(term: number, place: number): void {
    const moved = this.lists.remove(term, place);
    if (moved < 0) return;
    const filings = filingsOf(this.arena, this.slots.get(moved, RECORD));
    for (let at = 0; at < filings.length; at += 2) if (filings[at] === term) filings[at + 1] = place;
  }

  private acquire(clause: Clause): number[] {
    return clause.map((term) => this.terms.acquire(term));
  }
}

/** `asked`: up to four codes, a byte each. */
function hasOneOf(codes: Uint8Array, asked: number): boolean {
  return (
    (codes[asked & 255]! | codes[(asked >>> 8) & 255]! | codes[(asked >>> 16) & 255]! | codes[asked >>> 24]!) !== 0
  );
}

const NOTHING_ASKED = matchSchema.parse({});

/** Without what asks for nothing. */
function pack(match: Match): string {
  const { keywords, ...fields } = match;
  const asked = Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
  return JSON.stringify([keywords.all, keywords.any, keywords.none].every(isEmpty) ? asked : { ...asked, keywords });
}

function unpack(given: string): Match {
  return { ...NOTHING_ASKED, ...(JSON.parse(given) as Partial<Match>) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
