import type { FeedOut, ImportOut, OpmlTaken } from '@themeline/contracts';
import { createConnection } from 'mongoose';
import { FeedServer } from '../support/feed.server';
import { rss } from '../support/feed.texts';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';

const SITES = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const FEEDS_A_SITE = 8;
const ROWS = 4_000;
const PATIENCE_MS = 90_000;

jest.setTimeout(240_000);

describe('feeds and imports on two replicas', () => {
  let stack: Stack;
  let sites: FeedServer[];
  beforeAll(async () => {
    sites = await Promise.all(SITES.map((host) => FeedServer.start(host)));
    const env = { REPLICAS: 'ingest=2', FEED_HOST_GAP_MS: '0', READING_THREADS: '1' };
    stack = await Stack.start({ env, timeoutMs: PATIENCE_MS });
  });
  afterAll(async () => {
    await stack.stop();
    await Promise.all(sites.map((site) => site.stop()));
  });

  test('each of many feeds is polled once, and never two of one host at the same time', async () => {
    const urls = sites.flatMap((site, number) =>
      Array.from({ length: FEEDS_A_SITE }, (_, n) => {
        const path = `/feed-${String(n)}.xml`;
        site.answer(path, {
          headers: { 'content-type': 'application/rss+xml' },
          body: rss([{ guid: path, title: `Site ${String(number)} has news ${String(n)}`, text: 'News.' }]),
        });
        return site.url(path);
      }),
    );
    const opml = `<opml version="2.0"><head/><body>${urls.map((url) => `<outline text="f" xmlUrl="${url}"/>`).join('')}</body></opml>`;
    const headers = { 'content-type': 'text/x-opml' };
    const taken = await stack.call<OpmlTaken>('POST', '/v1/feeds/opml', undefined, { raw: opml, headers });
    expect(taken.body).toEqual({ added: urls.length, known: 0, refused: [] });
    const feeds = await eventually(
      'every feed to be polled',
      async () => {
        const all = await stack.all<FeedOut>('/v1/feeds?limit=200');
        return all.every(({ counts }) => counts.polls > 0) ? all : null;
      },
      PATIENCE_MS,
    );
    expect(feeds.map(({ counts }) => counts)).toEqual(urls.map(() => ({ polls: 1, items: 1, changes: 0 })));
    for (const site of sites) {
      expect(site.requests.filter(({ path }) => path.startsWith('/feed-'))).toHaveLength(FEEDS_A_SITE);
      expect(Math.max(...site.requests.map(({ open }) => open))).toBe(1);
    }
  });

  test('kill -9 during an import and a poll: both are taken up again, every row and every item counts once', async () => {
    const [site] = sites;
    if (site === undefined) throw new Error('there is no site');
    const items = [1, 2, 3].map((n) => ({ guid: String(n), title: `Slow news ${String(n)}`, text: 'News.' }));
    // The first answer begins and does not end.
    site.answer('/slow.xml', () =>
      site.asked('/slow.xml').length === 1
        ? { drip: (write) => setInterval(() => write(' '), 100) }
        : { headers: { 'content-type': 'application/rss+xml' }, body: rss(items) },
    );
    const { id } = (await stack.call<FeedOut>('POST', '/v1/feeds', { url: site.url('/slow.xml') })).body;
    await eventually('the poll', () => site.asked('/slow.xml').length === 1, PATIENCE_MS);
    const rows = Array.from(
      { length: ROWS },
      (_, n) => `row-${String(n)},Company ${String(n)} opens plant ${String(n)},2024-05-01`,
    );
    const headers = { 'content-type': 'text/csv' };
    const raw = ['id,title,date', ...rows].join('\n');
    const sent = await stack.call<ImportOut>('POST', '/v1/imports?source=Desk&kind=policy', undefined, {
      raw,
      headers,
    });
    expect(sent.status).toBe(202);
    const standing = async (): Promise<ImportOut> =>
      (await stack.call<ImportOut>('GET', `/v1/imports/${sent.body.id}`)).body;
    await eventually('some rows', async () => (await standing()).rows > 0, PATIENCE_MS);
    await stack.kill9('ingest');
    const feed = await eventually(
      'ingest',
      async () => {
        const answer = await stack.call<FeedOut>('GET', `/v1/feeds/${id}`);
        return answer.status === 200 ? answer.body : null;
      },
      PATIENCE_MS,
    );
    expect(feed.counts.polls).toBe(0);
    await letLeasesRunOut();
    const polled = await eventually(
      'another poll',
      async () => {
        const { body } = await stack.call<FeedOut>('GET', `/v1/feeds/${id}`);
        return body.counts.polls > 0 ? body : null;
      },
      PATIENCE_MS,
    );
    expect(polled).toMatchObject({ health: 'well', counts: { polls: 1, items: 3, changes: 0 } });
    expect(site.asked('/slow.xml')).toHaveLength(2);
    const done = await eventually(
      'the end of the import',
      async () => {
        const { body } = await stack.call<ImportOut>('GET', `/v1/imports/${sent.body.id}`);
        return body.finishedAt === null ? null : body;
      },
      PATIENCE_MS,
    );
    expect(done).toMatchObject({ state: 'done', rows: ROWS, accepted: ROWS, duplicates: 0, rejected: 0 });
  });

  /** What a dead process holds is anybody's after three minutes; here at once. */
  async function letLeasesRunOut(): Promise<void> {
    const { port } = new URL(await stack.urlOf('mongod'));
    const connection = await createConnection(
      `mongodb://127.0.0.1:${port}/themeline_ingest?directConnection=true`,
    ).asPromise();
    try {
      await connection.collection('feeds').updateMany({}, { $set: { 'lease.until': new Date(0) } });
      await connection.collection('feed_hosts').updateMany({}, { $set: { until: new Date(0) } });
    } finally {
      await connection.close();
    }
  }
});
