import { isLoopback, readServiceSettings } from './service.settings';

const secret = 's'.repeat(32);
const open = { HOST: '0.0.0.0', IDENTITY_SECRET: secret };

test.each<[Record<string, string>, RegExp]>([
  [{}, /^IDENTITY_SECRET is not set/],
  [{ ...open, IDENTITY_SECRET: 'short' }, /^IDENTITY_SECRET is too short/],
  [{ ...open, MONGODB_URI: 'mongodb://db:27017/?replicaSet=rs0' }, /^MONGODB_URI has no credentials/],
  [{ ...open, NATS_URL: 'nats://a:4222' }, /^NATS_URL has no credentials/],
  [{ ...open, NATS_URL: 'nats://t@a:4222,nats://b:4222' }, /^NATS_URL has no credentials/],
  [{ IDENTITY_SECRET: 'x', PORT: 'http' }, /^PORT='http' is not a port/],
  [{ IDENTITY_SECRET: 'x', PORT: '70000' }, /^PORT='70000' is not a port/],
])('refuses %j', (env, message) => {
  expect(() => readServiceSettings(env)).toThrow(
    expect.objectContaining({ code: 'settings', message: expect.stringMatching(message) }),
  );
});

test.each<[Record<string, string>]>([
  [{ IDENTITY_SECRET: 'x', MONGODB_URI: 'mongodb://127.0.0.1', NATS_URL: 'nats://127.0.0.1' }],
  [{ ...open, MONGODB_URI: 'mongodb://u:p@a,b/?replicaSet=rs0', NATS_URL: 'nats://u:p@a:4222,nats://u:p@b:4222' }],
  [{ ...open, MONGODB_URI: 'mongodb+srv://c.example/?authMechanism=MONGODB-X509&tls=true' }],
])('accepts %j', (env) => {
  expect(readServiceSettings(env).identitySecret).toBe(env['IDENTITY_SECRET']);
});

test.each<[string, boolean]>([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['127.0.0.1.example.com', false],
])('isLoopback %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
