import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstreamManager,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos, type NatsConnection } from '@nats-io/transport-node';
import { Durable, DURABLES, DurableRow, StreamName, Subject, SUBJECTS } from '@themeline/contracts';

const DAY_MS = 86_400_000;
export const ACK_WAIT_MS = 30_000;

/** A stream or consumer exists with other settings than the code relies on. */
export class TopologyDrift extends Error {
  readonly code = 'topology-drift';
}

export interface TopologyOptions {
  /** Prefix of stream and subject names, so that deployments can share a cluster. */
  namespace: string;
  /** Copies of each stream: 1, or 3 in a cluster. */
  replicas: number;
  /** A full stream refuses new messages (the outbox keeps them); it never drops old ones. */
  maxBytes: number;
}

export function topologyOptionsFromEnv(env: NodeJS.ProcessEnv): TopologyOptions {
  const count = (name: string, fallback: number): number => {
    const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
    if (!Number.isInteger(value) || value < 1)
      throw new TopologyDrift(`${name} must be a positive whole number: '${String(env[name])}'`);
    return value;
  };
  return {
    namespace: env.NATS_NAMESPACE ?? 'themeline',
    replicas: count('NATS_REPLICAS', 1),
    maxBytes: count('STREAM_MAX_BYTES', 1024 ** 3),
  };
}

const isMissing = (error: unknown): boolean => error instanceof JetStreamApiError && error.status === 404;

/** Makes what the table of subjects asks for, and refuses to work with anything else under the same name. */
export class Topology {
  private managerPromise: Promise<JetStreamManager> | null = null;

  constructor(
    private readonly connection: NatsConnection,
    readonly options: TopologyOptions,
  ) {}

  /** `themeline_REPORTS` */
  streamName(stream: StreamName): string {
    return `${this.options.namespace}_${stream}`;
  }

  /** `themeline.report.accepted` */
  subjectName(subject: Subject): string {
    return `${this.options.namespace}.${subject}`;
  }

  subjectOf(name: string): Subject | null {
    const subject = name.slice(this.options.namespace.length + 1);
    return subject in SUBJECTS ? (subject as Subject) : null;
  }

  async manager(): Promise<JetStreamManager> {
    this.managerPromise ??= jetstreamManager(this.connection, { checkAPI: false, timeout: 5_000 });
    try {
      return await this.managerPromise;
    } catch (error) {
      this.managerPromise = null;
      throw error;
    }
  }

  private streamConfig(stream: StreamName) {
    return {
      name: this.streamName(stream),
      subjects: (Object.keys(SUBJECTS) as Subject[])
        .filter((subject) => SUBJECTS[subject].stream === stream)
        .map((subject) => this.subjectName(subject))
        .sort(),
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.New,
      max_age: nanos(7 * DAY_MS),
      duplicate_window: nanos(2 * 60_000),
      max_bytes: this.options.maxBytes,
      num_replicas: this.options.replicas,
    };
  }

  /** Creates or verifies one stream. Throws TopologyDrift naming the first setting that differs. */
  async ensureStream(stream: StreamName): Promise<StreamInfo> {
    const manager = await this.manager();
    const wanted = this.streamConfig(stream);
    let info: StreamInfo;
    try {
      info = await manager.streams.info(wanted.name);
    } catch (error) {
      if (!isMissing(error)) throw error;
      info = await manager.streams.add(wanted);
    }
    this.refuseDrift(`stream ${wanted.name}`, wanted, { ...info.config, subjects: [...info.config.subjects].sort() });
    return info;
  }

  /**
   * Creates or verifies one durable pull consumer. `name` is the durable's, or a shard's. The stream must exist: its owner makes it.
   * No `backoff` (it would replace `ack_wait`) and no limit of deliveries (attempts are counted by us, so that giving up is written down).
   */
  async ensureConsumer(durable: Durable, name: string): Promise<void> {
    const manager = await this.manager();
    const row: DurableRow = DURABLES[durable];
    const stream = this.streamName(row.stream);
    const wanted = {
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ACK_WAIT_MS),
      max_deliver: -1,
      max_ack_pending: Math.max(1_000, row.batch * 4),
      filter_subjects: row.subjects.map((subject) => this.subjectName(subject)).sort(),
      num_replicas: this.options.replicas,
    };
    try {
      const info = await manager.consumers.info(stream, name);
      const { filter_subject: single, filter_subjects: several, ...config } = info.config;
      this.refuseDrift(`consumer ${stream}/${name}`, wanted, {
        ...config,
        filter_subjects: single === undefined || single === '' ? [...(several ?? [])].sort() : [single],
      });
    } catch (error) {
      if (!isMissing(error)) throw error;
      await manager.consumers.add(stream, wanted);
    }
  }

  private refuseDrift(what: string, wanted: object, found: object): void {
    const present = found as Record<string, unknown>;
    for (const [field, value] of Object.entries(wanted) as [string, unknown][]) {
      // A server leaves a consumer's replica count at 0 where it follows the stream's.
      const normalised = field === 'num_replicas' && present[field] === 0 ? value : present[field];
      if (JSON.stringify(normalised) !== JSON.stringify(value)) {
        throw new TopologyDrift(
          `${what} has ${field} ${JSON.stringify(present[field])} where ${JSON.stringify(value)} is needed; change it back, or remove it and let it be made again from the outboxes`,
        );
      }
    }
  }
}
