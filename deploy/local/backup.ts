import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ADMIN_KEY_FILE, DataFolder, SECRETS_FILE } from './data.folder';
import { StackError } from './servers';

const DATABASES = 'mongo';
/** Of the data folder, beside the databases: for whoever runs it alone. */
const PRIVATE = [ADMIN_KEY_FILE, SECRETS_FILE];
/** Names the process that holds the folder, and would keep another from it. */
const LOCK_FILE = 'mongod.lock';

interface Admin {
  command(command: Record<string, unknown>): Promise<Record<string, unknown>>;
}

/** What was copied, and for how long writes had to wait. */
export interface Backup {
  member: string;
  bytes: number;
  heldMs: number;
}

/**
 * Copies the files of one member of the replica set while its writes are held up: the four databases of one instant. A
 * secondary is taken where there is one, and then nobody notices. The member must run on this machine.
 *
 * @throws StackError `folder-in-use` when the target has something in it
 */
export async function backUp(mongoUri: string, target: string, dataFolder?: string): Promise<Backup> {
  await refuseUnlessEmpty(target);
  const { mongo } = await import('mongoose');
  const address = await memberOf(mongoUri);
  const client = await mongo.MongoClient.connect(
    `mongodb://${address}/?directConnection=true`,
    credentialsOf(mongoUri),
  );
  try {
    const admin: Admin = client.db('admin');
    const { parsed } = (await admin.command({ getCmdLineOpts: 1 })) as { parsed: { storage?: { dbPath?: string } } };
    const source = parsed.storage?.dbPath ?? '/data/db';
    await mkdir(target, { recursive: true, mode: 0o700 });
    const startedAt = performance.now();
    await admin.command({ fsync: 1, lock: true });
    let heldMs: number;
    try {
      await cp(source, join(target, DATABASES), { recursive: true, filter: (path) => basename(path) !== LOCK_FILE });
    } finally {
      await admin.command({ fsyncUnlock: 1 });
      heldMs = performance.now() - startedAt;
    }
    // The databases hold only a hash of the key, and what is sealed in them opens under the secrets alone.
    if (dataFolder !== undefined) await copyPrivate(dataFolder, target);
    return { member: address, bytes: await sizeOf(join(target, DATABASES)), heldMs };
  } finally {
    await client.close();
  }
}

/**
 * Makes a data folder of a back-up, for the next start: with no streams, so that the outboxes fill new ones.
 *
 * @throws StackError `folder-in-use` when there are databases already, `already-running`
 */
export async function restore(source: string, dataFolder: string): Promise<void> {
  if (!existsSync(join(source, DATABASES))) throw new StackError('invalid-setting', `${source} is no back-up`);
  const folder = await DataFolder.open(dataFolder);
  try {
    await refuseUnlessEmpty(folder.mongo);
    await cp(join(source, DATABASES), folder.mongo, { recursive: true });
    await rm(folder.nats, { recursive: true, force: true });
    await copyPrivate(source, folder.path);
  } finally {
    await folder.close();
  }
}

/** A secondary if there is one, else the primary. */
async function memberOf(mongoUri: string): Promise<string> {
  const { mongo } = await import('mongoose');
  const client = await mongo.MongoClient.connect(mongoUri, { readPreference: 'secondaryPreferred' });
  try {
    const { me } = await client.db('admin').command({ hello: 1 }, { readPreference: 'secondaryPreferred' });
    return String(me);
  } finally {
    await client.close();
  }
}

function credentialsOf(mongoUri: string): object {
  const { username, password } = new URL(mongoUri.replace(/^(mongodb:\/\/[^,/]+)(,[^/]*)?/, '$1'));
  return username === ''
    ? {}
    : { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) }, authSource: 'admin' };
}

async function copyPrivate(from: string, to: string): Promise<void> {
  for (const name of PRIVATE) if (existsSync(join(from, name))) await copyFile(join(from, name), join(to, name));
}

async function refuseUnlessEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) throw new StackError('folder-in-use', `${folder} is not empty: move it away, or name another`);
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
