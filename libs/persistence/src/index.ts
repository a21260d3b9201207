export type { ClientSession, Collection, Filter, UpdateFilter, AnyBulkWriteOperation } from 'mongodb';
export { afterCommit, Database, isDuplicateKey, isUnavailable } from './database.service';
export { type Lease, leaseCollections, Leases } from './lease.repository';
export { connectDatabase, PersistenceModule, type PersistenceOptions } from './persistence.module';
export {
  type CollectionSpec,
  type IndexSpec,
  type Migration,
  migrate,
  SchemaError,
  verifyIndexes,
} from './schema.migrations';
