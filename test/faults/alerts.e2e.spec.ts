import type { AlertOut, DeliveryOut, SubscriptionOut } from '@themeline/contracts';
import type { FaultPoint } from '@themeline/messaging';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { happening } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';

jest.setTimeout(300_000);

/** Where the alerts service is killed: at a named step of its own, or by the receiver in the middle of its call. */
type Kill = FaultPoint | 'in-the-call';
const KILLS: Kill[] = [
  'after-match',
  'before-ledger-commit',
  'after-ledger-commit',
  'before-call',
  'in-the-call',
  'before-marking-delivered',
];
/** There the receiver had the message and its answer was lost: it must come again, and be known by its id. */
const ANSWER_LOST: Kill[] = ['in-the-call', 'before-marking-delivered'];

test('kill -9 at each step of an alert: none is lost, and a repeat comes only where the answer was lost, under the same id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'themeline-faults-'));
  /** Headline → the ids of the messages that came about it. */
  const received = new Map<string, string[]>();
  const messages = (): number => [...received.values()].flat().length;
  let killInCall: (() => Promise<void>) | null = null;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { event } = (JSON.parse(Buffer.concat(chunks).toString()) as { data: { event: { headline: string } } })
        .data;
      received.set(event.headline, [...(received.get(event.headline) ?? []), String(request.headers['webhook-id'])]);
      const kill = killInCall;
      killInCall = null;
      if (kill === null) response.writeHead(204).end();
      else void kill();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/`;
  const stack = await Stack.start({ env: { FAULT_POINTS_FOLDER: folder } });
  try {
    const { body: subscription } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: 'faults',
      channels: [{ type: 'webhook', url }],
    });
    for (const [index, kill] of KILLS.entries()) {
      const [pid] = await stack.pids('alerts');
      if (kill === 'in-the-call') killInCall = () => stack.kill9('alerts');
      else await writeFile(join(folder, kill), '');
      expect((await stack.call('POST', '/v1/reports', happening(index))).status).toBe(202);
      await eventually(`the kill ${kill}`, () => killInCall === null && !existsSync(join(folder, kill)), 60_000);
      await eventually('the service to run again', async () => {
        const [next] = await stack.pids('alerts');
        return next !== undefined && next !== 0 && next !== pid;
      });
    }
    // At least: which alerts meet a kill, and how many of them, is the chance of what is on its way again meanwhile.
    const repeats = KILLS.filter((kill) => ANSWER_LOST.includes(kill)).length;
    await eventually(
      'every message, and those again whose answer was lost',
      () => received.size === KILLS.length && messages() >= KILLS.length + repeats,
      120_000,
    );
    // What is committed after all of it comes after all of it.
    await stack.call('POST', '/v1/reports', happening(KILLS.length));
    await eventually('the last message', () => received.has(happening(KILLS.length).headline), 60_000);
    const deliveries = await eventually('every delivery to be marked', async () => {
      const all = await stack.all<DeliveryOut>(`/v1/subscriptions/${subscription.id}/deliveries`);
      return all.length === KILLS.length + 1 && all.every(({ state }) => state === 'delivered') && all;
    });

    // What was written down as received is not sent again: each repeat is one whose answer was lost.
    for (const { attempts } of deliveries) expect(attempts.map(({ status }) => status)).toEqual([204]);
    for (const ids of received.values()) expect(new Set(ids).size).toBe(1);
    const alerts = await stack.all<AlertOut>(`/v1/subscriptions/${subscription.id}/alerts`);
    expect(new Set(alerts.map(({ eventId }) => eventId)).size).toBe(KILLS.length + 1);
    expect(alerts).toHaveLength(KILLS.length + 1);
  } finally {
    await stack.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await rm(folder, { recursive: true, force: true });
  }
});
