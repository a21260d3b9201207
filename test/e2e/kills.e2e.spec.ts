import type { AlertOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { happening, kindOf } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

const REPORTS = 5_000;
const BATCH = 100;
const VICTIMS = ['ingest', 'timeline', 'alerts', 'gateway', 'nats-server', 'mongod'];

jest.setTimeout(600_000);

test('kill -9 of each process in turn while 5,000 reports are posted: one event for each, one alert for each that matches', async () => {
  const receiver = new WebhookReceiver();
  await receiver.start();
  const stack = await Stack.start({ env: { DELIVERY_RETRY_SECONDS: '1,1,2,2,5,5,10' } });
  try {
    const wanted = ['ban', 'acquisition'];
    const subscriptions = await Promise.all(
      wanted.map(async (kind) => {
        const { status, body } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
          name: kind,
          match: { kinds: [kind] },
          channels: [{ type: 'webhook', url: receiver.url(`/${kind}`) }],
        });
        expect(status).toBe(201);
        receiver.trust(`/${kind}`, body.channels[0]?.secret ?? '');
        return { kind, id: body.id };
      }),
    );

    const accepted: string[] = [];
    const killed = new Map<string, number[]>();
    const batches = REPORTS / BATCH;
    for (let batch = 0; batch < batches; batch++) {
      const victim = VICTIMS[Math.floor((batch / batches) * VICTIMS.length)];
      const firstOfItsTurn = batch % Math.ceil(batches / VICTIMS.length) === 2;
      const body = Array.from({ length: BATCH }, (_, n) => happening(batch * BATCH + n));
      const posting = eventually(
        'a 2xx for the batch',
        async () => {
          const answer = await stack.call<{ items: { reportId: string }[] }>('POST', '/v1/reports', body);
          return answer.status === 202 ? answer.body : null;
        },
        120_000,
      );
      if (firstOfItsTurn && victim !== undefined) {
        killed.set(victim, await stack.pids(victim));
        await stack.kill9(victim);
      }
      accepted.push(...(await posting).items.map((item) => item.reportId));
    }
    expect(new Set(accepted).size).toBe(REPORTS);
    expect([...killed.keys()]).toEqual(VICTIMS);
    for (const [victim, pids] of killed) {
      expect((await stack.pids(victim)).filter((pid) => pids.includes(pid))).toEqual([]);
    }

    const events = await eventually(
      'an event for every report',
      async () => {
        const all = await stack.all<TimelineEvent>('/v1/events?limit=200');
        return all.length >= REPORTS ? all : null;
      },
      240_000,
    );
    expect(events).toHaveLength(REPORTS);
    const placed = events.flatMap((event) => event.reports.map((report) => report.reportId));
    expect(placed).toHaveLength(REPORTS);
    expect(new Set(placed)).toEqual(new Set(accepted));

    const expected = Array.from({ length: REPORTS }, (_, n) => kindOf(n));
    for (const { kind, id } of subscriptions) {
      const count = expected.filter((other) => other === kind).length;
      await eventually(
        `${String(count)} deliveries for ${kind}`,
        () => new Set(receiver.at(`/${kind}`).map((message) => message.id)).size >= count,
        240_000,
      );
      const alerts = await stack.all<AlertOut>(`/v1/subscriptions/${id}/alerts?limit=200`);
      expect(alerts).toHaveLength(count);
      expect(new Set(alerts.map((alert) => alert.eventId)).size).toBe(count);
      const told = receiver.at(`/${kind}`);
      const toldEvents = new Map(told.map((message) => [message.id, message.body.data.event.id]));
      // A repeat is allowed only where an answer was lost, and then under the same message id.
      expect(new Set(toldEvents.values()).size).toBe(toldEvents.size);
      expect(toldEvents.size).toBe(count);
    }
    expect(receiver.forged).toEqual([]);
    expect((await stack.call<{ items: unknown[] }>('GET', '/v1/dead-letters')).body.items).toEqual([]);
  } finally {
    await stack.stop();
    await receiver.stop();
  }
});
