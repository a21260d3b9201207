import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';
/** What is held up beyond it is left with the sender. */
const MOST_HELD_BYTES = 1024 * 1024;
/** Who calls is said in the first bytes: the driver's `hello` names its application, a NATS client itself. */
const INTRODUCTION_BYTES = 4_096;

/** What befalls the connections of those whose introduction `of` accepts. */
export interface Disturbance {
  of: (introduction: string) => boolean;
  /** Nothing comes through in either direction, and nobody is told. */
  cut?: boolean;
  /** Milliseconds by which every piece is late, in each direction. */
  delayMs?: number;
}

/** A TCP proxy on loopback in front of a port, whose connections can be cut and slowed down while they stand. */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private readonly disturbances = new Set<Disturbance>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(target: number): Promise<TcpProxy> {
    const server = createServer();
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    const proxy = new TcpProxy(server, (server.address() as AddressInfo).port);
    server.on('connection', (client) => {
      const link = new Link(client, connect(target, LOOPBACK), (text) => proxy.fateOf(text));
      proxy.links.add(link);
      link.closed = () => proxy.links.delete(link);
    });
    return proxy;
  }

  /** Until the answer is called; connections that stood go on then, with all that was held up. */
  disturb(disturbance: Disturbance): () => void {
    this.disturbances.add(disturbance);
    this.apply();
    return () => {
      this.disturbances.delete(disturbance);
      this.apply();
    };
  }

  /** Nothing comes through the present connections any more, and nobody is told; new ones are well. As of a host that lost its power. */
  forget(): void {
    for (const link of this.links) link.forget();
  }

  /** Breaks every connection off, as a restarted switch would. */
  reset(): void {
    for (const link of this.links) link.reset();
  }

  close(): void {
    this.server.close();
    this.reset();
  }

  private apply(): void {
    for (const link of this.links) link.reconsider();
  }

  private fateOf(introduction: string): Fate {
    const those = [...this.disturbances].filter(({ of }) => of(introduction));
    return {
      cut: those.some(({ cut }) => cut === true),
      delayMs: Math.max(0, ...those.map(({ delayMs }) => delayMs ?? 0)),
    };
  }
}

interface Fate {
  cut: boolean;
  delayMs: number;
}

/** One connection: two sockets and what is under way between them. */
class Link {
  /** Both sockets are. */
  closed: () => void = () => undefined;
  private introduction = '';
  private fate: Fate;
  private isForgotten = false;
  private readonly ways: Way[];

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly fateOf: (introduction: string) => Fate,
  ) {
    this.fate = fateOf('');
    const fate = (): Fate => this.fate;
    this.ways = [new Way(client, server, fate), new Way(server, client, fate)];
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (client.closed && server.closed) this.closed();
      });
    }
    client.on('data', (data: Buffer) => {
      if (this.introduction.length >= INTRODUCTION_BYTES) return;
      this.introduction += data.toString('latin1');
      this.reconsider();
    });
  }

  reconsider(): void {
    this.fate = this.isForgotten ? { cut: true, delayMs: 0 } : this.fateOf(this.introduction);
    for (const way of this.ways) way.move();
  }

  forget(): void {
    this.isForgotten = true;
    this.reconsider();
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }
}

/** One direction: pieces in order, each not before its time, and the end of the stream as the last of them. */
class Way {
  private readonly pieces: { data: Buffer | null; readyAt: number }[] = [];
  private held = 0;
  private isBlocked = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly fate: () => Fate,
  ) {
    from.on('data', (data: Buffer) => this.take(data));
    from.on('close', () => this.take(null));
    to.on('drain', () => {
      this.isBlocked = false;
      this.move();
    });
    to.on('close', () => clearTimeout(this.timer));
  }

  move(): void {
    clearTimeout(this.timer);
    const { cut } = this.fate();
    for (let piece = this.pieces[0]; piece !== undefined && !cut && !this.isBlocked; piece = this.pieces[0]) {
      const wait = piece.readyAt - performance.now();
      if (wait > 0) {
        this.timer = setTimeout(() => this.move(), wait);
        break;
      }
      this.pieces.shift();
      if (piece.data === null) {
        this.to.destroySoon();
        return;
      }
      this.held -= piece.data.length;
      this.isBlocked = !this.to.write(piece.data);
    }
    if (this.held < MOST_HELD_BYTES) this.from.resume();
  }

  private take(data: Buffer | null): void {
    this.held += data?.length ?? 0;
    this.pieces.push({ data, readyAt: performance.now() + this.fate().delayMs });
    if (this.held >= MOST_HELD_BYTES) this.from.pause();
    this.move();
  }
}
