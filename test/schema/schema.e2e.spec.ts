import { eventually } from '../support/message-bus';
import { Stack } from '../support/stack';
import { ExampleCaller, NOT_CALLED, operationsOf } from './examples';
import { runSchemathesis, SCHEMA_ENV } from './schemathesis';

const SECONDS = 20;
/** Always the same calls; `npm run test:schema` makes up others, for as long as it is let. */
const SEED = 20261126;

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ env: SCHEMA_ENV, timeoutMs: 180_000 });
}, 240_000);
afterAll(() => stack.stop());

test('the examples of the description work: every operation that takes a body has one, and answers as it says', async () => {
  const document = (await (await fetch(`${stack.url}/openapi.json`)).json()) as Parameters<typeof operationsOf>[0];
  const operations = operationsOf(document);
  const without = operations.filter(({ takesBody, body }) => takesBody && body === undefined);
  expect(without.map(({ operationId }) => operationId)).toEqual([]);
  expect(Object.keys(NOT_CALLED).filter((id) => operations.every(({ operationId }) => operationId !== id))).toEqual([]);
  const caller = new ExampleCaller(stack);
  const wrong: object[] = [];
  let before = '';
  for (const operation of operations.filter(({ operationId }) => NOT_CALLED[operationId] === undefined)) {
    if (before === 'post' && operation.method === 'get') await told(stack);
    before = operation.method;
    const { status, text } = await caller.call(operation);
    if (!operation.statuses.includes(status)) wrong.push({ operation, status, text });
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('what the API answers is what its description says, and never a 5xx', async () => {
  const run = { url: stack.url, key: stack.adminKey, seconds: SECONDS, seed: SEED };
  const { failed, output } = await runSchemathesis(run);
  expect(failed ? output : '').toBe('');
}, 300_000);

/** What was sent by the examples is in the timeline. */
const told = ({ client }: Stack): Promise<true> =>
  eventually('the reports of the examples to be told', async () => {
    const { data } = await client.GET('/v1/events');
    return data?.items.some(({ sourceCount }) => sourceCount > 1) === true ? true : null;
  });
