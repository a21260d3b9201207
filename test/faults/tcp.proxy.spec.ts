import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '../support/message-bus';
import { TcpProxy } from './tcp.proxy';

let server: Server;
let proxy: TcpProxy;
const opened: Socket[] = [];

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await TcpProxy.open((server.address() as AddressInfo).port);
});

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
  proxy.close();
  server.close();
});

/** A client of the echo behind the proxy, that introduces itself. */
async function client(name: string): Promise<{ socket: Socket; heard: () => string }> {
  const socket = connect(proxy.port, '127.0.0.1');
  opened.push(socket);
  let text = '';
  socket.on('data', (data: Buffer) => (text += data.toString()));
  socket.on('error', () => undefined);
  socket.write(`${name};`);
  await eventually(`${name} to be heard`, () => text === `${name};`);
  return { socket, heard: () => text };
}

test('cuts off those who introduced themselves so, and lets all that was held up through in order afterwards', async () => {
  const [one, other] = [await client('one'), await client('other')];
  const end = proxy.disturb({ of: (introduction) => introduction.includes('one;'), cut: true });
  for (const piece of ['a', 'b', 'c']) {
    one.socket.write(piece);
    other.socket.write(piece);
    await pause(5);
  }
  await eventually('the other to be answered', () => other.heard() === 'other;abc');
  expect(one.heard()).toBe('one;');
  end();
  await eventually('the one to be answered', () => one.heard() === 'one;abc');
});

test('delays each piece in both directions', async () => {
  const { socket, heard } = await client('slow');
  proxy.disturb({ of: () => true, delayMs: 60 });
  const startedAt = performance.now();
  socket.write('late');
  await eventually('the answer', () => heard() === 'slow;late');
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(115);
});

test('forgets the present connections and takes new ones; a reset ends them', async () => {
  const old = await client('old');
  proxy.forget();
  old.socket.write('lost');
  const next = await client('next');
  next.socket.write('!');
  await eventually('the next to be answered', () => next.heard() === 'next;!');
  expect(old.heard()).toBe('old;');
  const closed = new Promise((resolve) => next.socket.once('close', resolve));
  proxy.reset();
  await closed;
});

test('what is closed leaves no connection open, also none that was forgotten and whose other end is gone', async () => {
  const served: Socket[] = [];
  server.on('connection', (socket) => served.push(socket));
  const { socket } = await client('left alone');
  proxy.forget();
  served[0]?.destroy();
  await pause(50);
  expect(socket.closed).toBe(false);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  proxy.close();
  await closed;
});
