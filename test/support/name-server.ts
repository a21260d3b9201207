import { createSocket, type Socket } from 'node:dgram';

const QTYPE_A = 1;
const NAME_ERROR = 3;

/** A real DNS server on loopback. The n-th question for a name's IPv4 address gets the n-th of its addresses, and the last one from then on. */
export class NameServer {
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly socket: Socket,
    private readonly addresses: Readonly<Record<string, readonly string[]>>,
  ) {}

  static async open(addresses: Readonly<Record<string, readonly string[]>>): Promise<NameServer> {
    const socket = createSocket('udp4');
    const server = new NameServer(socket, addresses);
    socket.on('message', (query, from) => socket.send(server.answer(query), from.port, from.address));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return server;
  }

  /** `127.0.0.1:40012` */
  get address(): string {
    return `127.0.0.1:${String(this.socket.address().port)}`;
  }

  /** How often the IPv4 address of a name was asked for. */
  asked(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  /** RFC 1035 4.1: the question as it came, and one A record for it that lives 0 seconds; none for other types. */
  private answer(query: Buffer): Buffer {
    const end = query.indexOf(0, 12);
    const question = query.subarray(12, end + 5);
    const name = labels(query.subarray(12, end));
    const known = this.addresses[name];
    const asksForA = query.readUInt16BE(end + 1) === QTYPE_A;
    const records = known !== undefined && asksForA ? [this.record(name, known)] : [];
    const code = known === undefined ? NAME_ERROR : 0;
    const head = [query[0] ?? 0, query[1] ?? 0, 0x81, 0x80 | code, 0, 1, 0, records.length, 0, 0, 0, 0];
    return Buffer.concat([Buffer.from(head), question, ...records]);
  }

  private record(name: string, addresses: readonly string[]): Buffer {
    const count = this.asked(name);
    this.counts.set(name, count + 1);
    const address = addresses[Math.min(count, addresses.length - 1)] ?? '';
    return Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
  }
}

/** `\x07example\x03org` → `example.org` */
function labels(encoded: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at < encoded.length; at += (encoded[at] ?? 0) + 1) {
    parts.push(encoded.toString('latin1', at + 1, at + 1 + (encoded[at] ?? 0)));
  }
  return parts.join('.').toLowerCase();
}
