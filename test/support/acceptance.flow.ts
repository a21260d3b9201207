import type { AlertOut, ArticleOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { eventually } from './message-bus';
import { seedArticles } from './shared-data';
import type { ApiClient } from './api-client';
import { WebhookReceiver } from './webhook-receiver';

const seeds = seedArticles();

/** A stack that runs, and how to end it. Its webhooks may reach loopback. */
export interface Running {
  api: ApiClient;
  stop(): Promise<unknown>;
}

/**
 * What a newcomer does first, by HTTP alone: subscribes, posts the four seed articles, gets signed alerts, looks at the timeline,
 * posts them again. Said of every way to run the product, so every way runs it.
 */
export function describeAcceptance(way: string, start: () => Promise<Running>): void {
  describe(`${way}: from four articles to the timeline and to signed alerts`, () => {
    let running: Running | undefined;
    let stack: ApiClient;
    const receiver = new WebhookReceiver();
    const subscriptions = new Map<string, SubscriptionOut>();

    const subscribe = async (name: string, match: object): Promise<void> => {
      const { status, body } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
        name,
        match,
        channels: [{ type: 'webhook', url: receiver.url(`/${name}`) }],
      });
      expect(status).toBe(201);
      receiver.trust(`/${name}`, body.channels[0]?.secret ?? '');
      subscriptions.set(name, body);
    };

    const post = async (): Promise<{ articleId: string; duplicate: boolean }[]> => {
      const answers = [];
      for (const { text, title, publishedAt, source } of seeds ?? []) {
        const { status, body } = await stack.call<{ articleId: string; duplicate: boolean }>('POST', '/v1/articles', {
          text,
          title,
          publishedAt,
          source: { name: source },
        });
        expect(status).toBe(202);
        answers.push(body);
      }
      return answers;
    };

    const whenRead = async (ids: string[]): Promise<ArticleOut[]> =>
      eventually('every report to be assigned to its event', async () => {
        const articles = await Promise.all(
          ids.map(async (id) => (await stack.call<ArticleOut>('GET', `/v1/articles/${id}`)).body),
        );
        return articles.every(
          (article) => article.state === 'read' && article.reports.every((report) => report.state !== 'accepted'),
        )
          ? articles
          : null;
      });

    const alertsOf = (name: string): Promise<AlertOut[]> =>
      stack.all<AlertOut>(`/v1/subscriptions/${subscriptions.get(name)?.id ?? ''}/alerts?limit=200`);

    beforeAll(async () => {
      await receiver.start();
      if (seeds === null) return;
      running = await start();
      stack = running.api;
    });
    afterAll(async () => {
      await running?.stop();
      await receiver.stop();
    });

    if (seeds === null) {
      test.skip('skipped: no shared data', () => undefined);
      return;
    }

    let ids: string[] = [];

    test('within 10 s the fund told in two articles is one event with two sources and one alert, and both bans are told', async () => {
      await subscribe('funding', { themes: ['state-funding'] });
      await subscribe('bans', { kinds: ['ban'] });
      const postedAt = Date.now();
      ids = (await post()).map((answer) => answer.articleId);
      await eventually('alerts for both bans', () => {
        const text = JSON.stringify(receiver.at('/bans').map((message) => message.body.data.event.headline));
        return /South Korea/i.test(text) && /Australia/i.test(text);
      });
      await whenRead(ids);
      const fund = await eventually('the fund with two sources', async () => {
        const events = await stack.all<TimelineEvent>('/v1/events?kind=fund-launch&theme=state-funding&limit=200');
        return events.find((event) => event.sourceCount === 2);
      });
      expect(
        fund.reports.map((report) => report.claims.amount).sort((a, b) => (a?.value ?? 0) - (b?.value ?? 0)),
      ).toMatchObject([
        { value: 8e9, currency: 'USD' },
        { value: 60e9, currency: 'CNY' },
      ]);
      const told = await eventually('its alert', () => {
        const messages = receiver.at('/funding').filter((message) => message.body.data.event.id === fund.id);
        return messages.length > 0 ? messages : null;
      });
      expect(Math.max(...receiver.received.map((message) => message.at)) - postedAt).toBeLessThan(10_000);
      expect(told).toHaveLength(1);
      expect(told[0]?.body.type).toBe('event.recorded');
      expect((await alertsOf('funding')).filter((alert) => alert.eventId === fund.id)).toHaveLength(1);
      expect(receiver.forged).toEqual([]);
    });

    test("the timeline lists Baichuan's halt and Alibaba's Qwen release with their dates", async () => {
      const pivots = await stack.all<TimelineEvent>('/v1/events?kind=pivot&entity=Baichuan&limit=200');
      expect(pivots.map((event) => event.date.edtf)).toContain('2024-05/2024-08');
      const releases = await stack.all<TimelineEvent>(
        '/v1/events?kind=model-release&entity=Alibaba&from=2025-01-01&to=2025-02-28&limit=200',
      );
      expect(releases.map((event) => event.date.edtf)).toContain('2025-01-29');
    });

    test('the same four articles again: no new event, no new alert', async () => {
      const eventsBefore = await stack.all<TimelineEvent>('/v1/events?undated=include&limit=200');
      const alertsBefore = [...(await alertsOf('funding')), ...(await alertsOf('bans'))];
      expect((await post()).every((answer) => answer.duplicate)).toBe(true);
      // A new article behind them shows when everything before it has gone through.
      const { body } = await stack.call<{ articleId: string }>('POST', '/v1/articles', {
        text: 'The museum in Reykjavik said the weather was fine.',
        publishedAt: '2025-05-30',
      });
      await whenRead([body.articleId]);
      expect(await stack.all<TimelineEvent>('/v1/events?undated=include&limit=200')).toHaveLength(eventsBefore.length);
      expect([...(await alertsOf('funding')), ...(await alertsOf('bans'))]).toHaveLength(alertsBefore.length);
      expect(receiver.received.map((message) => message.id)).toHaveLength(
        new Set(receiver.received.map((message) => message.id)).size,
      );
    });
  });
}
