import { toClient, toUpstream } from './proxy.headers';

const vouched = { identity: 'signed', requestId: 'req-1', host: 'tl.example', protocol: 'https', address: '192.0.2.1' };

test('what clients claim about themselves is replaced by what the gateway knows', () => {
  const headers = toUpstream(
    {
      host: 'evil.example',
      authorization: 'Bearer tl_x',
      'x-themeline-identity': 'forged',
      'x-request-id': 'bad\u007f',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'evil.example',
      forwarded: 'for=127.0.0.1',
      accept: 'text/csv',
      'idempotency-key': 'k',
    },
    vouched,
  );
  expect(headers).toEqual({
    accept: 'text/csv',
    'idempotency-key': 'k',
    'x-themeline-identity': 'signed',
    'x-request-id': 'req-1',
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-host': 'tl.example',
    'x-forwarded-proto': 'https',
  });
});

test.each([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])('%s stays on its connection', (name) => {
  expect(toUpstream({ [name]: 'x' }, vouched)).not.toHaveProperty(name);
  expect(toClient({ [name]: 'x', etag: '"1"' })).toEqual({ etag: '"1"' });
});

test('headers that Connection names stay too', () => {
  expect(toClient({ connection: 'close, X-Hop', 'x-hop': '1', 'x-end': '2' })).toEqual({ 'x-end': '2' });
});
