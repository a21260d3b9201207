import type { DeliveryOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { eventually } from '../support/message-bus';
import { type Operation, operationsOf, type Served } from '../schema/examples';
import { MailServer } from '../support/mail-server';
import { NameServer } from '../support/name-server';
import { Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

/** Where receivers listen: the one address of the server's own that it may call. */
const RECEIVERS = '127.0.0.3';
export const WRONG_KEYS = 40;
export const ALL_BUT_ADMIN = ['read', 'ingest', 'edit', 'subscribe'];
/** In everything that alpha has for herself. */
export const PRIVATE = 'alphas-own';
/** A value of a webhook's header, as a user would keep a password in it. */
const HEADER_PASSWORD = 'Basic aHVudGVyMjpodW50ZXIy';
/** Answered with a public address when it is checked, with one of the server's own when it is called. */
export const REBINDING = ['hooks.rebinding.example', 'feeds.rebinding.example', 'slack.rebinding.example'] as const;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

export interface Call {
  key?: string | null;
  body?: unknown;
  /** Instead of `body`, as it is. */
  raw?: string;
  type?: string;
  headers?: Record<string, string>;
}

/** One stack with a name server, a mail server and a receiver of its own, and callers with keys of every kind. */
export class AbuseStack {
  /** Answers that said no, or failed; looked through for secrets at the end. */
  readonly refusals: string[] = [];

  /** Every secret that was ever shown to somebody, by what it is. */
  readonly secrets = new Map<string, string>();
  /** Keys of two owners with every scope but `admin`. */
  alpha = '';
  beta = '';
  /** What alpha has made, by the collection whose id it is. */
  ids: Readonly<Record<string, string>> = {};

  private constructor(
    readonly stack: Stack,
    readonly names: NameServer,
    readonly mail: MailServer,
    readonly receiver: WebhookReceiver,
    readonly operations: readonly Operation[],
    readonly document: Served,
  ) {}

  static async start(): Promise<AbuseStack> {
    const rebinding = REBINDING.map((name) => [name, ['93.184.215.14', '127.0.0.2']] as const);
    const inner = [['localhost', ['127.0.0.1']] as const, ['inner.example', ['10.0.0.8']] as const];
    const names = await NameServer.open(Object.fromEntries([...rebinding, ...inner]));
    const mail = await MailServer.start();
    const receiver = new WebhookReceiver(undefined, RECEIVERS);
    await receiver.start();
    const stack = await Stack.start({
      env: {
        LOG_LEVEL: 'debug',
        OUTBOUND_ALLOW: RECEIVERS,
        OUTBOUND_DNS: names.address,
        SMTP_URL: mail.url,
        SMTP_FROM: 'Themeline <alerts@themeline.example>',
        WRONG_KEYS_PER_MINUTE: String(WRONG_KEYS),
        DELIVERY_RETRY_SECONDS: '0.2',
      },
      timeoutMs: 240_000,
    });
    const document = (await (await fetch(`${stack.url}/openapi.json`)).json()) as Served;
    const started = new AbuseStack(stack, names, mail, receiver, operationsOf(document), document);
    started.alpha = await started.makeKey('alpha', ALL_BUT_ADMIN);
    started.beta = await started.makeKey('beta', ALL_BUT_ADMIN);
    started.secrets.set('admin key', stack.adminKey).set('key', started.alpha).set('other key', started.beta);
    started.ids = await started.furnish();
    return started;
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.receiver.stop();
    await this.mail.stop();
    await this.names.close();
  }

  /** One call, with the admin key unless told. A stream without an end is cut off after its head. */
  async call(method: string, path: string, { key, body, raw, type, headers = {} }: Call = {}): Promise<Reply> {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const stop = new AbortController();
    const answer = await fetch(`${this.stack.url}${path}`, {
      method: method.toUpperCase(),
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key ?? this.stack.adminKey}` }),
        ...(sent === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = isStream ? '' : await answer.text();
    if (isStream) stop.abort();
    if (answer.status >= 400) this.refusals.push(text);
    return { status: answer.status, headers: answer.headers, text };
  }

  /** The same, its answer read as JSON; fails unless it is a 2xx. */
  async ask<T>(method: string, path: string, call: Call = {}): Promise<T> {
    const { status, text } = await this.call(method, path, call);
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: ${String(status)} ${text}`);
    return JSON.parse(text) as T;
  }

  async makeKey(owner: string, scopes: readonly string[]): Promise<string> {
    const wanted = { name: `${owner} ${scopes.join(' ')}`, owner, scopes };
    return (await this.ask<{ secret: string }>('post', '/v1/keys', { body: wanted })).secret;
  }

  /** One of everything, for alpha; its ids by the collection that they are of. */
  private async furnish(): Promise<Record<string, string>> {
    const key = this.alpha;
    const { receiver, secrets } = this;
    const subscription = await this.ask<SubscriptionOut>('post', '/v1/subscriptions', {
      key,
      headers: { 'idempotency-key': 'same-for-all' },
      body: {
        name: `${PRIVATE} subscription`,
        match: { kinds: ['ban'] },
        channels: [
          {
            type: 'webhook',
            url: receiver.url(`/${PRIVATE}?token=address-password-7`),
            headers: { 'X-Password': HEADER_PASSWORD },
          },
          { type: 'slack', url: receiver.url(`/${PRIVATE}/slack-password-7`) },
          { type: 'email', address: `${PRIVATE}@desk.example` },
          { type: 'feed' },
          { type: 'stream' },
        ],
      },
    });
    const [webhook, , , feedChannel, streamChannel] = subscription.channels;
    for (const [what, channel] of Object.entries({ webhook, feedChannel, streamChannel })) {
      if (channel !== undefined && 'secret' in channel) secrets.set(`secret of the ${what}`, channel.secret ?? '');
    }
    secrets.set('header of a webhook', HEADER_PASSWORD).set('password in an address', 'address-password-7');
    secrets.set('address of a messenger', 'slack-password-7');
    receiver.trust(
      `/${PRIVATE}?token=address-password-7`,
      webhook !== undefined && 'secret' in webhook ? (webhook.secret ?? '') : '',
    );
    const report = {
      kind: 'ban',
      headline: 'Norland bans Zephyr',
      date: '2025-03-01',
      source: { name: 'Harbour Gazette' },
    };
    const { items } = await this.ask<{ items: { reportId: string }[] }>('post', '/v1/reports', { key, body: report });
    const article = {
      text: 'The government of Norway banned the Zephyr chat app on 3 March 2025.',
      source: { name: 'Harbour Gazette' },
    };
    const { articleId } = await this.ask<{ articleId: string }>('post', '/v1/articles', { key, body: article });
    const feed = { url: receiver.url('/feed'), name: `${PRIVATE} feed` };
    const { id: feeds } = await this.ask<{ id: string }>('post', '/v1/feeds', { key, body: feed });
    const csv = { key, raw: 'Title;When\nSudland bans Corona;2024-06-01\n', type: 'text/csv' };
    const { id: imports } = await this.ask<{ id: string }>('post', `/v1/imports?name=${PRIVATE}&source=Desk`, csv);
    const token = await this.ask<{ id: string; token: string }>('post', '/v1/tokens', {
      key,
      body: { name: `${PRIVATE} token` },
    });
    secrets.set('token', token.token);
    const { items: sources } = await this.ask<{ items: { id: string }[] }>('get', '/v1/sources', { key });
    const { items: keys } = await this.ask<{ items: { id: string; owner: string }[] }>('get', '/v1/keys');
    const delivery = await eventually('a delivery to the webhook', async () => {
      const path = `/v1/subscriptions/${subscription.id}/deliveries`;
      const { items: found } = await this.ask<{ items: DeliveryOut[] }>('get', path, { key });
      return found.find(({ channelId, state }) => channelId === webhook?.id && state === 'delivered');
    });
    const { items: events } = await this.ask<{ items: TimelineEvent[] }>('get', '/v1/events');
    return {
      subscriptions: subscription.id,
      channelId: webhook?.id ?? '',
      reports: items[0]?.reportId ?? '',
      articles: articleId,
      feeds,
      imports,
      tokens: token.id,
      sources: sources[0]?.id ?? '',
      keys: keys.find(({ owner }) => owner === 'alpha')?.id ?? '',
      deliveries: delivery.id,
      'dead-letters': 'alerts_nobody',
      events: events[0]?.id ?? '',
      themes: 'state-funding',
      entities: 'zephyr',
    };
  }
}

/** What is wrong with an answer that should be a refusal: a 4xx with problem details of the same status. */
export function faultOf({ status, headers, text }: Reply, allowed?: readonly number[]): string | null {
  if (status < 400 || status > 499) return `${String(status)} ${text.slice(0, 300)}`;
  if (allowed !== undefined && !allowed.includes(status)) return `${String(status)} ${text.slice(0, 300)}`;
  if (headers.get('content-type')?.startsWith('application/problem+json') !== true) return 'no problem details';
  const problem = JSON.parse(text) as { status?: unknown; title?: unknown; type?: unknown; detail?: unknown };
  const whole = typeof problem.title === 'string' && typeof problem.type === 'string' && 'detail' in problem;
  return whole && problem.status === status ? null : `not whole: ${text}`;
}

/** `/v1/feeds/{id}` → `/v1/feeds/fed_1` */
export function pathOf({ path }: Pick<Operation, 'path'>, found: Readonly<Record<string, string>>): string {
  const collection = path.split('/')[2] ?? '';
  return path
    .replace('{id}', found[collection] ?? 'nothing')
    .replace(/\{(\w+)\}/g, (_, name: string) => found[name] ?? 'nothing');
}

/** With the body of its example. */
export const calling = ({ body }: Operation, key: string | null) => ({
  key,
  ...(body === undefined
    ? {}
    : { raw: typeof body.example === 'string' ? body.example : JSON.stringify(body.example), type: body.type }),
});

/** What is wrong with answers, so that one failure shows all. */
export class Faults {
  readonly found: string[] = [];
  add(what: string, fault: string | null): void {
    if (fault !== null) this.found.push(`${what}: ${fault}`);
  }
}
