import type { AlertOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { happening } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';

const HAPPENINGS = 250;

jest.setTimeout(300_000);

/** Every happening told by two sources at the same instant; what the timeline and the ledger made of it. */
async function run(replicas: string): Promise<{ events: string[]; alerts: number; alertedEvents: number }> {
  const stack = await Stack.start({ env: { REPLICAS: replicas } });
  try {
    const { status: made, body: subscription } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: 'all',
      match: {},
      channels: [{ type: 'webhook', url: 'http://127.0.0.1:59999/nobody-listens' }],
    });
    expect(made).toBe(201);
    const tell = async (source: string): Promise<void> => {
      for (let from = 0; from < HAPPENINGS; from += 25) {
        const { status } = await stack.call(
          'POST',
          '/v1/reports',
          Array.from({ length: 25 }, (_, n) => happening(from + n, source)),
        );
        expect(status).toBe(202);
      }
    };
    await Promise.all([tell('Morning Post'), tell('Evening Herald')]);
    const events = await eventually(
      'every report on the timeline',
      async () => {
        const all = await stack.all<TimelineEvent>('/v1/events?limit=200');
        return all.reduce((sum, event) => sum + event.reports.length, 0) >= HAPPENINGS * 2 ? all : null;
      },
      120_000,
    );
    const alerts = await eventually(
      'an alert for every event',
      async () => {
        const all = await stack.all<AlertOut>(`/v1/subscriptions/${subscription.id}/alerts?limit=200`);
        return all.length >= events.length ? all : null;
      },
      120_000,
    );
    return {
      events: events
        .map(
          (event) =>
            `${event.kind} ${event.date.edtf ?? ''} ${event.entities.map((entity) => entity.id).join()} ${String(event.sourceCount)}`,
        )
        .sort(),
      alerts: alerts.length,
      alertedEvents: new Set(alerts.map((alert) => alert.eventId)).size,
    };
  } finally {
    await stack.stop();
  }
}

test('two timeline and two alerts replicas at once give the same result as one of each', async () => {
  const one = await run('');
  const two = await run('timeline=2,alerts=2');
  expect(one.events).toHaveLength(HAPPENINGS);
  expect(one.events.every((event) => event.endsWith(' 2'))).toBe(true);
  expect(two).toEqual(one);
  expect(two.alerts).toBe(HAPPENINGS);
  expect(two.alertedEvents).toBe(HAPPENINGS);
});
