import { readGatewaySettings } from './gateway.settings';

const given = {
  INGEST_URL: 'http://127.0.0.1:8081',
  TIMELINE_URL: 'http://127.0.0.1:8082, http://127.0.0.1:8083/',
  ALERTS_URL: 'https://alerts.internal',
};

test('reads replicas and defaults', () => {
  expect(readGatewaySettings({ ...given, IDENTITY_SECRET: 's' })).toEqual({
    upstreams: {
      ingest: ['http://127.0.0.1:8081'],
      timeline: ['http://127.0.0.1:8082', 'http://127.0.0.1:8083'],
      alerts: ['https://alerts.internal'],
    },
    identitySecret: 's',
    adminKey: undefined,
    adminKeyFile: undefined,
    ratePerMinute: 6_000,
    burst: 6_000,
    wrongKeysPerMinute: 10,
  });
});

test.each<[Record<string, string>, RegExp]>([
  [{ INGEST_URL: '' }, /^INGEST_URL is not set/],
  [{ ALERTS_URL: 'alerts:8083' }, /^ALERTS_URL has 'alerts:8083'/],
  [{ TIMELINE_URL: 'http://a/v1' }, /^TIMELINE_URL has 'http:\/\/a\/v1'/],
  [{ HOST: '0.0.0.0' }, /^ADMIN_KEY must have at least 32 characters/],
  [{ HOST: '0.0.0.0', ADMIN_KEY: 'short' }, /^ADMIN_KEY must have/],
  [{ RATE_LIMIT_PER_MINUTE: '0' }, /^RATE_LIMIT_PER_MINUTE='0'/],
  [{ RATE_LIMIT_BURST: '1.5' }, /^RATE_LIMIT_BURST='1.5'/],
])('refuses %j', (env, message) => {
  expect(() => readGatewaySettings({ ...given, ...env })).toThrow(
    expect.objectContaining({ code: 'settings', message: expect.stringMatching(message) }),
  );
});
