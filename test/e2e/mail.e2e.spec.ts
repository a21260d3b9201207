import type { DeliveryOut, SubscriptionOut } from '@themeline/contracts';
import request from 'supertest';
import { MailServer } from '../support/mail-server';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';

// The product as it is started, and a mail server in a process of its own.
let stack: Stack | undefined;
let mail: MailServer | undefined;

beforeAll(async () => {
  mail = await MailServer.start();
  stack = await Stack.start({
    env: { SMTP_URL: mail.url, SMTP_FROM: 'Themeline <alerts@themeline.example>', DELIVERY_RETRY_SECONDS: '0.2,0.2' },
    timeoutMs: 240_000,
  });
}, 260_000);
afterAll(async () => {
  await stack?.stop();
  await mail?.stop();
});

function running(): { stack: Stack; mail: MailServer } {
  if (stack === undefined || mail === undefined) throw new Error('nothing runs');
  return { stack, mail };
}

async function subscribe(name: string, kind: string, channels: object[]): Promise<SubscriptionOut> {
  const wanted = { name, match: { kinds: [kind] }, channels };
  const { status, body } = await running().stack.call<SubscriptionOut>('POST', '/v1/subscriptions', wanted);
  expect(body).toMatchObject({ name });
  expect(status).toBe(201);
  return body;
}

const report = (kind: string, headline: string): Promise<unknown> =>
  running().stack.call('POST', '/v1/reports', {
    kind,
    headline,
    date: '2026-09',
    source: { name: 'Harbour Gazette' },
    url: 'https://gazette.example/a?b=1&c=2',
  });

/** The one link of a mail that leads to where it says. */
function linkTo(text: string | undefined, what: 'confirm' | 'unsubscribe'): string {
  const link = new RegExp(`http://127\\.0\\.0\\.1:\\d+/v1/open/mail/\\S+/${what}/\\S+`).exec(text ?? '')?.[0];
  if (link === undefined) throw new Error(`no link to ${what} in: ${text ?? ''}`);
  return link;
}

const channelOf = async ({ id }: SubscriptionOut): Promise<SubscriptionOut['channels'][number] | undefined> =>
  (await running().stack.call<SubscriptionOut>('GET', `/v1/subscriptions/${id}`)).body.channels[0];

test('a mail asks, its link is followed, an alert and a digest come, one POST ends it', async () => {
  const { mail: server } = running();
  const address = 'anna@desk.example';
  const made = await subscribe('Chips <b>&', 'export-control', [{ type: 'email', address }]);
  expect(made.channels[0]).toMatchObject({ type: 'email', address, state: 'unconfirmed' });

  // Who has not agreed gets nothing but the question.
  const question = await server.next(address);
  expect(question.subject).toBe('Please confirm: alerts of Chips <b>&');
  expect(question.lines.has('list-unsubscribe')).toBe(false);
  const confirm = linkTo(question.text, 'confirm');
  expect(question.html).toContain(confirm);

  const asks = await request(confirm).get('');
  expect([asks.status, asks.type]).toEqual([200, 'text/html']);
  expect(asks.text).toContain('Chips &lt;b&gt;&amp;');
  expect((await channelOf(made))?.state).toBe('unconfirmed');
  expect((await request(`${confirm.slice(0, -3)}abc`).post('')).status).toBe(403);
  expect((await request(confirm).post('')).status).toBe(200);
  expect((await channelOf(made))?.state).toBe('active');

  await report('export-control', 'Netherlands <script>alert(1)</script> widen export controls');
  const alert = await server.next(address, 1);
  expect(alert.subject).toBe('New: Netherlands <script>alert(1)</script> widen export controls');
  expect(alert.from?.address).toBe('alerts@themeline.example');
  expect(alert.envelope.to).toEqual([address]);
  expect(alert.text).toContain('September 2026');
  expect(alert.text).toContain('Harbour Gazette: https://gazette.example/a?b=1&c=2');
  expect(alert.html).toContain('href="https://gazette.example/a?b=1&amp;c=2"');
  expect(alert.html).not.toContain('<script');

  // Many at once are one mail.
  const { stack: api } = running();
  const headlines = ['Ostrava', 'Brno', 'Pilsen', 'Zlin', 'Tabor', 'Most', 'Cheb', 'Kolin'].map(
    (place, index) => `${place} closes its port number ${String(index)} to ${place} steel`,
  );
  await api.call(
    'POST',
    '/v1/reports',
    headlines.map((headline, index) => ({
      kind: 'export-control',
      headline,
      date: `2026-0${String(index + 1)}`,
      entities: [`${headline.split(' ')[0] ?? ''} Works`],
      source: { name: 'Harbour Gazette' },
    })) as unknown as object,
  );
  await eventually('every development in a mail', () => {
    const told = server
      .to(address)
      .slice(1)
      .map(({ text }) => text ?? '')
      .join('\n');
    return headlines.every((headline) => told.includes(headline));
  });

  const last = server.to(address).at(-1);
  const unsubscribe = /^<(.+)>$/.exec(last?.lines.get('list-unsubscribe') ?? '')?.[1] ?? '';
  expect(unsubscribe).toBe(linkTo(last?.text, 'unsubscribe'));
  expect(last?.lines.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  expect((await request(unsubscribe).get('')).text).toContain('<form method="post">');
  expect((await channelOf(made))?.state).toBe('active');

  const oneClick = await request(unsubscribe)
    .post('')
    .set('content-type', 'application/x-www-form-urlencoded')
    .send('List-Unsubscribe=One-Click');
  expect(oneClick.status).toBe(200);
  expect(await channelOf(made)).toMatchObject({ state: 'unsubscribed', address: null });
  expect((await request(unsubscribe).post('')).status).toBe(200);

  // Another's mail says when everything of this one would have come.
  const count = server.to(address).length;
  const witness = await subscribe('witness', 'export-control', [{ type: 'email', address: 'witness@desk.example' }]);
  await request(linkTo((await server.next('witness@desk.example')).text, 'confirm')).post('');
  await api.call('POST', `/v1/subscriptions/${made.id}/resume`);
  await report('export-control', 'Norway keeps Zephyr off public phones');
  await server.next('witness@desk.example', 1);
  expect(server.to(address)).toHaveLength(count);
  expect(witness.channels[0]).not.toHaveProperty('secret');
}, 240_000);

test('a digest gathers what came since the last, and addresses that bounce are let go', async () => {
  const { mail: server, stack: api } = running();
  const address = 'bo@desk.example';
  const zone = { timeZone: 'Europe/Berlin' };
  const made = await subscribe('Ports', 'policy', [{ type: 'email', address, cadence: { mode: 'daily', ...zone } }]);
  await request(linkTo((await server.next(address)).text, 'confirm')).post('');
  await report('policy', 'A first plan for the northern harbour');
  await report('policy', 'Quite another plan for southern railways');
  await eventually('both in the ledger', async () => {
    const alerts = await api.call<{ items: unknown[] }>('GET', `/v1/subscriptions/${made.id}/alerts`);
    return alerts.body.items.length === 2;
  });
  expect(server.to(address)).toHaveLength(1);
  // Without waiting for the morning: told at once from now on, what has gathered goes first.
  const id = made.channels[0]?.id;
  await api.call('PATCH', `/v1/subscriptions/${made.id}`, { channels: [{ id, type: 'email', address }] });
  const mails = await eventually('what had gathered', () => {
    const found = server.to(address).slice(1);
    const text = found.map((one) => one.text).join('\n');
    return text.includes('northern harbour') && text.includes('southern railways') && found;
  });
  expect(mails.length).toBeLessThanOrEqual(2);

  const lost = await subscribe('Lost', 'policy', [{ type: 'email', address: 'bounce@desk.example' }]);
  const refused = await eventually('a refused question', async () => {
    const { body } = await api.call<{ items: DeliveryOut[] }>('GET', `/v1/subscriptions/${lost.id}/deliveries`);
    return body.items.find(({ state }) => state === 'dead') ?? null;
  });
  expect(refused).toMatchObject({ purpose: 'confirmation', attempts: [{ status: 550 }] });
}, 240_000);
