import { Inject, Injectable } from '@nestjs/common';
import { slugify, type TimelineEvent } from '@themeline/contracts';
import { badRequest, type FieldError } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import { setTimeout } from 'node:timers/promises';
import { NewestPlace } from '../sequence/newest.place';
import { SequenceRepository } from '../sequence/sequence.repository';
import { ThemesRepository } from '../themes/themes.repository';
import { VOCABULARY } from '../timeline.tokens';
import { type Access, planAccess } from './access.plan';
import type { EventFilter } from './event.filter';
import { inHeadline, type Position, positionOf, type Sort } from './event.order';
import { EventsRepository } from './events.repository';
import { conditionsOf, type Criteria, criteriaOf } from './filter.criteria';
import { FrequencyRepository } from './frequency.repository';
import { type ListedRow, pageQuery } from './page.query';
import { requiredTerms } from './word.query';

/** The events that a filter means, at one place in the one order: whatever is written later, they stay the same. */
export interface Selection {
  readonly filter: EventFilter;
  readonly seq: number;
  readonly criteria: Criteria;
  /** On revisions, without the place. */
  readonly conditions: readonly object[];
}

/** Rows in order, and where to go on; null at the end. */
export interface FoundPage {
  rows: ListedRow[];
  next: Position | null;
}

const LOOK_MS = 20;
const MAX_LOOKS = 50;
const WALK_BATCH = 500;

/** Finds events by filter: for lists, counts, exports and streams alike. */
@Injectable()
export class EventSearch {
  constructor(
    private readonly events: EventsRepository,
    private readonly frequencies: FrequencyRepository,
    private readonly sequence: SequenceRepository,
    private readonly newest: NewestPlace,
    private readonly themes: ThemesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * What the filter means now, or as of its `asOf`; or at `seq`, where a walk has begun there.
   *
   * @throws ProblemError 400 naming each kind or theme that there is not
   */
  async select(filter: EventFilter, seq?: number): Promise<Selection> {
    const [place, since] = await Promise.all([
      seq ?? this.placeOf(filter),
      this.sinceOf(filter),
      this.checkNames(filter),
    ]);
    const entities = filter.entity === undefined ? undefined : await this.idsOf(filter.entity);
    const criteria = criteriaOf(filter, entities, since);
    return { filter, seq: place, criteria, conditions: conditionsOf(criteria) };
  }

  /**
   * What `read` makes of the events that the filter means, now or as of its `asOf`; it may be done twice.
   *
   * @throws ProblemError 400 naming each kind or theme that there is not
   */
  async selected<T>(filter: EventFilter, read: (selection: Selection) => Promise<T>): Promise<T> {
    if (filter.asOf !== undefined) return read(await this.select(filter));
    return this.newest.at(async (seq) => read(await this.select(filter, seq)));
  }

  /** At most `limit` states in that order, from after the position on. */
  async page(selection: Selection, sort: Sort, after: Position | null, limit: number): Promise<FoundPage> {
    return this.read(selection, sort, after, limit, await this.planFor(selection, sort, limit + 1));
  }

  /**
   * All events of the selection in that order, with their earliest reports, some hundreds at a time. Each batch is a query of its
   * own that goes on by key, so a reader may take as long as it likes, and memory holds one batch.
   */
  async *walk(selection: Selection, sort: Sort): AsyncGenerator<TimelineEvent[], void, undefined> {
    const access = await this.planFor(selection, sort, WALK_BATCH, true);
    let after: Position | null = null;
    do {
      const { rows, next }: FoundPage = await this.read(selection, sort, after, WALK_BATCH, access);
      if (rows.length > 0) yield await this.withReports(rows);
      after = next;
    } while (after !== null);
  }

  async withReports(rows: readonly ListedRow[]): Promise<TimelineEvent[]> {
    const reports = await this.events.findShownReports(rows.map((row) => row.snapshot));
    return rows.map(({ snapshot }) => ({ ...snapshot, reports: reports.get(snapshot.id) ?? [] }));
  }

  /** Of entities by id, name or alias, as they go by since some were merged. */
  private async idsOf(names: readonly string[]): Promise<string[]> {
    const { merged } = await this.themes.current();
    return names.map((name) => {
      const id = this.vocabulary.resolveEntity(name)?.id ?? slugify(name);
      return merged.get(id)?.id ?? id;
    });
  }

  /** The last place of that time. What was committed by then and waits for its place is waited for, so that the answer stays. */
  async placeAt(asOf: string): Promise<number> {
    const time = new Date(asOf);
    for (let look = 0; look < MAX_LOOKS && (await this.sequence.isBehind(time)); look += 1) await setTimeout(LOOK_MS);
    return this.sequence.at(time);
  }

  /** How the database is to go about it. `whole`: all of it is wanted, page after page. */
  async planFor({ criteria, seq }: Selection, sort: Sort, limit: number, whole = false): Promise<Access> {
    return planAccess(criteria, sort, limit, await this.frequencies.of(criteria, seq), whole);
  }

  private async read(
    { seq, criteria }: Selection,
    sort: Sort,
    after: Position | null,
    limit: number,
    access: Access,
  ): Promise<FoundPage> {
    const found: { row: ListedRow; headline: boolean }[] = [];
    const part = async (headline?: boolean): Promise<void> => {
      const query = pageQuery(seq, criteria, access, sort, after, headline);
      const rows = await this.events.findPage(query, limit + 1 - found.length);
      found.push(...rows.map((row) => ({ row, headline: headline === true })));
    };
    // Where no word must occur nothing is more relevant than the rest.
    const ranked = sort === 'relevance' && criteria.words !== null && requiredTerms(criteria.words).length > 0;
    if (!ranked) await part();
    else {
      if (after === null || inHeadline(after)) await part(true);
      if (found.length <= limit) await part(false);
    }
    const shown = found.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      rows: shown.map(({ row }) => row),
      next: found.length > limit && last !== undefined ? positionOf(last.row, sort, last.headline) : null,
    };
  }

  private placeOf(filter: EventFilter): Promise<number> {
    return filter.asOf === undefined ? this.sequence.current() : this.placeAt(filter.asOf);
  }

  private async sinceOf({ recordedSince }: EventFilter): Promise<number | null> {
    if (recordedSince === undefined) return null;
    return (await this.sequence.firstKnownSince(new Date(recordedSince))) ?? Number.MAX_SAFE_INTEGER;
  }

  private async checkNames(filter: EventFilter): Promise<void> {
    const errors: FieldError[] = [];
    filter.kind?.forEach((kind, index) => {
      if (!this.vocabulary.kindById.has(kind))
        errors.push({ path: `kind[${String(index)}]`, message: `no such kind: '${kind}'` });
    });
    if (filter.theme !== undefined) {
      const { ids } = await this.themes.current();
      filter.theme.forEach((theme, index) => {
        if (!ids.has(theme)) errors.push({ path: `theme[${String(index)}]`, message: `no such theme: '${theme}'` });
      });
    }
    const [first] = errors;
    if (first !== undefined) throw badRequest(first.message, errors);
  }
}
