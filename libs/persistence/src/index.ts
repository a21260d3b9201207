export type {
  AnyBulkWriteOperation,
  ClientSession,
  Collection,
  Filter,
  IndexSpecification,
  UpdateFilter,
} from 'mongodb';
export { afterCommit, Database, isDuplicateKey, isUnavailable } from './database.service';
export { BSON, type BsonValue, documentOf, fieldOf, numberOf, stringOf } from './bson.reader';
export { GroupCommit } from './group.commit';
export { JsonWriter } from './json.writer';
export { hasRunOut, type Lease, leaseCollections, Leases } from './lease.repository';
export { connectDatabase, PersistenceModule, type PersistenceOptions } from './persistence.module';
export {
  type CollectionSpec,
  type IndexSpec,
  type Migration,
  migrate,
  SchemaError,
  verifyIndexes,
} from './schema.migrations';
export { localMongoUri } from './local.mongo';
export { Sealer, sealerFromEnv } from './sealer';
