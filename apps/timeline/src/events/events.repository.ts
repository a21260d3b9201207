import { Injectable } from '@nestjs/common';
import { SHOWN_REPORTS } from '@themeline/merging';
import { BSON, type BsonValue, Database, documentOf, fieldOf, numberOf, stringOf } from '@themeline/persistence';
import type { ClaimDocument, EventDocument, RevisionDocument } from '../timeline.collections';
import { SHOWN_FIELDS } from './event.batch';
import { atPlace, LISTED, type ListedRow, listedRow, type PageQuery } from './page.query';

/** Of a claim what a list shows. */
interface ShownClaim {
  lastEventId: string;
  fromRevision: number;
  toRevision: number;
  /** As it is stored, see `EventBatch`. */
  report: BsonValue | null;
}
export const CLAIM_ORDER = { lastEventId: 1, publishedAt: 1, _id: 1 } as const;
export const SHOWN_CLAIM = {
  _id: 0,
  lastEventId: 1,
  fromRevision: 1,
  toRevision: 1,
  ...Object.fromEntries(SHOWN_FIELDS.map((field) => [`report.${field}`, 1])),
};

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

  /** The states that a query finds, in its order. */
  async findPage({ filter, sort, hint }: PageQuery, limit: number): Promise<ListedRow[]> {
    const rows = await this.revisions
      .find<Uint8Array>(filter, { projection: LISTED, sort, hint, limit, raw: true })
      .toArray();
    return rows.map(listedRow);
  }

  find(id: string): Promise<EventDocument | null> {
    return this.events.findOne({ _id: id });
  }

  /** The earliest reports of each event as it was at that revision, as they are stored, with the fields that are shown. */
  async findShownReports(
    events: readonly Pick<RevisionDocument, 'eventId' | 'revision' | 'sourceCount'>[],
  ): Promise<Map<string, BsonValue[]>> {
    // Few events have more reports than are shown. Of the others all claims are read at once, superseded ones among them.
    const small = events.filter(({ sourceCount }) => sourceCount < SHOWN_REPORTS / 2);
    const large = events.filter(({ sourceCount }) => sourceCount >= SHOWN_REPORTS / 2);
    const revisions = new Map(small.map(({ eventId, revision }) => [eventId, revision]));
    const [claims, ...others] = await Promise.all([
      small.length === 0 ? [] : this.findShownClaims({ lastEventId: { $in: [...revisions.keys()] } }),
      ...large.map(({ eventId, revision }) => this.findShownClaims(heldAt(eventId, revision), SHOWN_REPORTS)),
    ]);
    const held = claims.filter(({ lastEventId, fromRevision, toRevision }) => {
      const revision = revisions.get(lastEventId) ?? 0;
      return fromRevision <= revision && toRevision > revision;
    });
    const shown = new Map<string, BsonValue[]>();
    for (const { lastEventId, report } of [...held, ...others.flat()]) {
      const reports = shown.get(lastEventId) ?? [];
      if (reports.length === 0) shown.set(lastEventId, reports);
      if (report !== null && reports.length < SHOWN_REPORTS) reports.push(report);
    }
    return shown;
  }

  private async findShownClaims(filter: object, limit = 0): Promise<ShownClaim[]> {
    const rows = await this.claims
      .find<Uint8Array>(filter, { projection: SHOWN_CLAIM, sort: CLAIM_ORDER, hint: CLAIM_ORDER, limit, raw: true })
      .toArray();
    return rows.map(shownClaim);
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

function shownClaim(bytes: Uint8Array): ShownClaim {
  const row = documentOf(bytes);
  const report = fieldOf(row, 'report');
  return {
    lastEventId: stringOf(row, 'lastEventId'),
    fromRevision: numberOf(row, 'fromRevision'),
    toRevision: numberOf(row, 'toRevision'),
    report: report?.type === BSON.document ? report : null,
  };
}

const heldAt = (id: string, revision: number): object => ({
  lastEventId: id,
  fromRevision: { $lte: revision },
  toRevision: { $gt: revision },
});
