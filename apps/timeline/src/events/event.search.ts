import { Inject, Injectable } from '@nestjs/common';
import { slugify, type TimelineEvent } from '@themeline/contracts';
import { badRequest, type FieldError } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import { setTimeout } from 'node:timers/promises';
import { SequenceRepository } from '../sequence/sequence.repository';
import { NO_THEMES, type ThemeSet, ThemesRepository } from '../themes/themes.repository';
import type { RevisionDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { type Access, plainAccess, planAccess } from './access.plan';
import { EventBatch, reportsOf } from './event.batch';
import type { EventFilter } from './event.filter';
import { inHeadline, type Position, positionOf, type Sort } from './event.order';
import { EventsRepository } from './events.repository';
import { conditionsOf, type Criteria, criteriaOf } from './filter.criteria';
import { FrequencyRepository } from './frequency.repository';
import { type Newest, NewestState } from './newest.state';
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

/** Of a list, and how it is read: `headline` says which of the two parts of the order of relevance it is. */
interface Part {
  headline?: boolean;
  access: Access;
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
    private readonly newest: NewestState,
    private readonly themes: ThemesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * What the filter means now, or as of its `asOf`; or at `seq`, where a walk has begun there.
   *
   * @throws ProblemError 400 naming each kind or theme that there is not
   */
  async select(filter: EventFilter, seq?: number): Promise<Selection> {
    const namesThemes = filter.theme !== undefined || filter.entity !== undefined;
    const [place, themes] = await Promise.all([
      seq ?? this.placeOf(filter),
      namesThemes ? this.themes.current() : NO_THEMES,
    ]);
    return this.selectAt(filter, { seq: place, themes });
  }

  /**
   * What `read` makes of the events that the filter means, now or as of its `asOf`; it may be done twice.
   *
   * @throws ProblemError 400 naming each kind or theme that there is not
   */
  async selected<T>(filter: EventFilter, read: (selection: Selection) => Promise<T>): Promise<T> {
    if (filter.asOf !== undefined) return read(await this.select(filter));
    return this.newest.at(async (newest) => read(await this.selectAt(filter, newest)));
  }

  private async selectAt(filter: EventFilter, { seq, themes }: Newest): Promise<Selection> {
    this.checkNames(filter, themes);
    const entities = filter.entity?.map((name) => this.idOf(name, themes));
    const criteria = criteriaOf(filter, entities, await this.sinceOf(filter));
    return { filter, seq, criteria, conditions: conditionsOf(criteria) };
  }

  /** At most `limit` states in that order, from after the position on. */
  async page(selection: Selection, sort: Sort, after: Position | null, limit: number): Promise<FoundPage> {
    return this.read(selection, sort, after, limit, await this.partsFor(selection, sort, limit + 1));
  }

  /**
   * The first `limit` events of the selection in that order, with their earliest reports, some hundreds at a time. Each batch is a
   * query of its own that goes on by key, so a reader may take as long as it likes, and memory holds three batches: database and
   * service work side by side, on the reports of the one and the rows of the next while a third is written.
   */
  async *walk(selection: Selection, sort: Sort, limit = Infinity): AsyncGenerator<EventBatch, void, undefined> {
    const parts = await this.partsFor(selection, sort, Math.min(WALK_BATCH, limit), limit > WALK_BATCH);
    let left = limit;
    const pageAfter = (after: Position | null): Promise<FoundPage> =>
      begun(this.read(selection, sort, after, Math.min(WALK_BATCH, left), parts));
    let coming = pageAfter(null);
    let before: Promise<EventBatch> | undefined;
    for (;;) {
      const { rows, next } = await coming;
      left -= rows.length;
      const isLast = next === null || left <= 0;
      if (!isLast) coming = pageAfter(next);
      const batch = begun(this.batchOf(rows));
      if (before !== undefined) yield await before;
      before = batch;
      if (!isLast) continue;
      if (rows.length > 0) yield await batch;
      return;
    }
  }

  /** With their earliest reports. */
  async batchOf(rows: readonly ListedRow[]): Promise<EventBatch> {
    return new EventBatch(rows, rows.length === 0 ? new Map() : await this.events.findShownReports(rows));
  }

  async withReports(
    rows: readonly Pick<RevisionDocument, 'eventId' | 'revision' | 'sourceCount' | 'snapshot'>[],
  ): Promise<TimelineEvent[]> {
    const reports = await this.events.findShownReports(rows);
    return rows.map(({ eventId, snapshot }) => ({ ...snapshot, reports: reportsOf(reports.get(eventId) ?? []) }));
  }

  /** Of an entity by id, name or alias, as it goes by since some were merged. */
  private idOf(name: string, { merged }: ThemeSet): string {
    const id = this.vocabulary.resolveEntity(name)?.id ?? slugify(name);
    return merged.get(id)?.id ?? id;
  }

  /** The last place of that time. What was committed by then and waits for its place is waited for, so that the answer stays. */
  async placeAt(asOf: string): Promise<number> {
    const time = new Date(asOf);
    for (let look = 0; look < MAX_LOOKS && (await this.sequence.isBehind(time)); look += 1) await setTimeout(LOOK_MS);
    return this.sequence.at(time);
  }

  /** How the database is to go about it. `whole`: all of it is wanted, page after page; `headline`: every word must be in the headline. */
  async planFor(
    { criteria, seq }: Selection,
    sort: Sort,
    limit: number,
    { whole = false, headline = false } = {},
  ): Promise<Access> {
    const plain = plainAccess(criteria, sort);
    if (plain !== null) return plain;
    return planAccess(criteria, sort, limit, await this.frequencies.of(criteria, seq, headline), whole);
  }

  private async partsFor(selection: Selection, sort: Sort, limit: number, whole = false): Promise<Part[]> {
    const { words } = selection.criteria;
    const rest = this.planFor(selection, sort, limit, { whole });
    // Where no word must occur nothing is more relevant than the rest.
    if (sort !== 'relevance' || words === null || requiredTerms(words).length === 0) return [{ access: await rest }];
    const first = this.planFor(selection, sort, limit, { whole, headline: true });
    const [inHeadlines, others] = await Promise.all([first, rest]);
    return [
      { headline: true, access: inHeadlines },
      { headline: false, access: others },
    ];
  }

  private async read(
    { seq, criteria }: Selection,
    sort: Sort,
    after: Position | null,
    limit: number,
    parts: readonly Part[],
  ): Promise<FoundPage> {
    const found: { row: ListedRow; headline: boolean }[] = [];
    for (const { headline, access } of parts) {
      const isOver = headline === true && after !== null && !inHeadline(after);
      if (isOver || found.length > limit) continue;
      const query = pageQuery(seq, criteria, access, sort, after, headline);
      const rows = await this.events.findPage(query, limit + 1 - found.length);
      found.push(...rows.map((row) => ({ row, headline: headline === true })));
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

  private checkNames(filter: EventFilter, themes: ThemeSet): void {
    const errors: FieldError[] = [];
    filter.kind?.forEach((kind, index) => {
      if (!this.vocabulary.kindById.has(kind))
        errors.push({ path: `kind[${String(index)}]`, message: `no such kind: '${kind}'` });
    });
    filter.theme?.forEach((theme, index) => {
      if (!themes.ids.has(theme))
        errors.push({ path: `theme[${String(index)}]`, message: `no such theme: '${theme}'` });
    });
    const [first] = errors;
    if (first !== undefined) throw badRequest(first.message, errors);
  }
}

/** Its failure is told where it is awaited, and to nobody when that is not come to. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
