import { urlToken, withoutToken } from './url.token';

const ask = (method: string, url: string) => urlToken({ method, raw: { url } });

test.each([
  ['GET', '/v1/export.ics?kind=ban&token=tl_1', 'tl_1'],
  ['HEAD', '/v1/export/timelinejs?token=tl_1', 'tl_1'],
  ['GET', '/v1/stream?token=tl_1', 'tl_1'],
  ['GET', '/v1/stream?token=', ''],
  ['GET', '/v1/stream', null],
  ['POST', '/v1/stream?token=tl_1', null],
  ['GET', '/v1/events?token=tl_1', null],
  ['GET', '/v1/keys?token=tl_1', null],
  ['GET', '/v1/streams?token=tl_1', null],
])('%s %s → %p', (method, url, token) => {
  expect(ask(method, url)).toBe(token);
});

test.each([
  ['/v1/export.ics?kind=ban&token=tl_1', '/v1/export.ics?kind=ban'],
  ['/v1/export.ics?token=tl_1&q=a%20b', '/v1/export.ics?q=a%20b'],
  ['/v1/stream?token=tl_1', '/v1/stream'],
  ['/v1/stream?tokens=1', '/v1/stream?tokens=1'],
  ['/v1/events?token=tl_1', '/v1/events?token=tl_1'],
  ['/v1/stream', '/v1/stream'],
])('%s goes on as %s', (url, without) => {
  expect(withoutToken(url)).toBe(without);
});
