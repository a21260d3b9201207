import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AlertOut, Page, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { createServiceApp, IDENTITY_HEADER } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { Database } from '@themeline/persistence';
import request from 'supertest';
import { AlertsModule } from '../../apps/alerts/src/alerts.module';
import { eventually } from '../support/message-bus';
import { accepted, as, report, TimelineReplicas, withdrawn } from '../support/timeline-replicas';
import { WebhookReceiver } from '../support/webhook-receiver';

// The timeline and the alerts as they run, over a real MongoDB and a real JetStream; reports are handed to the timeline's own consumer.
let timeline: TimelineReplicas;
let alerts: NestFastifyApplication;
let receiver: WebhookReceiver;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1, { messaging: true });
  process.env.OUTBOUND_ALLOW = '127.0.0.1';
  alerts = await createServiceApp({
    name: 'alerts',
    module: AlertsModule,
    configure: (app) => void app.connectMicroservice({ strategy: app.get(JetStreamStrategy) }),
  });
  receiver = new WebhookReceiver();
  await receiver.start();
});

afterAll(async () => {
  await alerts.get(Database).db.dropDatabase();
  await alerts.close();
  await timeline.stop();
  await receiver.stop();
});

async function subscribe(who: string, match: object = {}): Promise<string> {
  const answer = await request(alerts.getHttpServer())
    .post('/v1/subscriptions')
    .set(IDENTITY_HEADER, as('subscribe'))
    .send({
      name: who,
      match: { entities: [who], ...match },
      developments: ['recorded', 'corroborated', 'corrected', 'retracted', 'merged', 'split'],
      channels: [{ type: 'webhook', url: receiver.url(`/${who}`) }],
    });
  if (answer.status !== 201) throw new Error(answer.text);
  const made = answer.body as SubscriptionOut;
  receiver.trust(`/${who}`, made.channels[0]?.secret ?? '');
  return made.id;
}

/** `['recorded evt_1', …]`, sorted: what a subscription was told once alerts has dealt with all that the timeline sent. */
async function told(subscription: string): Promise<string[]> {
  await eventually('every message to have its receipts', async () => {
    const owed = { subject: 'event.revised', awaiting: { $ne: [] } };
    return (await timeline.database.collection('outbox').countDocuments(owed as object)) === 0;
  });
  const answer = await request(alerts.getHttpServer())
    .get(`/v1/subscriptions/${subscription}/alerts?limit=200`)
    .set(IDENTITY_HEADER, as('subscribe'));
  const { items } = answer.body as Page<AlertOut>;
  return items.map(({ development, eventId }) => `${development} ${eventId}`).sort();
}

async function edit(path: string, body: object): Promise<TimelineEvent> {
  const [id = ''] = path.split('/');
  const { revision } = (await timeline.get(`/v1/events/${id}`).expect(200)).body as TimelineEvent;
  const answer = await timeline
    .call('post', `/v1/events/${path}`)
    .set('if-match', `"${String(revision)}"`)
    .send({ reason: 'the desk says so', ...body });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body as TimelineEvent;
}

test('merge, undo, and reading everything again: nobody is told twice', async () => {
  const all = await subscribe('Magnolia');
  const first = report({ who: 'Magnolia', headline: 'Magnolia opens a ferry line', date: '2025-03-01' });
  const second = report({ who: 'Magnolia', kind: 'ban', headline: 'Magnolia is kept from the harbour' });
  await timeline.deliver(accepted(first));
  await timeline.deliver(accepted(second));
  const events = await timeline.eventsOf('Magnolia');
  const one = events.find(({ snapshot }) => snapshot.kind === 'product-launch')?._id ?? '';
  const two = events.find(({ snapshot }) => snapshot.kind === 'ban')?._id ?? '';
  const expected = [`recorded ${one}`, `recorded ${two}`];
  const expectTold = async (...more: string[]): Promise<void> => {
    expected.push(...more);
    expect(await told(all)).toEqual([...expected].sort());
  };
  await expectTold();
  await edit(`${one}/merge`, { with: two });
  await expectTold(`merged ${one}`);
  // The articles are read again while the two are one.
  await timeline.deliver(accepted({ ...first, version: 2 }, { ...second, version: 2 }));
  await expectTold();
  const { revision } = await edit(`${one}/undo`, { revision: 2 });
  await expectTold(`split ${one}`);
  // And again afterwards, once changed and once gone and back.
  await timeline.deliver(accepted({ ...first, version: 3, summary: 'With a summary.' }, { ...second, version: 3 }));
  await expectTold();
  await timeline.deliver(withdrawn(second, 4));
  await expectTold(`retracted ${two}`);
  await timeline.deliver(accepted({ ...second, version: 5 }));
  // It was taken back and holds again: that is a correction, and no second record.
  await expectTold(`corrected ${two}`);
  // The undo undone is a merge again, and that undone a split.
  const again = await edit(`${one}/undo`, { revision });
  await expectTold(`merged ${one}`);
  await edit(`${one}/undo`, { revision: again.revision });
  await expectTold(`split ${one}`);
  const delivered = await eventually('the webhooks', () =>
    receiver.received.length >= expected.length ? receiver.received : null,
  );
  expect(new Set(delivered.map(({ id }) => id)).size).toBe(expected.length);
});

test('one who waits for a second source hears of the merged event, and not again of what it is made of', async () => {
  const patient = await subscribe('Narcissus', { minSources: 2 });
  const first = report({ who: 'Narcissus', headline: 'Narcissus opens a ferry line' });
  const second = report({ who: 'Narcissus', kind: 'ban', headline: 'Narcissus is kept from the harbour' });
  await timeline.deliver(accepted(first));
  await timeline.deliver(accepted(second));
  const events = await timeline.eventsOf('Narcissus');
  const one = events.find(({ snapshot }) => snapshot.kind === 'product-launch')?._id ?? '';
  const two = events.find(({ snapshot }) => snapshot.kind === 'ban')?._id ?? '';
  expect(await told(patient)).toEqual([]);
  await edit(`${one}/merge`, { with: two });
  expect(await told(patient)).toEqual([`merged ${one}`, `recorded ${one}`]);
  await edit(`${one}/undo`, { revision: 2 });
  const more = report({ who: 'Narcissus', kind: 'ban', headline: 'Narcissus is kept from the harbour' });
  await timeline.deliver(accepted(more));
  expect(await told(patient)).toEqual([`corroborated ${two}`, `merged ${one}`, `recorded ${one}`]);
});

test('what happens to an heir is told though the other event had the same at its revision of that number', async () => {
  const all = await subscribe('Orchid');
  const ban = () => report({ who: 'Orchid', kind: 'ban', headline: 'Orchid is kept from the harbour' });
  const line = () => report({ who: 'Orchid', headline: 'Orchid opens a ferry line', date: '2025-03-01' });
  await timeline.deliver(accepted(line()));
  for (let count = 0; count < 3; count += 1) await timeline.deliver(accepted(ban()));
  const events = await timeline.eventsOf('Orchid');
  const one = events.find(({ snapshot }) => snapshot.kind === 'product-launch')?._id ?? '';
  const two = events.find(({ snapshot }) => snapshot.kind === 'ban')?._id ?? '';
  await edit(`${one}/merge`, { with: two });
  await timeline.deliver(accepted(line()));
  expect((await told(all)).filter((alert) => alert.startsWith('corroborated'))).toEqual(
    [`corroborated ${one}`, `corroborated ${two}`, `corroborated ${two}`].sort(),
  );
});
