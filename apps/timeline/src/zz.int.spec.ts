import { createServiceApp } from '@themeline/http';
import { StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { slugify, UNDATED, type Report } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ReportsConsumer } from './merge/reports.consumer';
import { TimelineModule } from './timeline.module';
const times: Record<string, number> = {};
function wrap(proto: any, name: string) {
  const f = proto[name];
  proto[name] = async function (...args: any[]) {
    const t = performance.now();
    try {
      return await f.apply(this, args);
    } finally {
      times[name] = (times[name] ?? 0) + performance.now() - t;
    }
  };
}
import { MergeRepository } from './merge/merge.repository';
import { TimelineWriter } from './merge/timeline.writer';
import { SequenceRepository } from './sequence/sequence.repository';
import { Outbox } from '@themeline/messaging';
for (const n of [
  'findCurrentClaims',
  'findKeyVersions',
  'findCandidates',
  'noteEntities',
  'markKeys',
  'writeClaims',
  'findHolding',
  'findEvents',
])
  wrap(MergeRepository.prototype, n);
wrap(TimelineWriter.prototype, 'write');
wrap(SequenceRepository.prototype, 'assign');
wrap(Outbox.prototype, 'add');
test('perf', async () => {
  Object.assign(process.env, {
    MONGODB_URI: process.env.TEST_MONGODB_URI,
    NATS_URL: process.env.TEST_NATS_URL,
    NATS_NAMESPACE: `t${randomUUID().slice(0, 8)}`,
    DB_PREFIX: `t${randomUUID().slice(0, 8)}`,
    IDENTITY_SECRET: 'x'.repeat(40),
    LOG_LEVEL: 'silent',
  });
  const apps = await Promise.all([0, 1].map(() => createServiceApp({ name: 'timeline', module: TimelineModule })));
  loadVocabulary();
  const dated = process.env.DATED === '1';
  const items = gunzipSync(readFileSync('/work/shared/data/load/federal-register.jsonl.gz'))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .slice(0, Number(process.env.N ?? 4000))
    .map((l) => JSON.parse(l));
  const reports: Report[] = items.map((item) => {
    const agency = /([A-Z][a-z]+ (?:Agency|Commission|Administration|Department|Service))/.exec(
      `${item.title} ${item.summary}`,
    )?.[1];
    return {
      reportId: `rep_${item.id}`,
      version: 1,
      owner: 'o',
      articleId: null,
      kind: 'regulation',
      status: 'occurred',
      headline: item.title.slice(0, 500),
      summary: item.summary?.slice(0, 3000) ?? null,
      date: dated ? parseEdtf(item.published.slice(0, 10)) : UNDATED,
      datePhrase: null,
      entities: agency ? [{ id: slugify(agency), name: agency, type: 'authority', role: 'agent' }] : [],
      countries: [],
      amount: null,
      themes: [],
      source: { id: 'src_fr', name: 'FR', url: null },
      url: item.url,
      publishedAt: `${item.published.slice(0, 10)}T08:00:00.000Z`,
      receivedAt: new Date().toISOString(),
      evidence: null,
      mentions: [],
      importance: 40,
      confidence: 0.8,
      backfill: true,
    } as Report;
  });
  const deliver = async (app: any, batch: Report[]) => {
    for (let n = 0; ; n++)
      try {
        const t = performance.now();
        const work = await app
          .get(ReportsConsumer, { strict: false })
          .merge(
            batch.map((r) => ({
              messageId: 'm' + r.reportId,
              subject: 'report.accepted',
              payload: { report: r },
              correlationId: 'c',
              deliveries: 1,
            })),
          );
        const u = performance.now();
        await app.get(Database, { strict: false }).transaction((s: any) => work.commit(s));
        work.committed?.();
        return [n, u - t, performance.now() - u];
      } catch (e) {
        if (!(e instanceof StaleBatch) && !isDuplicateKey(e)) throw e;
      }
  };
  const start = performance.now();
  let reruns = 0,
    plan = 0,
    commit = 0;
  const queue: Report[][] = [];
  for (let i = 0; i < reports.length; i += 100) queue.push(reports.slice(i, i + 100));
  const W = Number(process.env.W ?? 1);
  await Promise.all(
    Array.from({ length: W }, async (_, i) => {
      for (;;) {
        const b = queue.shift();
        if (!b) return;
        const [n, p, c] = (await deliver(apps[i], b)) as number[];
        reruns += n!;
        plan += p!;
        commit += c!;
      }
    }),
  );
  const took = (performance.now() - start) / 1000;
  const db = (apps[0] as any).get(Database, { strict: false }).db;
  const events = await db.collection('events').countDocuments();
  const merged = await db
    .collection('events')
    .aggregate([
      { $match: { 'profiles.1': { $exists: true } } },
      { $limit: 12 },
      { $project: { h: '$snapshot.headline', p: { $size: '$profiles' }, ids: '$profiles.reportId' } },
    ])
    .toArray();
  console.log(
    JSON.stringify(
      Object.fromEntries(Object.entries(times).map(([k, v]) => [k, Math.round(v / (reports.length / 100))])),
    ),
  );
  console.log(
    JSON.stringify({
      rps: reports.length / took,
      plan: plan / queue.length,
      planMs: plan / (reports.length / 100),
      commitMs: commit / (reports.length / 100),
      reruns,
      events,
      reports: reports.length,
      keys: await db.collection('candidate_keys').countDocuments(),
    }),
  );
  console.log(JSON.stringify(merged, null, 1).slice(0, 4000));
  await db.dropDatabase();
  await Promise.all(apps.map((a) => a.close()));
}, 300000);
