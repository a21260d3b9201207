import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rss } from '../support/feed.texts';

/** One server that is many hosts: it listens on all of 127.0.0.0/8 and counts what each address is asked at once. */
export class ManyHosts {
  requests = 0;
  mostOnOneHost = 0;
  mostAtOnce = 0;
  private readonly open = new Map<string, number>();
  private all = 0;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const host = request.socket.localAddress ?? '';
      const at = (this.open.get(host) ?? 0) + 1;
      this.requests += 1;
      this.all += 1;
      this.open.set(host, at);
      this.mostOnOneHost = Math.max(this.mostOnOneHost, at);
      this.mostAtOnce = Math.max(this.mostAtOnce, this.all);
      const feed = Number((request.url ?? '').replace(/\D/g, ''));
      const etag = `"${String(feed)}"`;
      // As far away as a server usually is.
      setTimeout(() => {
        this.all -= 1;
        this.open.set(host, (this.open.get(host) ?? 1) - 1);
        if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
        else response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(textOf(feed));
      }, 20);
    });
  }

  static async start(): Promise<ManyHosts> {
    const hosts = new ManyHosts();
    await new Promise<void>((resolve) => hosts.server.listen(0, '0.0.0.0', resolve));
    return hosts;
  }

  /** `http://127.1.0.7:4711/feed/42` */
  url(host: number, feed: number): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.${String(1 + Math.floor(host / 65_536))}.${String(Math.floor(host / 256) % 256)}.${String(host % 256)}:${String(port)}/feed/${String(feed)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Three items, hours apart in a rhythm of the feed's own. */
function textOf(feed: number): string {
  const gapMs = (3 + (feed % 10)) * 3_600_000;
  const items = [1, 2, 3].map((item) => ({
    guid: `${String(feed)}-${String(item)}`,
    link: `https://news.example/${String(feed)}/${String(item)}`,
    title: `Item ${String(item)} of ${String(feed)}`,
    text: `What item ${String(item)} of feed ${String(feed)} tells.`,
    date: new Date(Date.UTC(2026, 0, 4) - item * gapMs).toUTCString(),
  }));
  return rss(items);
}
