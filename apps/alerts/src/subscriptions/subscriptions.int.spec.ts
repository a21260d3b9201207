import type { SubscriptionOut } from '@themeline/contracts';
import { AlertsService } from '../../../../test/support/alerts-service';
import type { SubscriptionDocument } from '../alerts.collections';

jest.setTimeout(60_000);

let alerts: AlertsService;
const LIMIT = 3;
const wanted = (name: string) => ({ name, channels: [{ type: 'webhook', url: 'http://127.0.0.1:19999/' }] });

beforeAll(async () => {
  alerts = await AlertsService.start({ SUBSCRIPTIONS_PER_OWNER: String(LIMIT) });
});
afterAll(async () => {
  delete process.env.SUBSCRIPTIONS_PER_OWNER;
  await alerts?.close();
});

const create = (owner: string, body: object, key?: string) =>
  alerts.call(owner, 'post', '/v1/subscriptions', body, key === undefined ? {} : { 'idempotency-key': key });
const count = (owner: string): Promise<number> =>
  alerts.database.collection<SubscriptionDocument>('subscriptions').countDocuments({ owner });

describe('the same Idempotency-Key', () => {
  test('makes one subscription of two requests, with the same answer and the same secret', async () => {
    const first = await create('ida', wanted('one'), 'k1');
    const second = await create('ida', wanted('one'), 'k1');
    expect(second.status).toBe(201);
    expect(second.body).toEqual(first.body);
    expect((first.body as SubscriptionOut).channels[0]?.secret).toMatch(/^whsec_/);
    expect(await count('ida')).toBe(1);
  });

  test('with another body is refused', async () => {
    await create('ivo', wanted('one'), 'k1');
    const other = await create('ivo', wanted('two'), 'k1');
    expect(other.status).toBe(422);
    expect(await count('ivo')).toBe(1);
  });

  test("of another owner is another's", async () => {
    const mine = await create('ina', wanted('one'), 'k1');
    const theirs = await create('ilse', wanted('one'), 'k1');
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  test('after a refusal makes it when what was wrong is right', async () => {
    expect((await create('ira', { ...wanted('one'), match: { themes: ['not-yet'] } }, 'k1')).status).toBe(400);
    await alerts.learnTheme('not-yet');
    expect((await create('ira', { ...wanted('one'), match: { themes: ['not-yet'] } }, 'k1')).status).toBe(201);
  });
});

describe('the limit of an owner', () => {
  test('holds when many are made at once, and what is removed makes room', async () => {
    const answers = await Promise.all(Array.from({ length: LIMIT + 2 }, (_, n) => create('lena', wanted(String(n)))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array<number>(LIMIT).fill(201), 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body.detail).toBe("'lena' has 3 subscriptions, as many as an owner may have");
    const made = answers.find(({ status }) => status === 201)?.body as SubscriptionOut;
    expect((await alerts.call('lena', 'delete', `/v1/subscriptions/${made.id}`)).status).toBe(204);
    expect((await create('lena', wanted('again'))).status).toBe(201);
  });

  test("is each owner's own", async () => {
    for (let n = 0; n < LIMIT; n += 1) await create('lars', wanted(String(n)));
    expect((await create('lars', wanted('more'))).status).toBe(409);
    expect((await create('lotte', wanted('one'))).status).toBe(201);
  });
});
