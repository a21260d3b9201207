import { answerOf, ApiError, createApiClient, itemsOf } from '@themeline/client';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { happening } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { repositoryRoot, Stack } from '../support/stack';

jest.setTimeout(180_000);

describe('the typed client', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await Stack.start();
  });
  afterAll(() => stack.stop());

  test('is of the document that the gateway serves: npm run client makes the types that are checked in', async () => {
    const document = join(stack.folder, 'openapi.json');
    const types = join(stack.folder, 'api.types.ts');
    await writeFile(document, await (await fetch(`${stack.url}/openapi.json`)).text());
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'test/client/client.main.ts', document, types], {
      cwd: repositoryRoot,
    });
    const kept = await readFile(join(repositoryRoot, 'libs/client/src/api.types.ts'), 'utf8');
    expect(kept).toBe(await readFile(types, 'utf8'));
  });

  test('sends, reads, walks through pages', async () => {
    const { client } = stack;
    const sent = await answerOf(client.POST('/v1/reports', { body: [happening(1), happening(2), happening(3)] }));
    expect(sent.accepted).toBe(3);
    const events = await eventually('three events', async () => {
      const found = [];
      const page = (cursor: string | undefined) =>
        answerOf(
          client.GET('/v1/events', { params: { query: { limit: '2', ...(cursor === undefined ? {} : { cursor }) } } }),
        );
      for await (const event of itemsOf(page)) found.push(event);
      return found.length === 3 ? found : null;
    });
    const [first] = events;
    const id = first?.id ?? '';
    const read = await answerOf(client.GET('/v1/events/{id}', { params: { path: { id } } }));
    expect(read).toEqual(first);
  });

  test('throws what went wrong, with its status and its words', async () => {
    const { client } = stack;
    const missing = await answerOf(client.GET('/v1/events/{id}', { params: { path: { id: 'evt_unknown' } } })).catch(
      (error: unknown) => error,
    );
    expect(missing).toBeInstanceOf(ApiError);
    expect(missing).toMatchObject({ status: 404, message: "no such event: 'evt_unknown'" });
    const stranger = createApiClient({ url: stack.url, key: 'tl_wrong' });
    await expect(answerOf(stranger.GET('/v1/themes'))).rejects.toMatchObject({ status: 401 });
  });
});
