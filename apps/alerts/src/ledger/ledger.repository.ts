import { Injectable } from '@nestjs/common';
import type { TimelineEvent } from '@themeline/contracts';
import { type ClientSession, Database, isDuplicateKey } from '@themeline/persistence';
import type { AlertDocument, ClaimDocument, SnapshotDocument } from '../alerts.collections';
import type { Place } from '../subscriptions/subscriptions.repository';

@Injectable()
export class LedgerRepository {
  constructor(private readonly database: Database) {}

  private get claims() {
    return this.database.collection<ClaimDocument>('claims');
  }

  private get snapshots() {
    return this.database.collection<SnapshotDocument>('snapshots');
  }

  private get alerts() {
    return this.database.collection<AlertDocument>('alerts');
  }

  /** Claim id → the alert that holds it, for those that are held. */
  async holders(claimIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.claims.find({ _id: { $in: [...claimIds] } }, { projection: { alertId: 1 } }).toArray();
    return new Map(rows.map(({ _id, alertId }) => [_id, alertId]));
  }

  /** Makes the claims that nobody has; the answer holds those that somebody had before, and who. */
  async claim(claims: ClaimDocument[]): Promise<Map<string, string>> {
    if (claims.length === 0) return new Map();
    const taken = await insertNew((documents) => this.claims.insertMany(documents, { ordered: false }), claims);
    return taken.length === 0 ? new Map() : this.holders(taken.map(({ _id }) => _id));
  }

  /** All that is new at once; a duplicate key where any of it is known. */
  async insertNew(
    session: ClientSession,
    { claims, snapshots, alerts }: { claims: ClaimDocument[]; snapshots: SnapshotDocument[]; alerts: AlertDocument[] },
  ): Promise<void> {
    await this.claims.insertMany(claims, { session });
    await this.snapshots.insertMany(snapshots, { session });
    await this.alerts.insertMany(alerts, { session });
  }

  /** Subscription → the ids of the lineage for which it has a claim. */
  async claimants(shard: number, lineage: readonly string[]): Promise<Map<string, string[]>> {
    const told = new Map<string, string[]>();
    const rows = this.claims.find(
      { lineageId: { $in: [...lineage] }, shard },
      { projection: { subscriptionId: 1, lineageId: 1 } },
    );
    for await (const { subscriptionId, lineageId } of rows) {
      const ids = told.get(subscriptionId) ?? [];
      if (!ids.includes(lineageId)) told.set(subscriptionId, [...ids, lineageId]);
    }
    return told;
  }

  /** Keeps those that are not kept yet; a closed one is filled. */
  async keepSnapshots(snapshots: SnapshotDocument[]): Promise<void> {
    const known = await insertNew((documents) => this.snapshots.insertMany(documents, { ordered: false }), snapshots);
    if (known.length === 0) return;
    await this.snapshots.bulkWrite(
      known.map(({ _id, event }) => ({ updateOne: { filter: { _id, event: null }, update: { $set: { event } } } })),
      { ordered: false },
    );
  }

  /** Takes the ids of those that nobody has kept, so that no transaction can. */
  async closeSnapshots(ids: readonly string[]): Promise<void> {
    const closed = ids.map((_id): SnapshotDocument => ({ _id, event: null }));
    await insertNew((documents) => this.snapshots.insertMany(documents, { ordered: false }), closed);
  }

  /** Writes the alerts that are new; the answer holds, of the others, what had been written before. */
  async insertAlerts(alerts: AlertDocument[]): Promise<AlertDocument[]> {
    const known = await insertNew((documents) => this.alerts.insertMany(documents, { ordered: false }), alerts);
    return known.length === 0 ? [] : this.alerts.find({ _id: { $in: known.map(({ _id }) => _id) } }).toArray();
  }

  /** The newest first. */
  async listAlerts(subscriptionId: string, limit: number, after: Place | null): Promise<AlertDocument[]> {
    return this.alerts
      .find({
        subscriptionId,
        ...(after === null ? {} : { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] }),
      })
      .sort({ at: -1, _id: -1 })
      .limit(limit)
      .toArray();
  }

  async findAlerts(ids: readonly string[]): Promise<Map<string, AlertDocument>> {
    const found = await this.alerts.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(found.map((alert) => [alert._id, alert]));
  }

  /** Snapshot id → the event as it was then. */
  async findSnapshots(ids: readonly string[]): Promise<Map<string, TimelineEvent>> {
    const found = await this.snapshots.find({ _id: { $in: [...new Set(ids)] } }).toArray();
    return new Map(found.flatMap(({ _id, event }) => (event === null ? [] : [[_id, event]])));
  }
}

/** What a failed unordered insert says of each document that it could not write. */
interface BulkFailure {
  writeErrors: { index: number; code: number } | { index: number; code: number }[];
}

/**
 * Inserts in one unordered write; the answer holds the documents whose key was there already. Any other failure is thrown.
 */
export async function insertNew<D extends { _id: string }>(
  insert: (documents: D[]) => Promise<unknown>,
  documents: D[],
): Promise<D[]> {
  if (documents.length === 0) return [];
  try {
    await insert(documents);
    return [];
  } catch (error) {
    if (!isDuplicateKey(error) || !isBulkFailure(error)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.some(({ code }) => code !== 11_000)) throw error;
    return failures.flatMap(({ index }) => documents[index] ?? []);
  }
}

function isBulkFailure(error: unknown): error is BulkFailure {
  return typeof error === 'object' && error !== null && 'writeErrors' in error;
}
