import { type ArticleOut, REMOVED_HEADLINE, type SubscriptionOut, type TimelineEvent } from '@themeline/contracts';
import { createConnection } from 'mongoose';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

jest.setTimeout(180_000);

/** A word that nobody else writes. */
const MARK = 'zanzibarquill';

describe('what is taken down', () => {
  let stack: Stack;
  const receiver = new WebhookReceiver();

  beforeAll(async () => {
    await receiver.start();
    stack = await Stack.start({ env: { READING_TIMEOUT_SECONDS: '120' } });
  });
  afterAll(async () => {
    await stack.stop();
    await receiver.stop();
  });

  /** `database.collection` of every document in which the word stands, in all databases of the services. */
  const placesOf = async (word: string): Promise<string[]> => {
    const { port } = new URL(await stack.urlOf('mongod'));
    const connection = await createConnection(`mongodb://127.0.0.1:${port}/?directConnection=true`).asPromise();
    try {
      const found: string[] = [];
      const { databases } = await connection.getClient().db('admin').admin().listDatabases();
      for (const { name } of databases.filter((database) => database.name.startsWith('themeline_'))) {
        const db = connection.getClient().db(name);
        for (const collection of await db.collections()) {
          // Single words, without any sign of who wrote them.
          if (collection.collectionName === 'candidate_keys') continue;
          for await (const document of collection.find()) {
            if (JSON.stringify(document).toLowerCase().includes(word))
              found.push(`${name}.${collection.collectionName}`);
          }
        }
      }
      return found;
    } finally {
      await connection.close();
    }
  };

  const eventWith = (text: string, filter: (event: TimelineEvent) => boolean = () => true): Promise<TimelineEvent> =>
    eventually(
      `an event with '${text}'`,
      async () => {
        const events = await stack.all<TimelineEvent>('/v1/events?undated=include&limit=200');
        return events.find((event) => event.headline.includes(text) && filter(event));
      },
      60_000,
    );

  const report = (source: string, words: string): object => ({
    kind: 'acquisition',
    headline: `Ostrava Labs buys Pinewood Robotics${words}`,
    summary: `Ostrava Labs buys Pinewood Robotics for $30 million${words}.`,
    evidence: `Ostrava Labs acquired Pinewood Robotics for $30 million${words}.`,
    date: '2025-02-24',
    entities: ['Ostrava Labs', 'Pinewood Robotics'],
    amount: { value: 3e7, currency: 'USD' },
    publishedAt: '2025-02-25',
    source: { name: source },
    externalId: 'deal-17',
  });
  const send = async (source: string, words: string): Promise<string> => {
    const { body } = await stack.call<{ items: { reportId: string }[] }>('POST', '/v1/reports', report(source, words));
    return body.items[0]?.reportId ?? '';
  };
  const article = {
    title: 'Norway and its phones',
    text: `The government of Norway banned the Zephyr chat app from public phones last month, ${MARK} officials said.`,
    publishedAt: '2025-02-27',
    source: { name: 'Harbour Gazette' },
  };

  test('leaves no word of its text in any collection, and the events follow', async () => {
    const { body: subscription } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: 'all',
      match: { kinds: ['ban', 'acquisition'] },
      developments: ['recorded', 'corroborated', 'retracted'],
      channels: [{ type: 'webhook', url: receiver.url('/all') }],
    });
    receiver.trust('/all', subscription.channels[0]?.secret ?? '');
    const marked = await send('Deal desk', `, ${MARK}`);
    const deal = await eventWith('Ostrava Labs');
    const plain = await send('Wire', '');
    await eventWith('Ostrava Labs', (event) => event.sourceCount === 2);
    const { body: sent } = await stack.call<{ articleId: string }>('POST', '/v1/articles', article);
    const ban = await eventWith('Norway');
    await eventually(
      'both to be told',
      () => new Set(receiver.at('/all').map(({ body }) => body.data.event.id)).size === 2,
    );
    expect(new Set((await placesOf(MARK)).map((place) => place.split('.')[0])).size).toBe(3);

    const { body: key } = await stack.call<{ secret: string }>('POST', '/v1/keys', {
      name: 'other',
      owner: 'somebody-else',
      scopes: ['ingest', 'read'],
    });
    for (const path of [`/v1/reports/${marked}`, `/v1/articles/${sent.articleId}`]) {
      expect((await stack.call('DELETE', path, undefined, { key: key.secret })).status).toBe(403);
      expect((await stack.call('DELETE', path)).status).toBe(204);
      expect((await stack.call('DELETE', path)).status).toBe(204);
    }
    await eventually(
      'the text to be gone',
      async () => {
        const places = await placesOf(MARK);
        if (places.length > 0) throw new Error(places.join(', '));
        return true;
      },
      60_000,
    );

    const { body: stays } = await stack.call<TimelineEvent>('GET', `/v1/events/${deal.id}`);
    expect(stays).toMatchObject({ headline: 'Ostrava Labs buys Pinewood Robotics', sourceCount: 1, retracted: false });
    expect(stays.reports.map(({ reportId }) => reportId)).toEqual([plain]);
    const { body: gone } = await stack.call<TimelineEvent>('GET', `/v1/events/${ban.id}`);
    expect(gone).toMatchObject({ headline: REMOVED_HEADLINE, summary: null, retracted: true, reports: [] });
    for (const part of ['revisions', 'reports', 'explain']) {
      for (const id of [deal.id, ban.id]) {
        const answer = await stack.call('GET', `/v1/events/${id}/${part}`);
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.body).toLowerCase()).not.toContain(MARK);
      }
    }
  });

  test('does not come back when it is sent again', async () => {
    const { body: again } = await stack.call<{ articleId: string; duplicate: boolean }>(
      'POST',
      '/v1/articles',
      article,
    );
    expect(again.duplicate).toBe(true);
    expect((await stack.call<ArticleOut>('GET', `/v1/articles/${again.articleId}`)).body).toMatchObject({
      state: 'removed',
      title: null,
    });
    const refused = await stack.call<{ detail: string }>('POST', '/v1/reports', report('Deal desk', `, ${MARK}`));
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toMatch(/taken down/);
    expect(await placesOf(MARK)).toEqual([]);
  });

  test('the reports of a muted source wait outside until it is heard again; trust lowers what they count for', async () => {
    await stack.call('POST', '/v1/reports', {
      kind: 'ban',
      headline: 'Norland bans Vesper',
      date: '2025-01-05',
      source: { name: 'Quarrel' },
    });
    await eventWith('Vesper');
    const sources = await stack.all<{ id: string; name: string; trust: number }>('/v1/sources?limit=1');
    const { id, trust } = sources.find(({ name }) => name === 'Quarrel') ?? { id: '', trust: 0 };
    expect(trust).toBe(1);
    expect((await stack.call('PATCH', `/v1/sources/${id}`, { muted: true, trust: 0.5 })).body).toMatchObject({
      muted: true,
      trust: 0.5,
    });
    const { body } = await stack.call<{ items: { reportId: string }[] }>('POST', '/v1/reports', {
      kind: 'ban',
      headline: 'Sudland bans Meridian',
      date: '2025-03-05',
      source: { name: 'quarrel' },
    });
    const path = `/v1/reports/${body.items[0]?.reportId ?? ''}`;
    expect((await stack.call('GET', path)).body).toMatchObject({ state: 'muted', confidence: 0.45 });
    // One that is told after it shows that it was left out and not merely late.
    await stack.call('POST', '/v1/reports', {
      kind: 'ban',
      headline: 'Westland bans Corona',
      date: '2025-06-05',
      source: { name: 'Wire' },
    });
    await eventWith('Corona');
    const listed = await stack.all<TimelineEvent>('/v1/events?kind=ban&limit=200');
    expect(listed.filter(({ headline }) => headline.includes('Meridian'))).toEqual([]);
    await stack.call('PATCH', `/v1/sources/${id}`, { muted: false });
    await eventWith('Meridian');
  });
});
