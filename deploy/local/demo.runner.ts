import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AlertOut, SubscriptionOut, WebhookBody } from '@themeline/contracts';
import { Webhook } from 'standardwebhooks';
import type { LocalStack } from './local.stack';
import { LOOPBACK, StackError } from './servers';

const SUBSCRIPTION = 'Demo: everything new';
const BODY_LIMIT = 1024 * 1024;

/** A receiver of webhooks on loopback; `close` ends it. */
export interface Demo {
  close(): void;
}

/** `demo.json` in the data folder: what a second demo needs to carry on. */
interface DemoState {
  readonly subscriptionId: string;
  readonly secret: string;
  readonly port: number;
}

/**
 * Loads the sample articles of `folder` through the gateway, makes a sample subscription whose alerts go to a receiver
 * in this process, and says each alert as it arrives. On data that has seen the demo before, the subscription and its
 * receiver's port are used again, and the alerts that were told then are said once more.
 */
export async function runDemo(stack: LocalStack, folder: string, say: (line: string) => void): Promise<Demo> {
  const api = new Api(stack.url, (await readFile(stack.folder.adminKeyFile, 'utf8')).trim());
  const stateFile = join(stack.folder.path, 'demo.json');
  const known = await readState(stateFile);
  const existing = known === undefined ? undefined : await api.find(known.subscriptionId);

  let secret = existing === undefined ? undefined : known?.secret;
  const receiver = createServer((request, response) => void receive(request, response, () => secret, say));
  const port = await listen(receiver, existing === undefined ? 0 : (known?.port ?? 0));
  try {
    const url = `http://${LOOPBACK}:${port}/alerts`;
    if (existing === undefined) {
      const made = await api.subscribe(url);
      secret = made.channels[0]?.secret ?? '';
      const state: DemoState = { subscriptionId: made.id, secret, port };
      await stack.folder.writePrivate(stateFile, `${JSON.stringify(state, null, 2)}\n`);
      say(`demo: subscription '${made.name}' made, its alerts go to ${url}`);
    } else {
      if (known !== undefined && known.port !== port) {
        await api.move(existing, url);
        await stack.folder.writePrivate(stateFile, `${JSON.stringify({ ...known, port }, null, 2)}\n`);
      }
      say(`demo: subscription '${existing.name}' is there from an earlier demo; told then:`);
      for (const { event, development } of await api.alerts(existing.id)) say(describeAlert(development, event));
    }
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
      const text = await readFile(join(folder, file), 'utf8');
      const { duplicate } = await api.post(text);
      const { title } = JSON.parse(text) as { title: string };
      say(`demo: article ${duplicate ? 'known already' : 'sent'}: ${title}`);
    }
  } catch (error) {
    receiver.close();
    throw error;
  }
  return {
    close: () => {
      receiver.close();
      receiver.closeAllConnections();
    },
  };
}

/**
 * One alert on one line.
 *
 * @example
 * alert recorded: Hellwig Cells to invest €240 million (12 March 2026; Baltic Industry Wire, Nordhavn Business)
 */
export function describeAlert(
  development: string,
  event: Pick<WebhookBody['data']['event'], 'headline' | 'date' | 'reports'>,
): string {
  const sources = [...new Set(event.reports.map(({ source }) => source.name))].join(', ');
  return `alert ${development}: ${event.headline} (${event.date.display}; ${sources})`;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  secret: () => string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const answer = (status: number): void => void response.writeHead(status).end();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT) return answer(413);
    chunks.push(chunk);
  }
  const known = secret();
  // Between the subscription's commit and its answer an alert may already come: it will be tried again.
  if (known === undefined) return answer(503);
  const body = Buffer.concat(chunks).toString('utf8');
  try {
    new Webhook(known).verify(body, request.headers as Record<string, string>);
  } catch {
    return answer(401);
  }
  const { data } = JSON.parse(body) as WebhookBody;
  answer(204);
  if (data?.event !== undefined) say(describeAlert(data.alert.development, data.event));
}

class Api {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** The subscription with this id; `undefined` when it is gone. */
  async find(id: string): Promise<SubscriptionOut | undefined> {
    const response = await this.call('GET', `/v1/subscriptions/${id}`);
    return response.status === 404 ? undefined : this.read<SubscriptionOut>(response);
  }

  async subscribe(url: string): Promise<SubscriptionOut> {
    const wanted = {
      name: SUBSCRIPTION,
      developments: ['recorded', 'corroborated', 'retracted'],
      channels: [{ type: 'webhook', url }],
    };
    return this.read(await this.call('POST', '/v1/subscriptions', JSON.stringify(wanted)));
  }

  async move({ id, channels }: SubscriptionOut, url: string): Promise<void> {
    const moved = channels.map((channel) => ({ id: channel.id, type: channel.type, url }));
    await this.read(await this.call('PATCH', `/v1/subscriptions/${id}`, JSON.stringify({ channels: moved })));
  }

  async alerts(id: string): Promise<AlertOut[]> {
    return (await this.read<{ items: AlertOut[] }>(await this.call('GET', `/v1/subscriptions/${id}/alerts`))).items;
  }

  async post(article: string): Promise<{ duplicate: boolean }> {
    return this.read(await this.call('POST', '/v1/articles', article));
  }

  private call(method: string, path: string, body?: string): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.key}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    return fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  private async read<T>(response: Response): Promise<T> {
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new StackError(
      'not-ready',
      `the demo stopped: ${response.url} answered ${response.status}: ${text.slice(0, 300)}`,
    );
  }
}

async function readState(file: string): Promise<DemoState | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoState;
  } catch {
    return undefined;
  }
}

/** Listens on `port`, or on a free one when that is taken. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    };
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (port !== 0 && error.code === 'EADDRINUSE') listen(server, 0).then(resolve, reject);
      else reject(error);
    });
    server.listen(port, LOOPBACK, done);
  });
}
