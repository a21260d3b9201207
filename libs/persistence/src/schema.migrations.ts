import type { Db, IndexDescription } from 'mongodb';

/** An index that the service cannot run without. */
export interface IndexSpec {
  key: Record<string, 1 | -1>;
  unique?: boolean;
  partialFilterExpression?: object;
  /** Seconds after the indexed date at which MongoDB removes the document. */
  expireAfterSeconds?: number;
}

/** A collection and its indexes. `{ name: 'reports', indexes: [{ key: { reportId: 1 }, unique: true }] }` */
export interface CollectionSpec {
  name: string;
  indexes: IndexSpec[];
}

/** A one-time change of stored data. Runs once per database, in the order given; must be safe to run again after a crash in its middle. */
export interface Migration {
  id: string;
  up(db: Db): Promise<void>;
}

/** The database lacks what the code relies on, or has something else in its place. */
export class SchemaError extends Error {
  readonly code = 'schema-mismatch';
}

const NAMESPACE_EXISTS = 48;

const indexName = (index: IndexSpec): string =>
  Object.entries(index.key)
    .map(([field, direction]) => `${field}_${String(direction)}`)
    .join('_');

async function createMissing(db: Db, spec: CollectionSpec): Promise<void> {
  try {
    await db.createCollection(spec.name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== NAMESPACE_EXISTS) throw error;
  }
  if (spec.indexes.length === 0) return;
  try {
    await db
      .collection(spec.name)
      .createIndexes(
        spec.indexes.map((index): IndexDescription => ({ ...index, name: indexName(index) }) as IndexDescription),
      );
  } catch (error) {
    throw new SchemaError(
      `the indexes of '${db.databaseName}.${spec.name}' cannot be made: ${(error as Error).message}. Drop or rename the index in the way, then start again.`,
    );
  }
}

/** Throws a SchemaError that names the first collection and index that is absent or differs. */
export async function verifyIndexes(db: Db, specs: readonly CollectionSpec[]): Promise<void> {
  for (const spec of specs) {
    const present = await db
      .collection(spec.name)
      .indexes()
      .catch(() => []);
    for (const index of spec.indexes) {
      const found = present.find((other) => JSON.stringify(other.key) === JSON.stringify(index.key));
      const same =
        found !== undefined &&
        (found.unique ?? false) === (index.unique ?? false) &&
        found.expireAfterSeconds === index.expireAfterSeconds;
      if (!same) {
        throw new SchemaError(
          `'${db.databaseName}.${spec.name}' lacks the ${index.unique === true ? 'unique ' : ''}index ${JSON.stringify(index.key)}; the service does not run without it`,
        );
      }
    }
  }
}

/** Makes what is missing, runs the migrations that have not run, then verifies. Safe to run from several replicas at once. */
export async function migrate(
  db: Db,
  specs: readonly CollectionSpec[],
  migrations: readonly Migration[],
): Promise<void> {
  await Promise.all(specs.map((spec) => createMissing(db, spec)));
  const applied = db.collection<{ _id: string; at: Date }>('migrations');
  for (const migration of migrations) {
    if ((await applied.findOne({ _id: migration.id })) !== null) continue;
    await migration.up(db);
    await applied.updateOne({ _id: migration.id }, { $setOnInsert: { at: new Date() } }, { upsert: true });
  }
  await verifyIndexes(db, specs);
}
