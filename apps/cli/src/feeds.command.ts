import { answerOf, itemsOf, type Schemas } from '@themeline/client';
import { readFile, writeFile } from 'node:fs/promises';
import { type Connection, UsageError } from './connection';
import { EXIT } from './exit.codes';
import { type Output, print } from './output';

type Feed = Schemas['FeedOut'];

export async function listFeeds({ client }: Connection, output: Output): Promise<number> {
  const page = (cursor: string | undefined) =>
    answerOf(
      client.GET('/v1/feeds', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }),
    );
  for await (const feed of itemsOf(page)) print(output, feed, showFeed);
  return EXIT.ok;
}

export async function addFeed({ client }: Connection, output: Output, url: string): Promise<number> {
  print(output, await answerOf(client.POST('/v1/feeds', { body: { url } })), showFeed);
  return EXIT.ok;
}

export async function removeFeed({ client }: Connection, output: Output, id: string): Promise<number> {
  await answerOf(client.DELETE('/v1/feeds/{id}', { params: { path: { id } } }));
  print(output, { id, removed: true }, () => `${id} is no longer followed`);
  return EXIT.ok;
}

export async function pollFeed({ client }: Connection, output: Output, id: string): Promise<number> {
  const polled = await answerOf(client.POST('/v1/feeds/{id}/poll', { params: { path: { id } } }));
  print(output, polled, (value) => JSON.stringify(value));
  return EXIT.ok;
}

/** Follows every feed that an OPML file lists. */
export async function importOpml({ url, key }: Connection, output: Output, file: string): Promise<number> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file}: no such file`);
  });
  const sent = fetch(`${url}/v1/feeds/opml`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/x-opml' },
    body: text,
  }).then(async (response) => {
    const body = (await response.json()) as Schemas['OpmlTaken'];
    return response.ok ? { data: body, response } : { error: body, response };
  });
  const taken = await answerOf(sent);
  print(output, taken, ({ added, known, refused }) =>
    [
      `${String(added)} feeds added, ${String(known)} known already, ${String(refused.length)} refused`,
      ...refused.map(({ url: address, message }) => `  ${address}: ${message}`),
    ].join('\n'),
  );
  return taken.refused.length === 0 ? EXIT.ok : EXIT.rowsRefused;
}

/** Writes your feeds as OPML, to a file or to where output goes. */
export async function exportOpml({ url, key }: Connection, output: Output, file: string | undefined): Promise<number> {
  const sent = fetch(`${url}/v1/feeds/opml`, { headers: { authorization: `Bearer ${key}` } }).then(async (response) =>
    response.ok ? { data: await response.text(), response } : { error: (await response.json()) as unknown, response },
  );
  const text = await answerOf(sent);
  if (file === undefined) output.out(text);
  else await writeFile(file, text);
  return EXIT.ok;
}

const showFeed = ({ id, health, name, title, url }: Feed): string => [id, health, name ?? title ?? '', url].join(' | ');
