import { messagingCollections, Outbox, OutboxRepository } from '@themeline/messaging';
import { connectDatabase, localMongoUri } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { timelineCollections } from '../timeline.collections';
import { timelineMigrations } from '../timeline.migrations';
import { showRebuild } from './rebuild.report';
import { RebuildService } from './rebuild.service';

const HELP = `npm run rebuild [-- options]   Works the timeline out anew from its stored reports, into a second database, and says what differs.

  --switch  bring the running timeline to the same: events are joined and parted as revisions of their own, nobody is alerted
  --all     name every difference (otherwise the first 20)
  --json    print the result as JSON
  --help    this text

MONGODB_URI and DB_PREFIX name the database as for the services; without MONGODB_URI it is that of the stack which runs in THEMELINE_DATA (.themeline).`;

async function main(options: readonly string[]): Promise<void> {
  const unknown = options.find((option) => !['--switch', '--all', '--json', '--help'].includes(option));
  if (unknown !== undefined) throw new Error(`no such option: '${unknown}'; --help lists them`);
  if (options.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const uri = process.env.MONGODB_URI ?? localMongoUri(process.env.THEMELINE_DATA ?? '.themeline');
  if (uri !== undefined) process.env.MONGODB_URI = uri;
  const vocabulary = loadVocabulary();
  const { database, close } = await connectDatabase({
    service: 'timeline',
    collections: [...messagingCollections, ...timelineCollections],
    migrations: timelineMigrations,
  });
  try {
    const service = new RebuildService(
      database,
      new Outbox(new OutboxRepository(database)),
      (kind) => vocabulary.kindById.get(kind)?.family ?? kind,
    );
    const result = await service.run();
    const revisions = options.includes('--switch') ? await service.switchOver() : null;
    process.stdout.write(
      options.includes('--json')
        ? `${JSON.stringify({ ...result, revisions }, null, 2)}\n`
        : showRebuild(result, revisions, options.includes('--all') ? Infinity : 20),
    );
  } finally {
    await close();
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
