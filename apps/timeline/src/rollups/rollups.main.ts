import { messagingCollections } from '@themeline/messaging';
import { connectDatabase } from '@themeline/persistence';
import { timelineCollections } from '../timeline.collections';
import { timelineMigrations } from '../timeline.migrations';
import { RollupsRepository } from './rollups.repository';
import { verifyRollups } from './rollups.verifier';

const HELP = `npm run verify:rollups   Compares the stored counts with a full count of the timeline, while the services run.

MONGODB_URI and DB_PREFIX say which database. It ends with 1 when anything differs, and lists what.`;

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const { database, close } = await connectDatabase({
    service: 'timeline',
    collections: [...messagingCollections, ...timelineCollections],
    migrations: timelineMigrations,
  });
  try {
    const { seq, events, counts, differences } = await verifyRollups(new RollupsRepository(database));
    for (const { rollup, field, stored, counted } of differences) {
      process.stdout.write(`'${rollup}' ${field}: ${String(stored)} stored, ${String(counted)} counted\n`);
    }
    process.stdout.write(
      `${String(events)} events up to ${String(seq)}: ${String(counts)} counts compared, ${String(differences.length)} differ\n`,
    );
    if (differences.length > 0) process.exitCode = 1;
  } finally {
    await close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
