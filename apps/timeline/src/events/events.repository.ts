import { Injectable } from '@nestjs/common';
import type { EventReport } from '@themeline/contracts';
import { eventReportOf, SHOWN_REPORTS, type ShownReport } from '@themeline/merging';
import { Database } from '@themeline/persistence';
import type { ClaimDocument, EventDocument, RevisionDocument, Snapshot } from '../timeline.collections';
import { atPlace, LISTED, type ListedRow, type PageQuery } from './page.query';

/** Of a claim what a list shows. */
type ShownClaim = Pick<ClaimDocument, 'fromRevision' | 'toRevision'> & {
  lastEventId: string;
  report: ShownReport | null;
};
export const CLAIM_ORDER = { lastEventId: 1, publishedAt: 1, _id: 1 } as const;
export const SHOWN_CLAIM = {
  _id: 0,
  lastEventId: 1,
  fromRevision: 1,
  toRevision: 1,
  ...Object.fromEntries(
    ['reportId', 'source', 'url', 'publishedAt', 'evidence', 'kind', 'status', 'headline', 'date', 'amount'].map(
      (field) => [`report.${field}`, 1],
    ),
  ),
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
  findPage({ filter, sort, hint }: PageQuery, limit: number): Promise<ListedRow[]> {
    return this.revisions.find<ListedRow>(filter, { projection: LISTED, sort, hint, limit }).toArray();
  }

  find(id: string): Promise<EventDocument | null> {
    return this.events.findOne({ _id: id });
  }

  /** The earliest reports of each event as it was at that revision. */
  async findShownReports(
    events: readonly Pick<Snapshot, 'id' | 'revision' | 'sourceCount'>[],
  ): Promise<Map<string, EventReport[]>> {
    // Few events have more reports than are shown. Of the others all claims are read at once, superseded ones among them.
    const small = events.filter(({ sourceCount }) => sourceCount < SHOWN_REPORTS / 2);
    const large = events.filter(({ sourceCount }) => sourceCount >= SHOWN_REPORTS / 2);
    const revisions = new Map(small.map(({ id, revision }) => [id, revision]));
    const [claims, ...others] = await Promise.all([
      small.length === 0 ? [] : this.findShownClaims({ lastEventId: { $in: [...revisions.keys()] } }),
      ...large.map(({ id, revision }) => this.findShownClaims(heldAt(id, revision), SHOWN_REPORTS)),
    ]);
    const held = claims.filter(({ lastEventId, fromRevision, toRevision }) => {
      const revision = revisions.get(lastEventId) ?? 0;
      return fromRevision <= revision && toRevision > revision;
    });
    const shown = new Map<string, EventReport[]>();
    for (const { lastEventId, report } of [...held, ...others.flat()]) {
      const reports = shown.get(lastEventId) ?? [];
      if (reports.length === 0) shown.set(lastEventId, reports);
      if (report !== null && reports.length < SHOWN_REPORTS) reports.push(eventReportOf(report));
    }
    return shown;
  }

  private findShownClaims(filter: object, limit = 0): Promise<ShownClaim[]> {
    return this.claims
      .find<ShownClaim>(filter, { projection: SHOWN_CLAIM, sort: CLAIM_ORDER, hint: CLAIM_ORDER, limit })
      .toArray();
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

const heldAt = (id: string, revision: number): object => ({
  lastEventId: id,
  fromRevision: { $lte: revision },
  toRevision: { $gt: revision },
});
