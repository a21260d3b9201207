import { readFile, writeFile } from 'node:fs/promises';
import { Stack } from '../support/stack';
import { clientTypes, TYPES_FILE } from './client.types';

/** `npm run client`: writes the client's types from what a stack of its own serves; `npm run client -- DOCUMENT TYPES` from one file to another. */
async function main(document: string | undefined, types = TYPES_FILE): Promise<void> {
  await writeFile(types, await clientTypes(document === undefined ? await served() : await read(document)));
  process.stdout.write(`${types}\n`);
}

async function served(): Promise<object> {
  const stack = await Stack.start({ timeoutMs: 300_000 });
  try {
    return (await (await fetch(new URL('/openapi.json', stack.url))).json()) as object;
  } finally {
    await stack.stop();
  }
}

const read = async (file: string): Promise<object> => JSON.parse(await readFile(file, 'utf8')) as object;

void main(process.argv[2], process.argv[3]);
