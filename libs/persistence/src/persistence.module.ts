import { DynamicModule, Global, Logger, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Readiness } from '@themeline/observability';
import { type Connection, type ConnectOptions, createConnection } from 'mongoose';
import { Database } from './database.service';
import { endWritesOfClosedConnections } from './driver.mending';
import { leaseCollections, Leases } from './lease.repository';
import { CollectionSpec, migrate, Migration, SchemaError } from './schema.migrations';

export interface PersistenceOptions {
  /** Names the database: `themeline_ingest`. */
  service: string;
  collections: CollectionSpec[];
  migrations?: Migration[];
}

/** `themeline_<service>`; DB_PREFIX lets several deployments share one server. */
const databaseName = (service: string): string => `${process.env.DB_PREFIX ?? 'themeline'}_${service}`;

function connectionOf(service: string): { uri: string; settings: ConnectOptions } {
  endWritesOfClosedConnections();
  const uri = process.env.MONGODB_URI;
  if (uri === undefined || uri === '') {
    throw new SchemaError('MONGODB_URI is not set; give the address of a MongoDB replica set');
  }
  return {
    uri,
    settings: {
      dbName: databaseName(service),
      autoIndex: false,
      autoCreate: false,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      maxPoolSize: 40,
      serverSelectionTimeoutMS: 30_000,
    },
  };
}

/** A service's database for a command that runs beside it and ends: migrated and verified like the service's own. */
export async function connectDatabase(
  options: PersistenceOptions,
): Promise<{ database: Database; close(): Promise<void> }> {
  const { uri, settings } = connectionOf(options.service);
  const connection = await createConnection(uri, settings).asPromise();
  const database = new Database(connection, options.service);
  await migrate(database.db, [...leaseCollections, ...options.collections], options.migrations ?? []);
  return { database, close: () => connection.close() };
}

/**
 * Connects to MONGODB_URI (waiting for the server as long as it takes), migrates, verifies the indexes, and only then gives
 * anyone a Database: whoever holds one holds a checked one.
 */
@Global()
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    return {
      module: PersistenceModule,
      imports: [
        MongooseModule.forRootAsync({
          useFactory: () => {
            const { uri, settings } = connectionOf(options.service);
            return {
              uri,
              ...settings,
              retryAttempts: Number.MAX_SAFE_INTEGER,
              retryDelay: 500,
              verboseRetryLog: false,
            };
          },
        }),
      ],
      providers: [
        {
          provide: Database,
          inject: [getConnectionToken(), Readiness],
          useFactory: async (connection: Connection, readiness: Readiness): Promise<Database> => {
            const database = new Database(connection, options.service);
            await migrate(database.db, [...leaseCollections, ...options.collections], options.migrations ?? []);
            new Logger(PersistenceModule.name).log(`database ${database.db.databaseName} is ready`);
            readiness.add('mongodb', () => database.ping());
            return database;
          },
        },
        Leases,
      ],
      exports: [Database, Leases],
    };
  }
}
