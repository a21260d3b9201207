import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FeedServerAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Instead of a body: writes to the connection until it is closed by the other side. */
  drip?: (write: (bytes: string | Buffer) => boolean) => NodeJS.Timeout;
}

export interface FeedServerRequest {
  path: string;
  headers: IncomingHttpHeaders;
  /** Requests of this server that were being answered when this one came, itself included. */
  open: number;
}

/** A real HTTP server that answers as the test says at the moment, and remembers what was asked. */
export class FeedServer {
  readonly requests: FeedServerRequest[] = [];
  private readonly answers = new Map<string, FeedServerAnswer | ((request: FeedServerRequest) => FeedServerAnswer)>();
  private readonly server: Server;
  private open = 0;

  private constructor(private readonly host: string) {
    this.server = createServer((request, response) => {
      this.open += 1;
      response.on('close', () => (this.open -= 1));
      const asked = { path: request.url ?? '/', headers: request.headers, open: this.open };
      this.requests.push(asked);
      const known = this.answers.get(asked.path);
      const answer = typeof known === 'function' ? known(asked) : known;
      response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), answer?.headers ?? {});
      if (answer?.drip === undefined) {
        response.end(answer?.body ?? '');
        return;
      }
      const timer = answer.drip((bytes) => response.write(bytes));
      response.on('close', () => clearInterval(timer));
    });
  }

  /** `host`: any address of 127.0.0.0/8, so that tests have hosts of their own. */
  static async start(host = '127.0.0.1'): Promise<FeedServer> {
    const server = new FeedServer(host);
    await new Promise<void>((resolve) => server.server.listen(0, host, resolve));
    return server;
  }

  url(path: string): string {
    return `http://${this.host}:${String((this.server.address() as AddressInfo).port)}${path}`;
  }

  answer(path: string, answer: FeedServerAnswer | ((request: FeedServerRequest) => FeedServerAnswer)): void {
    this.answers.set(path, answer);
  }

  /** What was asked for a path, in order. */
  asked(path: string): FeedServerRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
