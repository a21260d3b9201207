import { AbuseStack, faultOf, WRONG_KEYS } from './abuse.stack';
import { describeAccess } from './access.cases';
import { describeInput } from './input.cases';
import { describeOutput } from './output.cases';
import { describeSecrets } from './secrets.cases';

jest.setTimeout(120_000);

let abuse: AbuseStack;
beforeAll(async () => {
  abuse = await AbuseStack.start();
}, 260_000);
afterAll(() => abuse.stop());

describeAccess(() => abuse);
describeInput(() => abuse);
describeOutput(() => abuse);

test('every answer has the headers that keep browsers from making more of it', async () => {
  const paths = [
    '/',
    '/docs',
    '/openapi.json',
    '/v1/events',
    '/v1/export.csv',
    '/v1/nothing',
    '/v1/keys',
    '/health/live',
  ];
  for (const path of paths) {
    const { headers } = await abuse.call('get', path);
    expect({
      path,
      sniffing: headers.get('x-content-type-options'),
      frames: headers.get('x-frame-options'),
      referrer: headers.get('referrer-policy'),
      policy: headers.get('content-security-policy')?.includes("object-src 'none'"),
      server: headers.get('server') ?? headers.get('x-powered-by'),
      origins: headers.get('access-control-allow-origin'),
    }).toEqual({
      path,
      sniffing: 'nosniff',
      frames: 'SAMEORIGIN',
      referrer: 'no-referrer',
      policy: true,
      server: null,
      origins: null,
    });
  }
  const shown = await abuse.call('post', '/v1/tokens', { key: abuse.beta, body: { name: 'x' } });
  abuse.secrets.set('token of beta', (JSON.parse(shown.text) as { token: string }).token);
  expect(shown.headers.get('cache-control')).toBe('no-store');
});

test('guessing is slow: keys, tokens and the secrets of feeds', async () => {
  const statuses: Record<string, number[]> = { key: [], token: [] };
  for (let n = 0; n < WRONG_KEYS + 20; n += 1) {
    const guess = `tl_guess000_${String(n).padStart(43, '0')}`;
    const byKey = await abuse.call('get', '/v1/events', { key: guess });
    const byToken = await abuse.call('get', `/v1/export.csv?token=${guess}`, { key: null });
    expect(faultOf(byKey, [401, 429]) ?? faultOf(byToken, [401, 429])).toBeNull();
    if (byKey.status === 429) expect(Number(byKey.headers.get('retry-after'))).toBeGreaterThan(0);
    statuses.key?.push(byKey.status);
    statuses.token?.push(byToken.status);
  }
  const looked = [...(statuses.key ?? []), ...(statuses.token ?? [])].filter((status) => status === 401);
  expect(looked.length).toBeLessThanOrEqual(WRONG_KEYS + 5);
  expect(statuses.key?.slice(-5)).toEqual([429, 429, 429, 429, 429]);
  // Who is known goes on.
  expect((await abuse.call('get', '/v1/events', { key: abuse.alpha })).status).toBe(200);

  const open = await Promise.all(
    Array.from({ length: 700 }, (_, n) =>
      abuse.call('get', `/v1/open/feeds/chn_x/tls_guess${String(n)}/feed.atom`, { key: null }),
    ),
  );
  expect(open.every((reply) => faultOf(reply, [404, 429]) === null)).toBe(true);
  expect(open.filter(({ status }) => status === 429).length).toBeGreaterThan(50);
});

describeSecrets(() => abuse);
