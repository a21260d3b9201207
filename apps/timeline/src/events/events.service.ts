import { Injectable } from '@nestjs/common';
import { type EventReport, type EventRevision, type Page, type TimelineEvent } from '@themeline/contracts';
import { badRequest, decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { eventReportOf } from '@themeline/merging';
import { z } from 'zod';
import type { ClaimDocument, EventDocument, MergeNote, RevisionDocument, Snapshot } from '../timeline.collections';
import type { HistogramOut } from '../histogram/histogram.query';
import { HistogramService } from '../histogram/histogram.service';
import { type FacetCounts, FacetsService } from '../rollups/facets.service';
import { type EventBatch, reportsOf } from './event.batch';
import { type EventCursor, eventCursor, type EventQuery, filterOf, fingerprintOf } from './event.query';
import { EventSearch, type Selection } from './event.search';
import { EventsRepository } from './events.repository';

export interface EventPage extends Partial<FacetCounts> {
  items: EventBatch;
  nextCursor: string | null;
  histogram?: HistogramOut;
}

/** Why each report is in an event. */
export interface Explanation {
  reportId: string;
  source: string;
  headline: string;
  merge: MergeNote;
}

/** Which part of a list about one event is asked for. */
export interface Walk {
  limit: number;
  cursor: string | undefined;
  asOf: string | undefined;
}

const claimCursor = z.object({ at: z.number(), id: z.string().max(200), revision: z.number().int() });
const revisionCursor = z.object({ below: z.number().int() });

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly search: EventSearch,
    private readonly facets: FacetsService,
    private readonly histogram: HistogramService,
  ) {}

  async list(query: EventQuery): Promise<EventPage> {
    const filter = filterOf(query);
    if (query.cursor === undefined)
      return this.search.selected(filter, (selection) => this.page(query, selection, null));
    const cursor = this.readCursor(query.cursor, query);
    return this.page(query, await this.search.select(filter, cursor.seq), cursor);
  }

  private async page(query: EventQuery, selection: Selection, cursor: EventCursor | null): Promise<EventPage> {
    const { facets, interval, imprecise = 'spread', by } = query;
    const [{ rows, next }, counts, histogram] = await Promise.all([
      this.search.page(selection, query.sort, cursor, query.limit),
      facets === undefined ? {} : this.facets.count(selection, facets),
      interval === undefined ? null : this.histogram.count(selection, { interval, imprecise, by }),
    ]);
    return {
      items: await this.search.batchOf(rows),
      nextCursor:
        next === null
          ? null
          : encodeCursor({ seq: selection.seq, ...next, for: fingerprintOf(query) } satisfies EventCursor),
      ...counts,
      ...(histogram === null ? {} : { histogram }),
    };
  }

  /** The event as it is or was, or the id of the one that it is or was merged into then. */
  async read(id: string, asOf: string | undefined): Promise<{ event: TimelineEvent } | { heir: string }> {
    const found = await this.locate(id, asOf);
    return 'heir' in found ? found : { event: await this.withItsReports(found.state) };
  }

  /** With its earliest reports. */
  show({ snapshot }: EventDocument): Promise<TimelineEvent> {
    return this.withItsReports(snapshot);
  }

  async revisions(id: string, { limit, cursor, asOf }: Walk): Promise<Page<EventRevision>> {
    if ((await this.events.find(id)) === null) throw noSuchEvent(id);
    const below = cursor === undefined ? null : decodeCursor(cursor, revisionCursor).below;
    const seq = asOf === undefined ? null : await this.search.placeAt(asOf);
    const rows = await this.events.findRevisions(id, below, seq, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      items: shown.map(revisionOut),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ below: last.revision }) : null,
    };
  }

  reports(id: string, walk: Walk): Promise<Page<EventReport> | { heir: string }> {
    return this.pageOfClaims(id, walk, ({ report }) => (report === null ? [] : [eventReportOf(report)]));
  }

  explain(id: string, walk: Walk): Promise<Page<Explanation> | { heir: string }> {
    return this.pageOfClaims(id, walk, ({ report, merge }) =>
      report === null || merge === null
        ? []
        : [{ reportId: report.reportId, source: report.source.name, headline: report.headline, merge }],
    );
  }

  /** The event's state now or then; or the one that stands in its place, where it is or was merged away. */
  private async locate(id: string, asOf: string | undefined): Promise<{ state: Snapshot } | { heir: string }> {
    const seq = asOf === undefined ? null : await this.search.placeAt(asOf);
    for (let at = id; ;) {
      const row = await (seq === null ? this.events.find(at) : this.events.findAt(at, seq));
      if (row === null) throw asOf === undefined ? noSuchEvent(id) : notFound(`no event '${id}' as of ${asOf}`);
      const heir = row.heir ?? null;
      if (heir === null) return at === id ? { state: row.snapshot } : { heir: at };
      at = heir;
    }
  }

  private readCursor(text: string, query: EventQuery): EventCursor {
    const cursor = decodeCursor(text, eventCursor);
    if (cursor.for === fingerprintOf(query)) return cursor;
    const message = 'belongs to a list with other filters or another order';
    throw badRequest(`the query parameter 'cursor' ${message}`, [{ path: 'cursor', message }]);
  }

  private async withItsReports(state: Snapshot): Promise<TimelineEvent> {
    const { id, revision, sourceCount } = state;
    const reports = await this.events.findShownReports([{ eventId: id, revision, sourceCount }]);
    return { ...state, reports: reportsOf(reports.get(id) ?? []) };
  }

  private async pageOfClaims<T>(
    id: string,
    { limit, cursor, asOf }: Walk,
    show: (claim: ClaimDocument) => T[],
  ): Promise<Page<T> | { heir: string }> {
    const after = cursor === undefined ? null : decodeCursor(cursor, claimCursor);
    // The walk stays at the revision at which it began.
    const found = after === null ? await this.locate(id, asOf) : { state: after };
    if ('heir' in found) return found;
    const { revision } = found.state;
    const rows = await this.events.findClaims(id, revision, after, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      items: shown.flatMap(show),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor({ at: last.publishedAt?.getTime() ?? 0, id: last._id, revision })
          : null,
    };
  }
}

function revisionOut(row: RevisionDocument): EventRevision {
  return {
    eventId: row.eventId,
    revision: row.revision,
    seq: row.fromSeq ?? null,
    developments: row.developments,
    cause: {
      ...row.cause,
      ...(row.edit === undefined ? {} : { edit: row.edit.type }),
      ...(row.edit !== undefined && 'other' in row.edit ? { other: row.edit.other } : {}),
    },
    changes: row.changes,
    at: row.at.toISOString(),
  };
}

function noSuchEvent(id: string): Error {
  return notFound(`no such event: '${id}'`);
}
