import { ForbiddenException, HttpException, ServiceUnavailableException } from '@nestjs/common';
import { badRequest, conflict, notFound, tooLarge, toProblem, unavailable } from './problem.error';
import { StrictJsonError } from './strict.json';

const fastifyError = Object.assign(new Error('too large'), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 });
const lost = Object.assign(new Error('connection to 10.0.0.7 lost'), { name: 'MongoNetworkError' });

test.each<[string, unknown, number, string, RegExp]>([
  ['an own problem', notFound("no such theme: 'x'"), 404, 'not-found', /^no such theme: 'x'$/],
  ['bad input', badRequest('wrong', [{ path: 'a', message: 'b' }]), 400, 'bad-request', /^wrong$/],
  ['a conflict', conflict('there already'), 409, 'conflict', /already/],
  ['strict JSON', new StrictJsonError('a.b', 'is given twice', 3), 400, 'bad-request', /^'a\.b' is given twice$/],
  ['an exception of Nest', new ForbiddenException('not you'), 403, 'forbidden', /^not you$/],
  ['a list of messages', new HttpException({ message: ['a', 'b'] }, 422), 422, 'unprocessable-entity', /^a; b$/],
  ['an error of Fastify', fastifyError, 413, 'payload-too-large', /too large/],
  ['a lost database', lost, 503, 'service-unavailable', /^the database cannot be reached$/],
  ['a 503 of Nest', new ServiceUnavailableException('later'), 503, 'service-unavailable', /^later$/],
  ['an internal error', new Error('password is hunter2'), 500, 'internal-server-error', /^(?!.*hunter2)/],
  ['a thrown string', 'hunter2', 500, 'internal-server-error', /^(?!.*hunter2)/],
  ['undefined', undefined, 500, 'internal-server-error', /x-request-id/],
])('%s', (_, thrown, status, type, detail) => {
  const { problem } = toProblem(thrown);
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`urn:themeline:problem:${type}`);
  expect(problem.detail).toMatch(detail);
});

test('only bad input has errors', () => {
  expect(toProblem(badRequest('x', [{ path: 'a', message: 'b' }])).problem.errors).toEqual([
    { path: 'a', message: 'b' },
  ]);
  expect(toProblem(badRequest('x')).problem).not.toHaveProperty('errors');
});

test('headers go with the problem', () => {
  expect(toProblem(unavailable('later', 0.2)).headers).toEqual({ 'retry-after': '1' });
  expect(toProblem(unavailable('later', 2.2)).headers).toEqual({ 'retry-after': '3' });
  expect(toProblem(tooLarge('big')).headers).toEqual({ connection: 'close' });
});
