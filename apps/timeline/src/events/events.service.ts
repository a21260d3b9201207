import { Inject, Injectable } from '@nestjs/common';
import { type EventReport, type EventRevision, type Page, slugify, type TimelineEvent } from '@themeline/contracts';
import { badRequest, decodeCursor, encodeCursor, type FieldError, notFound } from '@themeline/http';
import { eventReportOf } from '@themeline/merging';
import type { Vocabulary } from '@themeline/vocabulary';
import { z } from 'zod';
import { SequenceRepository } from '../sequence/sequence.repository';
import { ThemesRepository } from '../themes/themes.repository';
import { type ClaimDocument, type EventDocument, type MergeNote, type RevisionDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { conditionsOf, type EventCursor, eventCursor, type EventQuery, fingerprintOf, sortKeyOf } from './event.query';
import { EventsRepository } from './events.repository';

export interface EventPage extends Page<TimelineEvent> {
  facets?: Record<string, { value: string; count: number }[]>;
}

/** Why each report is in an event. */
export interface Explanation {
  reportId: string;
  source: string;
  headline: string;
  merge: MergeNote;
}

const claimCursor = z.object({ at: z.number(), id: z.string().max(200), revision: z.number().int() });
const revisionCursor = z.object({ below: z.number().int() });

@Injectable()
export class EventsService {
  constructor(
    private readonly events: EventsRepository,
    private readonly sequence: SequenceRepository,
    private readonly themes: ThemesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  async list(query: EventQuery): Promise<EventPage> {
    await this.checkNames(query);
    const cursor = query.cursor === undefined ? null : this.readCursor(query.cursor, query);
    const seq = cursor?.seq ?? (await this.placeOf(query));
    const entities = query.entity?.map((name) => this.vocabulary.resolveEntity(name)?.id ?? slugify(name));
    const conditions = conditionsOf(query, entities);
    const rows = await this.events.findPage(seq, conditions, query.sort, cursor, query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = shown[shown.length - 1];
    const more = rows.length > query.limit && last !== undefined;
    return {
      items: await this.withReports(shown),
      nextCursor: more
        ? encodeCursor({
            seq,
            key: sortKeyOf(last, query.sort),
            id: last.eventId,
            for: fingerprintOf(query),
          } satisfies EventCursor)
        : null,
      ...(query.facets === undefined ? {} : { facets: await this.events.countFacets(seq, conditions, query.facets) }),
    };
  }

  /** The event, or the id of the one that it was merged into. */
  async read(id: string): Promise<{ event: TimelineEvent } | { heir: string }> {
    const document = await this.events.find(id);
    if (document === null) throw noSuchEvent(id);
    if (document.heir !== null) return { heir: await this.heirOf(document.heir) };
    return { event: await this.show(document) };
  }

  async revisions(id: string, limit: number, cursor: string | undefined): Promise<Page<EventRevision>> {
    await this.require(id);
    const below = cursor === undefined ? null : decodeCursor(cursor, revisionCursor).below;
    const rows = await this.events.findRevisions(id, below, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    return {
      items: shown.map(revisionOut),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ below: last.revision }) : null,
    };
  }

  reports(id: string, limit: number, cursor: string | undefined): Promise<Page<EventReport>> {
    return this.pageOfClaims(id, limit, cursor, ({ report }) => (report === null ? [] : [eventReportOf(report)]));
  }

  explain(id: string, limit: number, cursor: string | undefined): Promise<Page<Explanation>> {
    return this.pageOfClaims(id, limit, cursor, ({ report, merge }) =>
      report === null || merge === null
        ? []
        : [{ reportId: report.reportId, source: report.source.name, headline: report.headline, merge }],
    );
  }

  /** Where a chain of merges ends. */
  private async heirOf(id: string): Promise<string> {
    const { heir } = await this.require(id);
    return heir === null ? id : this.heirOf(heir);
  }

  private async placeOf(query: EventQuery): Promise<number> {
    return query.asOf === undefined ? this.sequence.current() : this.sequence.at(new Date(query.asOf));
  }

  private readCursor(text: string, query: EventQuery): EventCursor {
    const cursor = decodeCursor(text, eventCursor);
    if (cursor.for === fingerprintOf(query)) return cursor;
    const message = 'belongs to a list with other filters or another order';
    throw badRequest(`the query parameter 'cursor' ${message}`, [{ path: 'cursor', message }]);
  }

  private async checkNames(query: EventQuery): Promise<void> {
    const errors: FieldError[] = [];
    query.kind?.forEach((kind, index) => {
      if (!this.vocabulary.kindById.has(kind))
        errors.push({ path: `kind[${String(index)}]`, message: `no such kind: '${kind}'` });
    });
    if (query.theme !== undefined) {
      const { ids } = await this.themes.current();
      query.theme.forEach((theme, index) => {
        if (!ids.has(theme)) errors.push({ path: `theme[${String(index)}]`, message: `no such theme: '${theme}'` });
      });
    }
    const [first] = errors;
    if (first !== undefined) throw badRequest(first.message, errors);
  }

  private async withReports(rows: readonly RevisionDocument[]): Promise<TimelineEvent[]> {
    const reports = await this.events.findShownReports(
      rows.map((row) => ({ id: row.eventId, revision: row.revision })),
    );
    return rows.map((row) => ({ ...row.snapshot, reports: reports.get(row.eventId) ?? [] }));
  }

  /** With its earliest reports. */
  async show(event: EventDocument): Promise<TimelineEvent> {
    const reports = await this.events.findShownReports([{ id: event._id, revision: event.revision }]);
    return { ...event.snapshot, reports: reports.get(event._id) ?? [] };
  }

  private async pageOfClaims<T>(
    id: string,
    limit: number,
    cursor: string | undefined,
    show: (claim: ClaimDocument) => T[],
  ): Promise<Page<T>> {
    const event = await this.require(id);
    const after = cursor === undefined ? null : decodeCursor(cursor, claimCursor);
    // The walk stays at the revision at which it began.
    const revision = after?.revision ?? event.revision;
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

  private async require(id: string): Promise<EventDocument> {
    const event = await this.events.find(id);
    if (event === null) throw noSuchEvent(id);
    return event;
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
