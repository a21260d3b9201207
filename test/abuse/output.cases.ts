import type { DeliveryOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { INNER_ADDRESSES } from '../support/inner-addresses';
import { eventually } from '../support/message-bus';
import { type AbuseStack, faultOf, Faults, REBINDING } from './abuse.stack';

/** What others are made to do by words and addresses of a user. */
export function describeOutput(running: () => AbuseStack): void {
  describe('calls into the own network', () => {
    let visits = 0;
    // On the address that names are rebound to, and on the port that the addresses name.
    const victim = createServer((_, response) => {
      visits += 1;
      response.end('inside');
    });
    let port: number;
    beforeAll(async () => {
      await new Promise<void>((resolve) => victim.listen(0, '0.0.0.0', resolve));
      ({ port } = victim.address() as AddressInfo);
    });
    afterAll(async () => {
      victim.closeAllConnections();
      await new Promise((resolve) => victim.close(resolve));
    });

    test('no spelling of an inner address is taken, wherever an address may be given', async () => {
      const faults = new Faults();
      for (const template of [...INNER_ADDRESSES, 'http://inner.example/']) {
        const url = template.replace('PORT', String(port));
        const channel = (type: string) =>
          running().call('post', '/v1/subscriptions', { body: { name: 'x', channels: [{ type, url }] } });
        for (const type of ['webhook', 'slack', 'discord'])
          faults.add(`${type} ${url}`, faultOf(await channel(type), [400]));
        faults.add(`feed ${url}`, faultOf(await running().call('post', '/v1/feeds', { body: { url } }), [400]));
        faults.add(`extract ${url}`, faultOf(await running().call('post', '/v1/extract', { body: { url } }), [400]));
      }
      expect(faults.found).toEqual([]);
      expect(visits).toBe(0);
    });

    test('a name that was public when it was checked reaches nobody when it leads inside', async () => {
      const [hook, feedHost, slackHost] = REBINDING;
      const kind = 'export-control';
      const made = await running().ask<SubscriptionOut>('post', '/v1/subscriptions', {
        body: {
          name: 'rebinding',
          match: { kinds: [kind] },
          channels: [
            { type: 'webhook', url: `http://${hook}:${String(port)}/` },
            { type: 'slack', url: `http://${slackHost}:${String(port)}/` },
          ],
        },
      });
      const feed = await running().ask<{ id: string }>('post', '/v1/feeds', {
        body: { url: `http://${feedHost}:${String(port)}/` },
      });
      await running().call('post', `/v1/feeds/${feed.id}/poll`);
      const report = {
        kind,
        headline: 'Netherlands widens export controls',
        date: '2026-09',
        source: { name: 'Wire' },
      };
      await running().ask('post', '/v1/reports', { body: report });
      const tried = await eventually('both deliveries to be tried', async () => {
        const { items } = await running().ask<{ items: DeliveryOut[] }>(
          'get',
          `/v1/subscriptions/${made.id}/deliveries`,
        );
        const attempted = items.filter(({ attempts }) => attempts.length > 0);
        return attempted.length >= 2 ? attempted : null;
      });
      for (const { attempts } of tried) expect(attempts[0]?.error).toMatch(/\(127\.0\.0\.2\) is refused: loopback/);
      expect(JSON.stringify(await running().ask('get', `/v1/feeds/${feed.id}`))).toMatch(/refused/);
      for (const name of REBINDING) expect(running().names.asked(name)).toBeGreaterThanOrEqual(2);
      expect(visits).toBe(0);
      await running().call('delete', `/v1/subscriptions/${made.id}`);
      await running().call('delete', `/v1/feeds/${feed.id}`);
    });
  });

  describe('words that would be more than words', () => {
    const FORMULAS = ['=HYPERLINK("http://evil.example","x")', "+1+cmd|' /C calc'!A0", '-2+3', '@SUM(1+1)*cmd'];
    const FORGED = 'Plain\r\n\r\nevent: forged\r\ndata: {"seq":1}\r\n\r\nBcc: victim@desk.example';
    const MARKUP =
      '"><script>alert(1)</script><img src=x onerror=alert(1)> <!channel> <https://evil.example|click> ]]>';

    test('in spreadsheets, feeds, streams, mails and messengers they stay words', async () => {
      const address = 'words@desk.example';
      const made = await running().ask<SubscriptionOut>('post', '/v1/subscriptions', {
        key: running().alpha,
        body: {
          name: `${MARKUP} ${FORGED}`,
          match: { kinds: ['legal'] },
          channels: [
            { type: 'email', address },
            { type: 'slack', url: running().receiver.url('/words') },
            { type: 'feed' },
          ],
        },
      });
      const question = await running().mail.next(address);
      expect([...question.lines.keys()]).not.toContain('bcc');
      expect(question.envelope.to).toEqual([address]);
      expect(question.subject).not.toMatch(/[\r\n]/);
      expect(question.html).not.toContain('<script');
      const confirm = /http:\S+\/confirm\/[^\s"<]+/.exec(question.text ?? '')?.[0] ?? '';
      const page = await (await fetch(confirm)).text();
      expect(page).not.toMatch(/<script|<img/);
      await fetch(confirm, { method: 'POST' });

      const headlines = [...FORMULAS, MARKUP, FORGED];
      const reports = headlines.map((headline, n) => ({
        kind: 'legal',
        headline,
        summary: headline,
        date: `2025-0${String(n + 1)}-05`,
        entities: [`Party ${'ABCDEFGH'[n] ?? ''}qrst`],
        source: { name: headline },
        url: `https://gazette.example/${String(n)}`,
      }));
      await running().ask('post', '/v1/reports', { key: running().alpha, body: reports });
      const events = await eventually('the reports on the timeline', async () => {
        const { items } = await running().ask<{ items: TimelineEvent[] }>('get', '/v1/events?kind=legal');
        return items.length === headlines.length ? items : null;
      });
      expect(events.map(({ headline }) => headline)).toEqual(expect.arrayContaining(FORMULAS));

      const csv = (await running().call('get', '/v1/export.csv?kind=legal')).text;
      const cells = csv.split('\r\n').flatMap((row) => row.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []);
      for (const cell of cells) expect(cell).not.toMatch(/^"?[=+@\t]|^"?-\D/);
      const xml = [
        await running().call('get', '/v1/export.atom?kind=legal'),
        await eventually('the alerts in the feed', async () => {
          const feed = await running().call('get', `/v1/subscriptions/${made.id}/feed.atom`, { key: running().alpha });
          return feed.text.includes('HYPERLINK') ? feed : null;
        }),
      ];
      for (const { text, headers } of xml) {
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')).not.toMatch(/<(script|img)/);
      }
      const calendar = (await running().call('get', '/v1/export.ics?kind=legal')).text;
      expect(calendar).not.toMatch(/^(event: forged|Bcc:)/m);

      const alert = await running().mail.next(address, 1);
      expect([...alert.lines.keys()]).not.toContain('bcc');
      expect(alert.html).not.toMatch(/<script|<img/);
      const rows = await readStream('/v1/stream?kind=legal&lastEventId=0', headlines.length);
      expect(rows.map(({ event }) => event)).toEqual(rows.map(() => undefined));
      expect(rows.length).toBe(headlines.length);
      await running().call('delete', `/v1/subscriptions/${made.id}`, { key: running().alpha });
    });

    test('what would be a header of its own is refused', async () => {
      const channels = [
        { type: 'webhook', url: running().receiver.url('/x'), headers: { 'X-A': 'b\r\nX-Evil: 1' } },
        { type: 'webhook', url: running().receiver.url('/x'), headers: { 'X-A\r\nX-Evil': '1' } },
        { type: 'webhook', url: running().receiver.url('/x'), headers: { Host: 'evil.example' } },
        { type: 'webhook', url: running().receiver.url('/x'), headers: { 'Content-Length': '0' } },
        { type: 'email', address: 'a@desk.example\r\nBcc: victim@desk.example' },
        { type: 'email', address: 'a@desk.example, victim@desk.example' },
        { type: 'email', address: '"Victim" <victim@desk.example>' },
      ];
      for (const channel of channels) {
        const reply = await running().call('post', '/v1/subscriptions', { body: { name: 'x', channels: [channel] } });
        expect(`${JSON.stringify(channel)} ${String(faultOf(reply, [400]))}`).toBe(`${JSON.stringify(channel)} null`);
      }
    });

    /** So many messages of an event stream, each with the fields that it has. */
    async function readStream(path: string, count: number): Promise<{ event?: string; data: string }[]> {
      const stop = new AbortController();
      const answer = await fetch(`${running().stack.url}${path}`, {
        headers: { authorization: `Bearer ${running().alpha}` },
        signal: stop.signal,
      });
      const found: { event?: string; data: string }[] = [];
      let text = '';
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString('utf8');
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const fields = new Map(
            block.split(/\r\n|\r|\n/).map((line) => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1)]),
          );
          const data = fields.get('data');
          const event = fields.get('event');
          if (data !== undefined) found.push(event === undefined ? { data } : { event, data });
        }
        if (found.length >= count) break;
      }
      stop.abort();
      return found;
    }
  });
}
