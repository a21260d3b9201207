import { Inject, Injectable } from '@nestjs/common';
import { slugify, type TimelineEvent } from '@themeline/contracts';
import { badRequest, type FieldError } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import { setTimeout } from 'node:timers/promises';
import { SequenceRepository } from '../sequence/sequence.repository';
import { ThemesRepository } from '../themes/themes.repository';
import type { RevisionDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import type { EventFilter } from './event.filter';
import { type Position, positionOf, type Sort } from './event.order';
import { EventsRepository } from './events.repository';
import { conditionsOf } from './filter.conditions';

/** The events that a filter means, at one place in the one order: whatever is written later, they stay the same. */
export interface Selection {
  readonly filter: EventFilter;
  readonly seq: number;
  /** On revisions, without the place. */
  readonly conditions: readonly object[];
}

const LOOK_MS = 20;
const MAX_LOOKS = 50;
const WALK_BATCH = 500;

/** Finds events by filter: for lists, counts, exports and streams alike. */
@Injectable()
export class EventSearch {
  constructor(
    private readonly events: EventsRepository,
    private readonly sequence: SequenceRepository,
    private readonly themes: ThemesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * What the filter means now, or as of its `asOf`; or at `seq`, where a walk has begun there.
   *
   * @throws ProblemError 400 naming each kind or theme that there is not
   */
  async select(filter: EventFilter, seq?: number): Promise<Selection> {
    const [place] = await Promise.all([seq ?? this.placeOf(filter), this.checkNames(filter)]);
    const entities = filter.entity === undefined ? undefined : await this.idsOf(filter.entity);
    return { filter, seq: place, conditions: conditionsOf(filter, entities) };
  }

  /** At most `limit` states in that order, from after the position on. */
  page({ seq, conditions }: Selection, sort: Sort, after: Position | null, limit: number): Promise<RevisionDocument[]> {
    return this.events.findPage(seq, conditions, sort, after, limit);
  }

  /**
   * All events of the selection in that order, with their earliest reports, some hundreds at a time. Each batch is a query of its
   * own that goes on by key, so a reader may take as long as it likes, and memory holds one batch.
   */
  async *walk(selection: Selection, sort: Sort): AsyncGenerator<TimelineEvent[], void, undefined> {
    for (let after: Position | null = null; ;) {
      const rows: RevisionDocument[] = await this.page(selection, sort, after, WALK_BATCH);
      const last = rows[rows.length - 1];
      if (last !== undefined) yield await this.withReports(rows);
      if (last === undefined || rows.length < WALK_BATCH) return;
      after = positionOf(last, sort);
    }
  }

  async withReports(rows: readonly RevisionDocument[]): Promise<TimelineEvent[]> {
    const reports = await this.events.findShownReports(
      rows.map((row) => ({ id: row.eventId, revision: row.revision })),
    );
    return rows.map((row) => ({ ...row.snapshot, reports: reports.get(row.eventId) ?? [] }));
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

  private placeOf(filter: EventFilter): Promise<number> {
    return filter.asOf === undefined ? this.sequence.current() : this.placeAt(filter.asOf);
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
