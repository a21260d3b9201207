import { NameServer } from '../../../test/support/name-server';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardFromEnv, type OutboundGuard } from './outbound.guard';

let victim: Server;
let visits: number;
let names: NameServer | undefined;
let guard: OutboundGuard | undefined;

beforeEach(async () => {
  visits = 0;
  victim = createServer((_, response) => {
    visits += 1;
    response.end('inside');
  });
  await new Promise<void>((resolve) => victim.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await guard?.close();
  await names?.close();
  victim.closeAllConnections();
  await new Promise((resolve) => victim.close(resolve));
});

test('a name that was public when it was checked and is loopback when it is called reaches nobody', async () => {
  names = await NameServer.open({ 'rebinding.example': ['93.184.215.14', '127.0.0.1'] });
  guard = guardFromEnv({ OUTBOUND_DNS: names.address });
  const url = `http://rebinding.example:${String((victim.address() as AddressInfo).port)}/`;
  await guard.checkUrl(url);
  await expect(guard.request({ method: 'GET', url, timeoutMs: 5_000, maxResponseBytes: 100 })).rejects.toThrow(
    'rebinding.example (127.0.0.1) is refused: loopback',
  );
  expect(names.asked('rebinding.example')).toBe(2);
  expect(visits).toBe(0);
});

test('the address that was checked is the one that is called: there is no third question', async () => {
  names = await NameServer.open({ 'allowed.example': ['127.0.0.1', '10.0.0.8'] });
  guard = guardFromEnv({ OUTBOUND_ALLOW: '127.0.0.1', OUTBOUND_DNS: names.address });
  const url = `http://allowed.example:${String((victim.address() as AddressInfo).port)}/`;
  const answer = await guard.request({ method: 'GET', url, timeoutMs: 5_000, maxResponseBytes: 100 });
  expect(answer.body.toString()).toBe('inside');
  expect(names.asked('allowed.example')).toBe(1);
});
