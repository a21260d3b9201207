import {
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  HttpCode,
  Module,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Identity, Scope } from '@themeline/contracts';
import { currentCorrelationId, Readiness } from '@themeline/observability';
import type { FastifyReply } from 'fastify';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { z } from 'zod';
import { BodyLimit, MAX_JSON_BYTES } from './body.parsers';
import { Caller, Open, Scopes } from './identity.guard';
import { IDENTITY_HEADER, signIdentity } from './identity.header';
import { Answer } from './open.api';
import { notFound } from './problem.error';
import { createServiceApp } from './service.runner';
import { zodBody, zodQuery } from './zod.pipes';

const SECRET = 'integration-test-identity-secret-0001';
const themeIn = z.strictObject({ id: z.string().min(2), tags: z.array(z.string()).default([]) });
const listQuery = z.strictObject({
  limit: z.coerce.number().int().max(200).default(50),
  kind: z.array(z.string()).optional(),
});

@Controller('v1/themes')
@Scopes('read')
class ThemesController {
  @Get()
  list(@Query(zodQuery(listQuery)) query: z.infer<typeof listQuery>, @Caller() caller: Identity): object {
    return { query, owner: caller.owner, correlationId: currentCorrelationId() };
  }

  @Get(':id')
  read(@Param('id') id: string): object {
    if (id === 'broken') throw new Error('hunter2 is the password');
    if (id === 'forbidden') throw new ForbiddenException('not this one');
    throw notFound(`no such theme: '${id}'`);
  }

  @Post()
  @Scopes('edit')
  @HttpCode(201)
  @Answer(200, z.object({ dryRun: z.literal(true) }), 'a dry run')
  @Answer(201, themeIn)
  add(@Body(zodBody(themeIn)) theme: z.infer<typeof themeIn>): object {
    return { theme, correlationId: currentCorrelationId() };
  }

  @Post('bulk')
  async bulk(@Body() body: unknown): Promise<object> {
    return body instanceof Readable ? { streamed: (await text(body)).length } : { body };
  }

  @Post('small')
  @BodyLimit(100)
  small(@Body() body: unknown): unknown {
    return body;
  }

  @Delete(':id')
  remove(): void {}

  @Get('half/answer')
  @Open()
  half(@Res() reply: FastifyReply): void {
    reply.raw.writeHead(200, { 'content-length': '100' });
    reply.raw.write('half');
    throw new Error('lost');
  }
}

@Controller('v1/forgotten')
class ForgottenController {
  @Get()
  read(): string {
    return 'for admins';
  }
}

@Module({ controllers: [ThemesController, ForgottenController] })
class TestModule {}

let app: NestFastifyApplication;
let url: string;

function as(...scopes: Scope[]): string {
  return signIdentity({ keyId: 'key_1', owner: 'press', scopes, expiresAt: Date.now() + 60_000 }, SECRET);
}

beforeAll(async () => {
  process.env['IDENTITY_SECRET'] = SECRET;
  process.env['LOG_LEVEL'] = 'silent';
  app = await createServiceApp({ name: 'themes', module: TestModule });
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});

afterAll(() => app.close());

describe('answers', () => {
  test('decoded input, caller and correlation id reach the handler', async () => {
    const answer = await request(url)
      .get('/v1/themes?limit=3&kind=ban&kind=fine')
      .set(IDENTITY_HEADER, as('read'))
      .set('x-request-id', 'req.1');
    expect(answer.body).toEqual({ query: { limit: 3, kind: ['ban', 'fine'] }, owner: 'press', correlationId: 'req.1' });
    expect(answer.headers['x-request-id']).toBe('req.1');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('the correlation id survives the reading of a body', async () => {
    const answer = await request(url)
      .post('/v1/themes')
      .set(IDENTITY_HEADER, as('edit'))
      .set('x-request-id', 'req-2')
      .send({ id: 'chips' });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ theme: { id: 'chips', tags: [] }, correlationId: 'req-2' });
  });

  test.each(['a b', 'x'.repeat(129), '<script>', 'a/b'])('a new request id for %j', async (id) => {
    const answer = await request(url).get('/health/live').set('x-request-id', id);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('NDJSON of any length is left to the handler', async () => {
    const answer = await request(url)
      .post('/v1/themes/bulk')
      .set(IDENTITY_HEADER, as('read'))
      .set('content-type', 'application/x-ndjson')
      .send('x'.repeat(MAX_JSON_BYTES + 1));
    expect(answer.body).toEqual({ streamed: MAX_JSON_BYTES + 1 });
  });

  test('an empty JSON body is no body', async () => {
    const answer = await request(url)
      .post('/v1/themes/bulk')
      .set(IDENTITY_HEADER, as('read'))
      .set('content-type', 'application/json')
      .send('');
    expect(answer.body).toEqual({});
    await request(url)
      .delete('/v1/themes/x')
      .set(IDENTITY_HEADER, as('read'))
      .set('content-type', 'application/json')
      .expect(200);
  });
});

describe('problems', () => {
  interface Row {
    what: string;
    send: () => request.Test;
    status: number;
    title: string;
    detail: RegExp;
    paths?: string[];
    header?: [string, RegExp];
  }
  const post = (body: string, type = 'application/json', scopes: Scope[] = ['edit']): request.Test =>
    request(url)
      .post('/v1/themes')
      .set(IDENTITY_HEADER, as(...scopes))
      .set('content-type', type)
      .send(body);
  const get = (path: string, scope: Scope = 'read'): request.Test =>
    request(url).get(path).set(IDENTITY_HEADER, as(scope));

  test.each<Row>([
    {
      what: 'no such path',
      send: () => get('/v1/nothing?token=1'),
      status: 404,
      title: 'Not Found',
      detail: /^no such path: \/v1\/nothing$/,
    },
    {
      what: 'no such path, with a body of another type',
      send: () => request(url).post('/x').set('content-type', 'a/b').send('x'),
      status: 404,
      title: 'Not Found',
      detail: /no such path/,
    },
    {
      what: 'another method',
      send: () => request(url).put('/v1/themes/x'),
      status: 405,
      title: 'Method Not Allowed',
      detail: /does not take PUT/,
      header: ['allow', /^DELETE, GET, HEAD$/],
    },
    {
      what: 'a missing thing',
      send: () => get('/v1/themes/chips%20'),
      status: 404,
      title: 'Not Found',
      detail: /^no such theme: 'chips '$/,
    },
    {
      what: "Nest's own exception",
      send: () => get('/v1/themes/forbidden'),
      status: 403,
      title: 'Forbidden',
      detail: /^not this one$/,
    },
    {
      what: 'an internal error',
      send: () => get('/v1/themes/broken'),
      status: 500,
      title: 'Internal Server Error',
      detail: /^(?!.*hunter2)/,
    },
    {
      what: 'no identity',
      send: () => request(url).get('/v1/themes'),
      status: 401,
      title: 'Unauthorized',
      detail: /gateway/,
    },
    {
      what: 'a forged identity',
      send: () => request(url).get('/v1/themes').set(IDENTITY_HEADER, as('read').slice(0, -1)),
      status: 401,
      title: 'Unauthorized',
      detail: /gateway/,
    },
    {
      what: 'a missing scope',
      send: () => post('{"id":"chips"}', 'application/json', ['read']),
      status: 403,
      title: 'Forbidden',
      detail: /'edit'/,
    },
    {
      what: 'a route that names no scope',
      send: () => get('/v1/forgotten'),
      status: 403,
      title: 'Forbidden',
      detail: /'admin'/,
    },
    {
      what: 'malformed JSON',
      send: () => post('{"id": chips}'),
      status: 400,
      title: 'Bad Request',
      detail: /'id' is not JSON/,
      paths: ['id'],
    },
    {
      what: 'a key twice',
      send: () => post('{"id":"a","id":"b"}'),
      status: 400,
      title: 'Bad Request',
      detail: /'id' is given twice/,
      paths: ['id'],
    },
    {
      what: 'a NUL byte',
      send: () => post('{"id":"a\\u0000"}'),
      status: 400,
      title: 'Bad Request',
      detail: /NUL/,
      paths: ['id'],
    },
    {
      what: 'bad fields',
      send: () => post('{"id":"x","tags":[1],"tag":1}'),
      status: 400,
      title: 'Bad Request',
      detail: /not as it must be/,
      paths: ['id', 'tags[0]', 'tag'],
    },
    { what: 'no body', send: () => post(''), status: 400, title: 'Bad Request', detail: /required/, paths: [''] },
    {
      what: 'another type',
      send: () => post('id=x', 'application/x-www-form-urlencoded'),
      status: 415,
      title: 'Unsupported Media Type',
      detail: /urlencoded/,
    },
    {
      what: 'a large body',
      send: () => post(`{"id":"${'x'.repeat(MAX_JSON_BYTES)}"}`),
      status: 413,
      title: 'Payload Too Large',
      detail: /8388608/,
      header: ['connection', /close/],
    },
    {
      what: 'a large body for one route',
      send: () =>
        request(url)
          .post('/v1/themes/small')
          .set(IDENTITY_HEADER, as('read'))
          .send({ a: 'x'.repeat(100) }),
      status: 413,
      title: 'Payload Too Large',
      detail: /100 bytes/,
    },
    {
      what: 'an unknown parameter',
      send: () => get('/v1/themes?limits=1'),
      status: 400,
      title: 'Bad Request',
      detail: /'limits'/,
      paths: ['limits'],
    },
    {
      what: 'a NUL byte in the query',
      send: () => get('/v1/themes?kind=a%00'),
      status: 400,
      title: 'Bad Request',
      detail: /NUL/,
      paths: ['kind'],
    },
    {
      what: 'a NUL byte in the path',
      send: () => get('/v1/themes/a%00b'),
      status: 400,
      title: 'Bad Request',
      detail: /NUL/,
      paths: [''],
    },
    {
      what: 'half a surrogate in the query',
      send: () => get('/v1/themes?kind=%ed%a0%80'),
      status: 400,
      title: 'Bad Request',
      detail: /UTF-8/,
      paths: ['kind'],
    },
    {
      what: 'a malformed path',
      send: () => get('/v1/themes/%zz'),
      status: 400,
      title: 'Bad Request',
      detail: /%zz|UTF-8/,
    },
  ])('$what', async ({ send, status, title, detail, paths, header }) => {
    const answer = await send();
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = JSON.parse(answer.text) as { detail: string; errors?: { path: string }[] };
    expect(problem).toMatchObject({ status, title, type: expect.stringMatching(/^urn:themeline:problem:/) });
    expect(problem.detail).toMatch(detail);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|token=/);
    expect(answer.status).toBe(status);
    expect(answer.headers['x-request-id']).toBeDefined();
    if (paths !== undefined) expect(problem.errors?.map(({ path }) => path)).toEqual(paths);
    if (header !== undefined) expect(answer.headers[header[0]]).toMatch(header[1]);
  });

  test('a body that is not UTF-8', async () => {
    const answer = await fetch(`${url}/v1/themes`, {
      method: 'POST',
      headers: { [IDENTITY_HEADER]: as('edit'), 'content-type': 'application/json' },
      body: Buffer.from([0x22, 0xff, 0x22]),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ detail: 'the body is not UTF-8' });
  });

  test('what is no HTTP gets a problem on the socket', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('nonsense\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json/);
  });

  test('an answer that breaks off is broken for the client too', async () => {
    await expect(fetch(`${url}/v1/themes/half/answer`).then((answer) => answer.text())).rejects.toThrow();
  });
});

describe('operations', () => {
  test('health, metrics and the OpenAPI document are open', async () => {
    await request(url).get('/health/live').expect(200, { status: 'live' });
    const metrics = await request(url).get('/metrics').expect(200);
    expect(metrics.text).toMatch(/themeline_http_request_seconds_bucket\{.*route="\/v1\/themes"/);
    expect(metrics.text).toMatch(/process_cpu_seconds_total\{service="themes"\}/);
  });

  test('readiness names what is not ready', async () => {
    const readiness = app.get(Readiness, { strict: false });
    readiness.add('store', () => Promise.resolve());
    await request(url).get('/health/ready').expect(200);
    readiness.add('store', () => Promise.reject(new Error('is away')));
    const answer = await request(url).get('/health/ready').expect(503);
    expect(answer.body.checks).toEqual([expect.objectContaining({ name: 'store', ready: false, reason: 'is away' })]);
  });

  test('the document has the schemas of bodies, parameters and answers', async () => {
    const { body } = await request(url).get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const { get, post } = body.paths['/v1/themes'];
    expect(post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['id'],
      additionalProperties: false,
    });
    expect(post.responses['201'].content['application/json'].schema.properties).toHaveProperty('tags');
    expect(post.responses['200']).toMatchObject({ description: 'a dry run', content: { 'application/json': {} } });
    expect(post.responses).not.toHaveProperty('304');
    expect(get.responses).toHaveProperty('304');
    expect(post.description).toContain('`edit`');
    expect(get.parameters.map((parameter: { name: string }) => parameter.name)).toEqual(['limit', 'kind']);
    expect(get.security).toEqual([{ key: [] }]);
    expect(body.paths['/v1/themes/{id}'].get.parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
    expect(body.components.schemas.Problem.properties).toHaveProperty('errors');
  });
});
