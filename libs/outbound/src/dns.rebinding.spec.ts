import { createSocket, type Socket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundGuard } from './outbound.guard';

/** A DNS server that answers the n-th question for an A record with the n-th of its addresses, and the last one from then on. */
class NameServer {
  asked = 0;
  private constructor(private readonly socket: Socket) {}

  static async open(addresses: readonly string[]): Promise<NameServer> {
    const socket = createSocket('udp4');
    const names = new NameServer(socket);
    socket.on('message', (query, from) => {
      const address = addresses[Math.min(names.asked, addresses.length - 1)] ?? '';
      names.asked += 1;
      socket.send(answerTo(query, address), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return names;
  }

  resolve = async (host: string) => {
    const resolver = new Resolver();
    resolver.setServers([`127.0.0.1:${String(this.socket.address().port)}`]);
    return (await resolver.resolve4(host)).map((address) => ({ address, family: 4 }));
  };

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }
}

/** RFC 1035 4.1: the question as it came, and one A record for it that lives 0 seconds. */
function answerTo(query: Buffer, address: string): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([head, question, record]);
}

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
  names = await NameServer.open(['93.184.215.14', '127.0.0.1']);
  guard = new OutboundGuard({ allow: [], resolve: names.resolve });
  const url = `http://rebinding.example:${String((victim.address() as AddressInfo).port)}/`;
  await guard.checkUrl(url);
  await expect(guard.request({ method: 'GET', url, timeoutMs: 5_000, maxResponseBytes: 100 })).rejects.toThrow(
    'rebinding.example (127.0.0.1) is refused: loopback',
  );
  expect(names.asked).toBe(2);
  expect(visits).toBe(0);
});

test('the address that was checked is the one that is called: there is no third question', async () => {
  names = await NameServer.open(['127.0.0.1', '10.0.0.8']);
  guard = new OutboundGuard({ allow: ['127.0.0.1'], resolve: names.resolve });
  const url = `http://allowed.example:${String((victim.address() as AddressInfo).port)}/`;
  const answer = await guard.request({ method: 'GET', url, timeoutMs: 5_000, maxResponseBytes: 100 });
  expect(answer.body.toString()).toBe('inside');
  expect(names.asked).toBe(1);
});
