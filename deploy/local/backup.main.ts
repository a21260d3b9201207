import { localMongoUri } from '@themeline/persistence';
import { resolve } from 'node:path';
import { backUp, restore } from './backup';
import { StackError } from './stack.error';

const HELP = `npm run backup -- FOLDER    Copies the databases of one instant into FOLDER while everything runs.
npm run restore -- FOLDER   Makes THEMELINE_DATA of such a copy; start it then. Nothing is written over.

MONGODB_URI names the replica set, of which a member must run on this machine; without it the mongod that npm start runs in
THEMELINE_DATA (default .themeline) is meant. The streams are not saved: the outboxes fill new ones.
`;

async function main([command, folder]: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  if ((command !== 'backup' && command !== 'restore') || folder === undefined || folder.startsWith('-')) {
    process.stdout.write(HELP);
    process.exitCode = folder === '--help' ? 0 : 1;
    return;
  }
  const target = resolve(folder);
  const dataFolder = resolve(env.THEMELINE_DATA || '.themeline');
  if (command === 'restore') {
    await restore(target, dataFolder);
    process.stdout.write(`${dataFolder} is as ${target}: npm start carries on with it\n`);
    return;
  }
  const uri = env.MONGODB_URI || localMongoUri(dataFolder);
  if (uri === undefined)
    throw new StackError('invalid-setting', `nothing runs in ${dataFolder}: set MONGODB_URI or THEMELINE_DATA`);
  const { member, bytes, heldMs } = await backUp(uri, target, dataFolder);
  const megabytes = (bytes / 1024 ** 2).toFixed(1);
  process.stdout.write(
    `${megabytes} MiB of ${member} are in ${target}; its writes waited for ${(heldMs / 1_000).toFixed(1)} s\n`,
  );
}

main(process.argv.slice(2), process.env).catch((error: unknown) => {
  process.stderr.write(`themeline: ${error instanceof StackError ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
});
