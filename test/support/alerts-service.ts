import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EventRevised, Identity, Scope, SubscriptionOut, ThemeRule, TimelineEvent } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER, signIdentity } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { AlertsModule } from '../../apps/alerts/src/alerts.module';
import { MatchingConsumer } from '../../apps/alerts/src/matching/matching.consumer';
import { ProjectionConsumer } from '../../apps/alerts/src/projection/projection.consumer';
import { ThemesConsumer } from '../../apps/alerts/src/themes/themes.consumer';
import { takeEffect } from './batch.effect';

const SECRET = 'alerts-service-identity-secret-0003';
const SHARDS = [0, 1, 2, 3];

/** The alerts service on the test servers, in a database and a namespace of its own, with its messages given by hand. */
export class AlertsService {
  private constructor(readonly app: NestFastifyApplication) {}

  /** `env` is set for the whole test process, before the service reads it. */
  static async start(env: Record<string, string> = {}): Promise<AlertsService> {
    const prefix = `t${randomUUID().slice(0, 8)}`;
    Object.assign(process.env, {
      MONGODB_URI: process.env.TEST_MONGODB_URI,
      NATS_URL: process.env.TEST_NATS_URL,
      DB_PREFIX: prefix,
      NATS_NAMESPACE: prefix,
      IDENTITY_SECRET: SECRET,
      OUTBOUND_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'silent',
      ...env,
    });
    const app = await createServiceApp({
      name: 'alerts',
      module: AlertsModule,
      configure: (made) => void made.connectMicroservice({ strategy: made.get(JetStreamStrategy) }),
    });
    return new AlertsService(app);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  /** A call as an owner makes it. */
  call(owner: string, method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object, headers = {}) {
    const scopes: Scope[] = ['subscribe'];
    const caller: Identity = { keyId: `key-${owner}`, owner, scopes, expiresAt: Date.now() + 60_000 };
    const call = request(this.app.getHttpServer())
      [method](path)
      .set({ [IDENTITY_HEADER]: signIdentity(caller, SECRET), ...headers });
    return body === undefined ? call : call.send(body);
  }

  async subscribe(owner: string, body: object): Promise<SubscriptionOut> {
    const answer = await this.call(owner, 'post', '/v1/subscriptions', { name: 'test', ...body });
    if (answer.status !== 201) throw new Error(`${String(answer.status)}: ${JSON.stringify(answer.body)}`);
    return answer.body as SubscriptionOut;
  }

  /** What the projection and every shard of the matching do with the messages. */
  async hear(...revisions: EventRevised[]): Promise<void> {
    const messages = revisions.map((payload) => ({
      messageId: `msg_${payload.eventId}_${String(payload.revision)}`,
      subject: 'event.revised' as const,
      payload,
      correlationId: `correlation-${payload.eventId}`,
      deliveries: 1,
    }));
    await this.app.get(ProjectionConsumer).keep(messages);
    for (const shard of SHARDS) {
      await takeEffect(this.database, (again) =>
        this.app.get(MatchingConsumer).match(messages, { durable: 'alerts-match', shard, again }),
      );
    }
  }

  async learnTheme(id: string, rule: Partial<ThemeRule> = {}, version = 1): Promise<void> {
    const full = { phrases: [], entities: [], kinds: [], exclude: [], ...rule };
    const theme = { id, name: id, description: null, rule: full, version, updatedAt: new Date().toISOString() };
    const payload = { themeId: id, version, theme };
    const message = { messageId: `theme-${id}-${String(version)}`, subject: 'theme.changed' as const, payload };
    await takeEffect(this.database, () =>
      this.app.get(ThemesConsumer).project([{ ...message, correlationId: id, deliveries: 1 }]),
    );
  }

  async close(): Promise<void> {
    await this.database.db.dropDatabase();
    await this.app.close();
  }
}

/** An event with an id of its own; `date` as an interval of days. */
export function anEvent(parts: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    id: `evt_${randomUUID().slice(0, 8)}`,
    kind: 'export-control',
    status: 'occurred',
    headline: 'Netherlands to widen export controls on chip tools',
    summary: null,
    date: {
      edtf: '2026-09',
      lower: '2026-09-01',
      upper: '2026-09-30',
      precision: 'month',
      approximate: false,
      display: 'September 2026',
    },
    entities: [],
    countries: ['NL'],
    amount: null,
    themes: [],
    importance: 60,
    confidence: 0.8,
    sourceCount: 1,
    reports: [],
    disputes: [],
    retracted: false,
    revision: 1,
    recordedAt: '2026-02-02T10:00:00.000Z',
    updatedAt: '2026-02-02T10:00:00.000Z',
    ...parts,
  };
}

/** The message of a revision from `before` to `after`. */
export function aRevision(
  before: TimelineEvent | null,
  after: TimelineEvent,
  parts: Partial<EventRevised> = {},
): EventRevised {
  return {
    eventId: after.id,
    revision: after.revision,
    developments: before === null ? ['recorded'] : [],
    before,
    after,
    lineage: [after.id],
    backfill: false,
    at: new Date().toISOString(),
    ...parts,
  };
}
