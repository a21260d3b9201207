import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { EventRevised, ReportAssigned } from '@themeline/contracts';
import type { MongoClient } from 'mongodb';
import { setTimeout as pause } from 'node:timers/promises';
import type { RevisionDocument } from '../../apps/timeline/src/timeline.collections';

const NAMESPACE = 'themeline';

/** Sees from outside which reports have got into an event whose development was published. */
export class IngestFollower {
  /** When each was, by `performance.now()`. */
  readonly publishedAt = new Map<string, number>();
  private readonly places = new Map<string, { eventId: string; revision: number }>();
  private readonly revisions = new Map<string, number>();
  private readonly waiting = new Map<string, { reportId: string; revision: number }[]>();
  private readonly expected = new Map<string, () => void>();

  private constructor(
    private readonly nats: NatsConnection,
    private readonly mongo: MongoClient,
  ) {}

  static async open(natsUrl: string, mongo: MongoClient): Promise<IngestFollower> {
    const follower = new IngestFollower(await connect({ servers: natsUrl }), mongo);
    await follower.follow('EVENTS', 'event.revised', (body) => {
      follower.revised(JSON.parse(body) as EventRevised);
    });
    await follower.follow('ASSIGNMENTS', 'report.assigned', (body) => {
      follower.assigned(JSON.parse(body) as ReportAssigned);
    });
    return follower;
  }

  /** Waits until all of them are published; answers how many were not in time. */
  async untilPublished(reportIds: readonly string[], patienceMs: number): Promise<number> {
    const deadline = performance.now() + patienceMs;
    const missing = (): number => reportIds.filter((id) => !this.publishedAt.has(id)).length;
    let left = missing();
    while (left > 0 && performance.now() < deadline) {
      await pause(50);
      left = missing();
    }
    return left;
  }

  /** Waits until every revision has its place in the order that queries go by. */
  async untilQueryable(): Promise<void> {
    const revisions = this.mongo.db('themeline_timeline').collection<RevisionDocument>('revisions');
    while ((await revisions.findOne({ pending: true }, { projection: { _id: 1 } })) !== null) await pause(10);
  }

  /** The same for one report, as soon as can be seen. */
  async settled(reportId: string): Promise<void> {
    if (!this.publishedAt.has(reportId)) {
      await new Promise<void>((resolve) => this.expected.set(reportId, resolve));
    }
    const place = this.places.get(reportId);
    if (place === undefined) throw new Error(`'${reportId}' was published without a place`);
    const revisions = this.mongo.db('themeline_timeline').collection<RevisionDocument>('revisions');
    const counted = { eventId: place.eventId, revision: place.revision, fromSeq: { $exists: true } };
    while ((await revisions.findOne(counted, { projection: { _id: 1 } })) === null) await pause(2);
  }

  async close(): Promise<void> {
    await this.nats.close();
  }

  private async follow(stream: string, subject: string, take: (body: string) => void): Promise<void> {
    const consumer = await jetstream(this.nats).consumers.get(`${NAMESPACE}_${stream}`, {
      filter_subjects: [`${NAMESPACE}.${subject}`],
      deliver_policy: DeliverPolicy.New,
    });
    const messages = await consumer.consume({ max_messages: 1_000 });
    void (async () => {
      for await (const message of messages) take(message.string());
    })();
  }

  private revised({ eventId, revision }: EventRevised): void {
    this.revisions.set(eventId, Math.max(revision, this.revisions.get(eventId) ?? 0));
    const waiting = this.waiting.get(eventId) ?? [];
    this.waiting.set(
      eventId,
      waiting.filter((one) => one.revision > revision),
    );
    for (const one of waiting) if (one.revision <= revision) this.publish(one.reportId);
  }

  private assigned({ reportId, eventId, eventRevision }: ReportAssigned): void {
    if (eventId === null) return;
    this.places.set(reportId, { eventId, revision: eventRevision });
    if ((this.revisions.get(eventId) ?? 0) >= eventRevision) this.publish(reportId);
    else this.waiting.set(eventId, [...(this.waiting.get(eventId) ?? []), { reportId, revision: eventRevision }]);
  }

  private publish(reportId: string): void {
    this.publishedAt.set(reportId, performance.now());
    this.expected.get(reportId)?.();
    this.expected.delete(reportId);
  }
}
