import type { NatsConnection } from '@nats-io/transport-node';
import { BeforeApplicationShutdown, DynamicModule, Global, Inject, Module, OnModuleInit } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Service } from '@themeline/contracts';
import { Readiness } from '@themeline/observability';
import { Database, Leases } from '@themeline/persistence';
import { Backpressure, backpressureLimitsFromEnv } from './backpressure.service';
import { DeadLettersController } from './dead-letters.controller';
import { DeadLetters } from './dead-letters.service';
import { InboxRepository } from './inbox.repository';
import { JetStreamStrategy } from './jetstream.strategy';
import { connectToNats } from './nats.connection';
import { OutboxRelay } from './outbox.relay';
import { OutboxRepository } from './outbox.repository';
import { Outbox } from './outbox.service';
import { StreamPurger } from './stream.purger';
import { Topology, topologyOptionsFromEnv } from './topology.service';

const CONNECTION = Symbol('NATS connection');

/** Sending and receiving for one service. The service's main connects the strategy; until then nothing moves. */
@Global()
@Module({})
export class MessagingModule implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    @Inject(CONNECTION) private readonly connection: NatsConnection,
    private readonly strategy: JetStreamStrategy,
    private readonly backpressure: Backpressure,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.add('backlog', () => {
      const refusal = this.backpressure.refusal();
      return refusal === null ? Promise.resolve() : Promise.reject(new Error(refusal.reason));
    });
  }

  /** Before Nest closes the database: consumers finish what they hold. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.strategy.close();
    await this.connection.close();
  }

  static forRoot(options: { service: Service }): DynamicModule {
    return {
      module: MessagingModule,
      imports: [ScheduleModule.forRoot()],
      controllers: [DeadLettersController],
      providers: [
        {
          provide: CONNECTION,
          inject: [Readiness],
          useFactory: async (readiness: Readiness): Promise<NatsConnection> => {
            const connection = await connectToNats(`themeline-${options.service}`);
            readiness.add('jetstream', async () => {
              await connection.flush();
            });
            return connection;
          },
        },
        {
          provide: Topology,
          inject: [CONNECTION],
          useFactory: (connection: NatsConnection) => new Topology(connection, topologyOptionsFromEnv(process.env)),
        },
        OutboxRepository,
        InboxRepository,
        Outbox,
        DeadLetters,
        {
          provide: OutboxRelay,
          inject: [OutboxRepository, Outbox, Topology, CONNECTION],
          useFactory: (rows: OutboxRepository, outbox: Outbox, topology: Topology, connection: NatsConnection) =>
            new OutboxRelay(options.service, rows, outbox, topology, connection),
        },
        {
          provide: StreamPurger,
          inject: [Topology],
          useFactory: (topology: Topology) => new StreamPurger(options.service, topology),
        },
        {
          provide: Backpressure,
          inject: [OutboxRepository, StreamPurger],
          useFactory: (rows: OutboxRepository, purger: StreamPurger) =>
            new Backpressure(backpressureLimitsFromEnv(process.env), rows, purger),
        },
        {
          provide: JetStreamStrategy,
          inject: [
            CONNECTION,
            Topology,
            OutboxRelay,
            Database,
            Leases,
            InboxRepository,
            OutboxRepository,
            DeadLetters,
            Readiness,
          ],
          useFactory: (
            connection: NatsConnection,
            topology: Topology,
            relay: OutboxRelay,
            database: Database,
            leases: Leases,
            inbox: InboxRepository,
            outboxRows: OutboxRepository,
            deadLetters: DeadLetters,
            readiness: Readiness,
          ) =>
            new JetStreamStrategy({
              service: options.service,
              connection,
              topology,
              relay,
              database,
              leases,
              inbox,
              outboxRows,
              deadLetters,
              readiness,
            }),
        },
      ],
      exports: [Outbox, OutboxRepository, DeadLetters, JetStreamStrategy, Backpressure],
    };
  }
}
