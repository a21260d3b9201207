import { Injectable } from '@nestjs/common';
import { type EventReport } from '@themeline/contracts';
import { eventReportOf, SHOWN_REPORTS } from '@themeline/merging';
import { Database } from '@themeline/persistence';
import { type ClaimDocument, type EventDocument, type RevisionDocument } from '../timeline.collections';
import { afterPosition, type Position, type Sort, SORT_FIELDS } from './event.order';
import type { Facet } from './event.query';

const FACET_VALUES = 100;

@Injectable()
export class EventsRepository {
  constructor(private readonly database: Database) {}

  private get events() {
    return this.database.collection<EventDocument>('events');
  }

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  private get claims() {
    return this.database.collection<ClaimDocument>('claims');
  }

  /** The states at a place in the one order that meet the conditions, from after the position on. */
  findPage(
    seq: number,
    conditions: readonly object[],
    sort: Sort,
    after: Position | null,
    limit: number,
  ): Promise<RevisionDocument[]> {
    const { field, by } = SORT_FIELDS[sort];
    const all = [atPlace(seq), ...conditions, ...(after === null ? [] : afterPosition(after, sort))];
    return this.revisions
      .find({ $and: all } as object)
      .sort({ [field]: by, eventId: by })
      .limit(limit)
      .toArray();
  }

  /** `{kind: [{value: 'ban', count: 3}]}`: the most frequent values of each. */
  async countFacets(
    seq: number,
    conditions: readonly object[],
    facets: readonly Facet[],
  ): Promise<Record<string, { value: string; count: number }[]>> {
    const rows = await this.revisions
      .aggregate<{ _id: string; count: number }>([
        { $match: { $and: [atPlace(seq), ...conditions] } },
        { $unwind: '$tags' },
        { $match: { tags: { $regex: `^(?:${facets.join('|')}):` } } },
        { $group: { _id: '$tags', count: { $sum: 1 } } },
        { $sort: { count: -1, _id: 1 } },
      ])
      .toArray();
    return Object.fromEntries(
      facets.map((facet) => [
        facet,
        rows
          .filter((row) => row._id.startsWith(`${facet}:`))
          .slice(0, FACET_VALUES)
          .map((row) => ({ value: row._id.slice(facet.length + 1), count: row.count })),
      ]),
    );
  }

  find(id: string): Promise<EventDocument | null> {
    return this.events.findOne({ _id: id });
  }

  /** The earliest reports of each event as it was at that revision. */
  async findShownReports(events: readonly { id: string; revision: number }[]): Promise<Map<string, EventReport[]>> {
    if (events.length === 0) return new Map();
    const rows = await this.claims
      .aggregate<{ _id: string; claims: ClaimDocument[] }>([
        { $match: { $or: events.map(({ id, revision }) => heldAt(id, revision)) } },
        { $sort: { lastEventId: 1, publishedAt: 1, _id: 1 } },
        { $group: { _id: '$lastEventId', claims: { $firstN: { input: '$$ROOT', n: SHOWN_REPORTS } } } },
      ])
      .toArray();
    return new Map(
      rows.map((row) => [
        row._id,
        row.claims.flatMap((claim) => (claim.report === null ? [] : [eventReportOf(claim.report)])),
      ]),
    );
  }

  findClaims(
    id: string,
    revision: number,
    after: { at: number; id: string } | null,
    limit: number,
  ): Promise<ClaimDocument[]> {
    const beyond =
      after === null
        ? {}
        : {
            $or: [
              { publishedAt: { $gt: new Date(after.at) } },
              { publishedAt: new Date(after.at), _id: { $gt: after.id } },
            ],
          };
    return this.claims
      .find({ ...heldAt(id, revision), ...beyond })
      .sort({ publishedAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
  }

  findRevision(id: string, revision: number): Promise<RevisionDocument | null> {
    return this.revisions.findOne({ eventId: id, revision });
  }

  /** The event's state at a place in the one order. */
  findAt(id: string, seq: number): Promise<RevisionDocument | null> {
    return this.revisions.findOne({ eventId: id, ...atPlace(seq) });
  }

  findRevisions(id: string, below: number | null, seq: number | null, limit: number): Promise<RevisionDocument[]> {
    return this.revisions
      .find({
        eventId: id,
        ...(below === null ? {} : { revision: { $lt: below } }),
        ...(seq === null ? {} : { fromSeq: { $lte: seq } }),
      })
      .sort({ revision: -1 })
      .limit(limit)
      .toArray();
  }
}

const atPlace = (seq: number) => ({ fromSeq: { $lte: seq }, toSeq: { $gt: seq } });

const heldAt = (id: string, revision: number): object => ({
  lastEventId: id,
  fromRevision: { $lte: revision },
  toRevision: { $gt: revision },
});
