import type { WebhookBody } from '@themeline/contracts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** How a receiver answers. */
export const MOODS = ['well', 'hangs', 'resets', 'answers 500', 'answers 429', 'answers without end'] as const;
export type Mood = (typeof MOODS)[number];

/** One call of a webhook. */
export interface Call {
  messageId: string;
  path: string;
  at: number;
  mood: Mood;
  body: WebhookBody;
}

/** A real HTTP server that takes webhooks, verifies each with the reference implementation, and can be ill. */
export class Receivers {
  readonly calls: Call[] = [];
  readonly forged: string[] = [];
  private readonly secrets = new Map<string, string>();
  private readonly ill = new Map<string, Mood>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => this.take(request, response, Buffer.concat(chunks).toString('utf8')));
    });
  }

  static async start(): Promise<Receivers> {
    const receivers = new Receivers();
    await new Promise<void>((resolve) => receivers.server.listen(0, '127.0.0.1', resolve));
    return receivers;
  }

  url(path: string): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}${path}`;
  }

  trust(path: string, secret: string): void {
    this.secrets.set(path, secret);
  }

  /** From now on. */
  feel(path: string, mood: Mood): void {
    this.ill.set(path, mood);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(request: IncomingMessage, response: ServerResponse, text: string): void {
    const path = request.url ?? '';
    const messageId = String(request.headers['webhook-id']);
    try {
      new Webhook(this.secrets.get(path) ?? '').verify(text, request.headers as Record<string, string>);
    } catch (error) {
      this.forged.push(`${path} ${messageId}: ${(error as Error).message}`);
      response.writeHead(401).end();
      return;
    }
    const mood = this.ill.get(path) ?? 'well';
    this.calls.push({ messageId, path, at: Date.now(), mood, body: JSON.parse(text) as WebhookBody });
    answer(mood, request, response);
  }
}

function answer(mood: Mood, request: IncomingMessage, response: ServerResponse): void {
  switch (mood) {
    case 'well':
      response.writeHead(204).end();
      return;
    case 'hangs':
      return;
    case 'resets':
      request.socket.resetAndDestroy();
      return;
    case 'answers 500':
      response.writeHead(500).end('not now');
      return;
    case 'answers 429':
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    case 'answers without end': {
      response.writeHead(500, { 'content-type': 'text/plain' });
      const piece = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return;
    }
  }
}
