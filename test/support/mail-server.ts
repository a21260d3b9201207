import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import PostalMime, { type Email } from 'postal-mime';
import { eventually } from './message-bus';

interface Envelope {
  from: string;
  to: string[];
  raw: string;
}

/** A mail as it arrived. */
export interface ReceivedMail extends Email {
  envelope: Envelope;
  /** The header block, unfolded, name by name in lower case. */
  lines: Map<string, string>;
}

/** A real SMTP server in a process of its own. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<MailServer> {
    const child = fork(join(__dirname, 'mail-server.main.mjs'), { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    if (child.stdout === null) throw new Error('the mail server has no output');
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = (await lines.next()) as IteratorResult<string, undefined>;
    if (first.done === true) throw new Error('the mail server did not start');
    const server = new MailServer(child, (JSON.parse(first.value) as { port: number }).port);
    void server.read(lines);
    return server;
  }

  get url(): string {
    return `smtp://127.0.0.1:${String(this.port)}`;
  }

  to(address: string): ReceivedMail[] {
    return this.mails.filter(({ envelope }) => envelope.to.includes(address));
  }

  /** The mail of that number to an address, from 0. */
  async next(address: string, number = 0): Promise<ReceivedMail> {
    return eventually(`mail ${String(number + 1)} to ${address}`, () => this.to(address)[number] ?? null, 30_000);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await gone;
  }

  private async read(lines: AsyncIterator<string>): Promise<void> {
    for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
      const envelope = JSON.parse(line.value) as Envelope;
      const mail = await PostalMime.parse(Buffer.from(envelope.raw, 'latin1'));
      const head = envelope.raw.split('\r\n\r\n', 1)[0] ?? '';
      const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
      const named = fields.map((field): [string, string] => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
      });
      this.mails.push(Object.assign(mail, { envelope, lines: new Map(named) }));
    }
  }
}
