import { Binary } from 'mongodb';
import { createConnection } from 'mongoose';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AbuseStack } from './abuse.stack';

/** Whether anything secret is where it should not be. The last: by then all that was done has left its traces. */
export function describeSecrets(running: () => AbuseStack): void {
  // The last, for everything that was done before has left its traces by now.
  describe('secrets are nowhere but with those who were shown them', () => {
    const namesIn = (text: string): string[] =>
      [...running().secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => what);

    test('the list of them is what it should be', async () => {
      const kept = JSON.parse(await readFile(join(running().stack.folder, 'secrets.json'), 'utf8')) as {
        identitySecret: string;
      };
      running().secrets.set('secret of the services', kept.identitySecret);
      for (const [what, secret] of running().secrets) expect([what, secret.length > 10]).toEqual([what, true]);
      expect(running().secrets.size).toBeGreaterThan(10);
    });

    test('not in any log', async () => {
      const folder = join(running().stack.folder, 'logs');
      for (const file of await readdir(folder))
        expect([file, namesIn(await readFile(join(folder, file), 'utf8'))]).toEqual([file, []]);
    });

    test('not in metrics, nor in any refusal', async () => {
      for (const service of ['gateway', 'ingest', 'timeline', 'alerts']) {
        const { headers, body } = await fetch(`${await running().stack.urlOf(service)}/metrics`).then(
          async (answer) => ({
            headers: answer.headers,
            body: await answer.text(),
          }),
        );
        expect(headers.get('content-type')).toMatch(/^text\/plain/);
        expect([service, namesIn(body)]).toEqual([service, []]);
      }
      expect(running().refusals.length).toBeGreaterThan(1_000);
      expect(namesIn(running().refusals.join('\n'))).toEqual([]);
    });

    test('not in a dump of all databases', async () => {
      const { port } = new URL(await running().stack.urlOf('mongod'));
      const connection = await createConnection(`mongodb://127.0.0.1:${port}/?replicaSet=rs0`).asPromise();
      const found: string[] = [];
      let rows = 0;
      try {
        const { databases } = await connection.getClient().db().admin().listDatabases();
        for (const { name } of databases) {
          if (name === 'admin' || name === 'config') continue;
          const db = connection.getClient().db(name);
          for (const collection of await db.listCollections({ type: 'collection' }).toArray()) {
            // The oplog too: what was stored in clear for a moment is in every copy of the files.
            for await (const row of db.collection(collection.name).find({})) {
              rows += 1;
              const text = JSON.stringify(row, (_, value: unknown) =>
                value instanceof Binary ? Buffer.from(value.buffer).toString('latin1') : value,
              );
              found.push(...namesIn(text).map((what) => `${name}.${collection.name}: ${what}`));
            }
          }
        }
      } finally {
        await connection.close();
      }
      expect(rows).toBeGreaterThan(500);
      expect([...new Set(found)]).toEqual([]);
    });
  });
}
