import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The address of the mongod that the local stack runs in its data folder; undefined when none runs there.
 * `localMongoUri('.themeline')` → `'mongodb://127.0.0.1:40001/?replicaSet=rs0'`
 */
export function localMongoUri(dataFolder: string): string | undefined {
  const file = join(dataFolder, 'run.json');
  if (!existsSync(file)) return undefined;
  const { processes } = JSON.parse(readFileSync(file, 'utf8')) as {
    processes: { name: string; pid: number; port: number }[];
  };
  // A process that is about to be started again has no id.
  const mongod = processes.find(({ name, pid }) => name === 'mongod' && pid !== 0);
  return mongod === undefined ? undefined : `mongodb://127.0.0.1:${String(mongod.port)}/?replicaSet=rs0`;
}
