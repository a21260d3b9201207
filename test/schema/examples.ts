import type { ApiClient } from '../support/api-client';
import { z } from 'zod';

/** Of the served document what a call is made from. */
export interface Operation {
  operationId: string;
  method: string;
  path: string;
  parameters: readonly { name: string; in: string; example?: unknown }[];
  /** The type and the body of the example. */
  body?: { type: string; example: unknown };
  takesBody: boolean;
  /** The scopes that it says to need; null: none, nor a key. */
  scopes: readonly string[] | null;
  /** What it may answer with when all is well. */
  statuses: readonly number[];
}

/** What can't be called here, and why. */
export const NOT_CALLED: Readonly<Record<string, string>> = {
  Stream_stream: 'it never ends',
  Fetched_stream: 'it never ends',
  Fetched_openStream: 'it never ends',
  Fetched_openFeed: 'its address holds a secret of the channel',
  Channels_confirm: 'a mail server would be needed',
  Channels_rotate: 'its channel must be a webhook: tested where channels are',
  DeadLetters_read: 'there are none',
  DeadLetters_discard: 'there are none',
  DeadLetters_replay: 'there are none',
  Imports_cancel: 'the import of the examples has ended by then',
  Deliveries_read: 'nothing was delivered yet',
  Deliveries_retry: 'nothing was delivered yet',
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** Those that take something away come last, and the collections before what is in them. */
const ORDER = ['post', 'get', 'patch', 'put', 'delete'];
/** Edits change what is found: first that which needs an event of two sources, and an undo after what it undoes. */
const EDITS = ['Editing_split', 'Editing_correct', 'Editing_undo', 'Editing_merge', 'Editing_retract'];

export interface Served {
  paths: Record<
    string,
    Record<
      string,
      {
        operationId: string;
        parameters?: { name: string; in: string; example?: unknown }[];
        description?: string;
        security?: unknown[];
        requestBody?: { content: Record<string, { example?: unknown }> };
        responses: Record<string, unknown>;
      }
    >
  >;
}

/** The operations of a document, in an order in which each finds what it needs. */
export function operationsOf({ paths }: Served): Operation[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]): Operation[] => {
      const { operationId, parameters = [], requestBody, responses, security = [], description = '' } = operation;
      if (!METHODS.includes(method)) return [];
      const content = Object.entries(requestBody?.content ?? {});
      const [body] = content.flatMap(([type, { example }]) => (example === undefined ? [] : [{ type, example }]));
      const statuses = Object.keys(responses)
        .map(Number)
        .filter((code) => code >= 200 && code < 300);
      const needed = /Needs the scope (.*)\.$/.exec(description)?.[1] ?? '';
      const rest = {
        parameters,
        takesBody: requestBody !== undefined,
        scopes: security.length === 0 ? null : [...needed.matchAll(/`(\w+)`/g)].map(([, scope = '']) => scope),
        statuses,
        ...(body === undefined ? {} : { body }),
      };
      return [{ operationId, method, path, ...rest }];
    }),
  );
  const rank = ({ method, path, operationId }: Operation): number => {
    const edit = EDITS.indexOf(operationId);
    if (edit >= 0) return ORDER.indexOf('patch') + (edit + 1) / 10;
    return ORDER.indexOf(method) + (method === 'post' && path.includes('{') ? 1.5 : 0);
  };
  return operations.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

/** Makes the calls of the examples, with ids of what the earlier calls have made in the place of theirs. */
export class ExampleCaller {
  private readonly answers = new Map<string, unknown>();

  constructor(private readonly api: ApiClient) {}

  async call(operation: Operation): Promise<{ status: number; text: string }> {
    const { operationId, method, parameters, body } = operation;
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    for (const { name, in: place, example } of parameters) {
      if (example === undefined) continue;
      if (place === 'query') for (const value of [example].flat()) query.append(name, String(value));
      if (place === 'header') headers[name.toLowerCase()] = String(example);
    }
    const path = await this.pathOf(operation);
    if ('if-match' in headers) headers['if-match'] = (await this.fetch(eventOf(path))).headers.get('etag') ?? '';
    if (body !== undefined) headers['content-type'] = body.type;
    const filled = body === undefined ? undefined : await this.fill(operationId, path, body.example);
    const answer = await this.fetch(query.size > 0 ? `${path}?${query.toString()}` : path, {
      method: method.toUpperCase(),
      headers,
      ...(filled === undefined ? {} : { body: typeof filled === 'string' ? filled : JSON.stringify(filled) }),
    });
    const text = await answer.text();
    if (answer.ok && /[/+]json$/.test(answer.headers.get('content-type')?.split(';')[0] ?? '')) {
      this.answers.set(operationId, JSON.parse(text));
    }
    return { status: answer.status, text };
  }

  private async pathOf({ path, operationId }: Operation): Promise<string> {
    if (!path.includes('{id}')) return path;
    const id = await this.idIn(path.slice(0, path.indexOf('/{id}')), operationId);
    return path.replace('{id}', encodeURIComponent(id));
  }

  /** Of what there is in a collection. */
  private async idIn(collection: string, operationId: string): Promise<string> {
    const made = (name: string, schema: z.ZodType<string>): string => schema.parse(this.answers.get(name));
    switch (collection) {
      case '/v1/articles':
        return made(
          'Articles_submit',
          z.object({ articleId: z.string() }).transform(({ articleId }) => articleId),
        );
      case '/v1/reports':
        return made(
          'Reports_submit',
          z.object({ items: reportIds }).transform(({ items }) => items[0]?.reportId ?? ''),
        );
      case '/v1/themes':
        return made(
          'Themes_add',
          z.object({ id: z.string() }).transform(({ id }) => id),
        );
      case '/v1/events':
        if (operationId === 'Editing_undo')
          return made(
            'Editing_correct',
            corrected.transform(({ id }) => id),
          );
        if (operationId !== 'Editing_split') return (await this.items(collection))[0]?.id ?? '';
        return (await this.items(collection)).find(({ sourceCount = 0 }) => sourceCount > 1)?.id ?? '';
      default: {
        const [first] = await this.items(collection);
        if (first === undefined) throw new Error(`there is nothing in ${collection} for ${operationId}`);
        return first.id;
      }
    }
  }

  private async fill(operationId: string, path: string, example: unknown): Promise<unknown> {
    const event = eventOf(path);
    const given = z.looseObject({}).safeParse(example).data;
    if (operationId === 'Editing_merge') {
      return { ...given, with: (await this.items('/v1/events')).find(({ id }) => !event.endsWith(id))?.id };
    }
    if (operationId === 'Editing_split') {
      const { reports } = z.object({ reports: reportIds }).parse(await this.json(event));
      return { ...given, reports: [reports[0]?.reportId] };
    }
    if (operationId === 'Editing_undo') {
      return { ...given, revision: corrected.parse(this.answers.get('Editing_correct')).revision };
    }
    return example;
  }

  private async items(collection: string): Promise<z.infer<typeof listed>['items']> {
    return listed.parse(await this.json(collection)).items;
  }

  private async json(path: string): Promise<unknown> {
    return (await this.fetch(path)).json();
  }

  private fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.api.adminKey}`, ...(init.headers as Record<string, string>) };
    return fetch(`${this.api.url}${path}`, { ...init, headers });
  }
}

const corrected = z.object({ id: z.string(), revision: z.number() });
const reportIds = z.array(z.object({ reportId: z.string() }));
const listed = z.object({ items: z.array(z.object({ id: z.string(), sourceCount: z.number().optional() })) });

/** `/v1/events/evt_1/split` → `/v1/events/evt_1` */
const eventOf = (path: string): string => path.split('/').slice(0, 4).join('/');
