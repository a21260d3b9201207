import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type EventRevised,
  type Page,
  type Report,
  type Scope,
  slugify,
  type TimelineEvent,
  UNDATED,
} from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { type Incoming, JetStreamStrategy, StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { ReportsConsumer } from '../../apps/timeline/src/merge/reports.consumer';
import type { EventDocument, RevisionDocument } from '../../apps/timeline/src/timeline.collections';
import { TimelineModule } from '../../apps/timeline/src/timeline.module';
import { eventually } from './message-bus';

const SECRET = 'a secret that is long enough for anyone';

export type Message = Incoming<'report.accepted' | 'report.withdrawn'>;

export interface Given extends Partial<Omit<Report, 'date' | 'entities' | 'source'>> {
  /** Keeps a test's events apart from those of the others. */
  who: string;
  date?: string | null;
  source?: string;
  at?: string;
}

let count = 0;

export function report({ who, date, source, at, ...given }: Given): Report {
  count += 1;
  const name = source ?? `Source ${String(count)}`;
  return {
    reportId: `rep_${String(count)}_${randomUUID().slice(0, 8)}`,
    version: 1,
    owner: 'press',
    articleId: null,
    kind: 'product-launch',
    status: 'occurred',
    headline: `${who} launches a delivery drone`,
    summary: null,
    date: date === undefined || date === null ? UNDATED : parseEdtf(date),
    datePhrase: null,
    entities: [{ id: slugify(who), name: who, type: 'company', role: 'agent' }],
    countries: [],
    amount: null,
    themes: [],
    source: { id: `src_${slugify(name)}`, name, url: null },
    url: null,
    publishedAt: `${at ?? '2025-04-10'}T08:00:00.000Z`,
    receivedAt: new Date().toISOString(),
    evidence: { text: `${who} said so.`, start: null, end: null },
    mentions: [],
    importance: 40,
    confidence: 0.8,
    backfill: false,
    ...given,
  };
}

export const accepted = (...reports: Report[]): Message[] =>
  reports.map((one) => ({
    messageId: `msg_${one.reportId}_${String(one.version)}`,
    subject: 'report.accepted',
    payload: { report: one },
    correlationId: `corr-${one.reportId}`,
    deliveries: 1,
  }));

export const withdrawn = (one: Report, version = one.version + 1): Message[] => [
  {
    messageId: `msg_${one.reportId}_${String(version)}`,
    subject: 'report.withdrawn',
    payload: { reportId: one.reportId, version, reason: 'no longer in its article', at: new Date().toISOString() },
    correlationId: 'corr-withdrawn',
    deliveries: 1,
  },
];

export const as = (...scopes: Scope[]): string =>
  signIdentity({ keyId: 'key_1', owner: 'press', scopes, expiresAt: Date.now() + 60_000 }, SECRET);

const makeApp = (messaging: boolean): Promise<NestFastifyApplication> =>
  createServiceApp({
    name: 'timeline',
    module: TimelineModule,
    configure: (app) => {
      if (messaging) app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
    },
  });

async function listening(app: NestFastifyApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

/** Replicas of the timeline on one real database. Tests hand reports to the handler; with `messaging` what it says goes out. */
export class TimelineReplicas {
  private constructor(
    private readonly apps: NestFastifyApplication[],
    private readonly urls: string[],
    private readonly messaging: boolean,
    readonly database: Database,
  ) {}

  static async start(replicas: number, { messaging = false } = {}): Promise<TimelineReplicas> {
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      NATS_NAMESPACE: `t${randomUUID().slice(0, 8)}`,
      DB_PREFIX: `t${randomUUID().slice(0, 8)}`,
      IDENTITY_SECRET: SECRET,
      LOG_LEVEL: 'silent',
    });
    const apps = await Promise.all(Array.from({ length: replicas }, () => makeApp(messaging)));
    const urls = await Promise.all(apps.map(listening));
    const [first] = apps;
    if (first === undefined) throw new Error('no replicas were asked for');
    return new TimelineReplicas(apps, urls, messaging, first.get(Database, { strict: false }));
  }

  async stop(): Promise<void> {
    await this.database.db.dropDatabase();
    await Promise.all(this.apps.map((app) => app.close()));
  }

  /** Stops a replica in good order and starts another in its place, at another address; never the first, whose `database` tests use. */
  async restart(index: number): Promise<void> {
    await this.replica(index).close();
    const app = await makeApp(this.messaging);
    this.apps[index] = app;
    this.urls[index] = await listening(app);
  }

  replica(index: number): NestFastifyApplication {
    const app = this.apps[index];
    if (app === undefined) throw new Error(`no replica ${String(index)}`);
    return app;
  }

  /** What the consumer does with a batch, without the broker. Answers how often it had to be planned again. */
  async deliver(messages: Message[], index = 0): Promise<number> {
    const app = this.replica(index);
    const handler = app.get(ReportsConsumer, { strict: false });
    const own = app.get(Database, { strict: false });
    for (let reruns = 0; ; reruns += 1) {
      try {
        const work = await handler.merge(messages);
        await own.transaction((session) => work.commit(session));
        work.committed?.();
        return reruns;
      } catch (error) {
        if (!(error instanceof StaleBatch) && !isDuplicateKey(error)) throw error;
      }
    }
  }

  eventsOf(who: string): Promise<EventDocument[]> {
    return this.database
      .collection<EventDocument>('events')
      .find({ 'snapshot.entities.id': slugify(who), heir: null } as object)
      .toArray();
  }

  async eventOf(who: string): Promise<EventDocument> {
    const events = await this.eventsOf(who);
    expect(events).toHaveLength(1);
    return events[0] as EventDocument;
  }

  revisionsOf(eventId: string): Promise<RevisionDocument[]> {
    return this.database.collection<RevisionDocument>('revisions').find({ eventId }).sort({ revision: 1 }).toArray();
  }

  async sent<T>(subject: string, where: (payload: T) => boolean): Promise<T[]> {
    const rows = await this.database
      .collection<{ subject: string; body: string }>('outbox')
      .find({ subject })
      .sort({ createdAt: 1, _id: 1 })
      .toArray();
    return rows.map((row) => JSON.parse(row.body) as T).filter(where);
  }

  async told(eventId: string): Promise<EventRevised[]> {
    const messages = await this.sent<EventRevised>('event.revised', (payload) => payload.eventId === eventId);
    return messages.sort((a, b) => a.revision - b.revision);
  }

  get(path: string, index = 0): request.Test {
    return request(this.urls[index] ?? '')
      .get(path)
      .set(IDENTITY_HEADER, as('read'));
  }

  call(method: 'post' | 'put' | 'patch' | 'delete' | 'head', path: string, scope: Scope = 'edit'): request.Test {
    return request(this.urls[0] ?? '')
      [method](path)
      .set(IDENTITY_HEADER, as(scope));
  }

  /** An edit by who has seen that revision: of its fields with the path '', else `/merge`, `/split`, `/retract`, `/undo`. */
  edit({ id, revision }: Pick<TimelineEvent, 'id' | 'revision'>, path: string, body: object): request.Test {
    return this.call(path === '' ? 'patch' : 'post', `/v1/events/${id}${path}`)
      .set('if-match', `"${String(revision)}"`)
      .send({ reason: 'a check of the files', ...body });
  }

  async list(
    path: string,
  ): Promise<Page<TimelineEvent> & { facets?: Record<string, { value: string; count: number }[]> }> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.body as Page<TimelineEvent>;
  }

  /** Until every committed revision has its place, so that lists show it. */
  sequenced(): Promise<true> {
    return eventually('every revision to have its place', async () =>
      (await this.database.collection<RevisionDocument>('revisions').countDocuments({ pending: true })) === 0
        ? true
        : null,
    );
  }
}
