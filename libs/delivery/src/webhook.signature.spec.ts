import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { generateSecret, InvalidSecretError, signWebhook } from './webhook.signature';

const ID = 'dlv_7a1';

describe('signWebhook', () => {
  test('gives the signature of the reference example', () => {
    const headers = signWebhook(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_000),
      '{"test": 2432232314}',
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  test('is accepted by the standardwebhooks package for any body', () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (body, bytes) => {
        const secret = generateSecret(() => Buffer.from(bytes));
        const headers = signWebhook([secret], ID, new Date(), body);
        expect(() => new Webhook(secret).verify(body, headers)).not.toThrow();
      }),
      { numRuns: 50 },
    );
  });

  test('during a rotation both the old and the new secret verify, a third does not', () => {
    const [old, fresh, other] = [generateSecret(), generateSecret(), generateSecret()];
    const headers = signWebhook([fresh, old], ID, new Date(), '{}');
    expect(() => new Webhook(old).verify('{}', headers)).not.toThrow();
    expect(() => new Webhook(fresh).verify('{}', headers)).not.toThrow();
    expect(() => new Webhook(other).verify('{}', headers)).toThrow('No matching signature');
  });

  test.each([
    ['the body', { body: '{"a":2}' }],
    ['the id', { 'webhook-id': 'dlv_8' }],
    ['the time', { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 1) }],
  ])('a change of %s is noticed', (_what, change) => {
    const secret = generateSecret();
    const { body, ...headers } = { ...signWebhook([secret], ID, new Date(), '{"a":1}'), body: '{"a":1}', ...change };
    expect(() => new Webhook(secret).verify(body, headers)).toThrow();
  });

  test.each([['secret'], ['whsec_'], ['whsec_a b='], ['whsec_abc'], ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']])(
    'refuses the secret %s',
    (secret) => {
      expect(() => signWebhook([secret], ID, new Date(), '{}')).toThrow(InvalidSecretError);
    },
  );

  test('does not repeat a bad secret in its message', () => {
    expect(() => signWebhook(['whsec_Zm9v!bar'], ID, new Date(), '{}')).not.toThrow('Zm9v');
  });

  test('refuses no secret at all, and an id with a dot', () => {
    expect(() => signWebhook([], ID, new Date(), '{}')).toThrow(RangeError);
    expect(() => signWebhook([generateSecret()], 'a.b', new Date(), '{}')).toThrow("'a.b'");
  });
});

test('generateSecret makes 256 random bits, another each time', () => {
  const secrets = Array.from({ length: 20 }, () => generateSecret());
  expect(new Set(secrets).size).toBe(20);
  for (const secret of secrets) expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
});
