import type { BatchWork } from '../../libs/messaging/src';
import { type Database, isDuplicateKey } from '../../libs/persistence/src';

/** Has a handler's batch take effect as its consumer would, but for the inbox. `again`: as after a run that met a duplicate. */
export async function takeEffect(
  database: Database,
  plan: (again: boolean) => Promise<BatchWork | null>,
  again = false,
): Promise<void> {
  const work = await plan(again);
  try {
    await database.transaction((session) => work?.commit(session) ?? Promise.resolve());
  } catch (error) {
    if (again || !isDuplicateKey(error)) throw error;
    return takeEffect(database, plan, true);
  }
  work?.committed?.();
}
