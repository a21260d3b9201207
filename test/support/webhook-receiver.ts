import type { WebhookBody } from '@themeline/contracts';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  id: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: WebhookBody;
  at: number;
}

/** A real HTTP server that takes webhooks and verifies them with the reference implementation. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** Requests whose signature did not verify. */
  readonly forged: string[] = [];
  private readonly secrets = new Map<string, string>();
  private server: Server | null = null;

  /** Answers 2xx unless `answer` says otherwise for this path and attempt (counted from 1 for each message id). */
  constructor(
    private readonly answer: (path: string, attempt: number) => number = () => 204,
    private readonly host = '127.0.0.1',
  ) {}

  async start(): Promise<void> {
    const attempts = new Map<string, number>();
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const path = request.url ?? '';
        const text = Buffer.concat(chunks).toString('utf8');
        const id = String(request.headers['webhook-id']);
        const attempt = (attempts.get(`${path} ${id}`) ?? 0) + 1;
        attempts.set(`${path} ${id}`, attempt);
        const status = this.answer(path, attempt);
        const secret = this.secrets.get(path);
        try {
          if (secret === undefined) throw new Error('no secret for this path');
          new Webhook(secret).verify(text, request.headers as Record<string, string>);
        } catch (error) {
          this.forged.push(`${path} ${id}: ${(error as Error).message}`);
          response.writeHead(401).end();
          return;
        }
        const body = JSON.parse(text) as WebhookBody;
        this.take({ id, path, headers: request.headers, body, at: Date.now() }, status, response);
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, this.host, resolve));
  }

  url(path: string): string {
    return `http://${this.host}:${String((this.server?.address() as AddressInfo).port)}${path}`;
  }

  /** The secret that messages to this path are signed with. */
  trust(path: string, secret: string): void {
    this.secrets.set(path, secret);
  }

  at(path: string): Received[] {
    return this.received.filter((message) => message.path === path);
  }

  /** A message whose signature verified: keeps it when it is answered with 2xx. */
  protected take(message: Received, status: number, response: ServerResponse): void {
    if (status < 300) this.received.push(message);
    response.writeHead(status).end();
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}
