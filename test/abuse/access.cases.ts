import type { SubscriptionOut } from '@themeline/contracts';
import type { Operation } from '../schema/examples';
import { eventually } from '../support/message-bus';
import { type AbuseStack, ALL_BUT_ADMIN, calling, faultOf, Faults, pathOf, PRIVATE, type Reply } from './abuse.stack';

/** Who may do what, over every operation that is served. */
export function describeAccess(running: () => AbuseStack): void {
  describe('scopes', () => {
    const guarded = (): Operation[] => running().operations.filter(({ scopes }) => scopes !== null);

    /** As the contract has it, not as the code says. */
    const neededBy = ({ method, path }: Operation): string => {
      const [, , collection = ''] = path.split('/');
      if (['keys', 'dead-letters'].includes(collection)) return 'admin';
      if (['subscriptions', 'deliveries'].includes(collection)) return 'subscribe';
      if (['extract', 'dates', 'feeds', 'imports', 'sources'].includes(collection)) return 'ingest';
      if (['articles', 'reports'].includes(collection)) return method === 'get' ? 'read' : 'ingest';
      if (path.endsWith('/preview')) return 'read';
      if (['events', 'themes', 'entities'].includes(collection)) return method === 'get' ? 'read' : 'edit';
      return 'read';
    };

    test('every operation says what the contract says it needs, and what is open carries a secret or says nothing', () => {
      expect(guarded().length).toBeGreaterThan(60);
      const others = guarded().filter((operation) => operation.scopes?.join() !== neededBy(operation));
      expect(others.map(({ operationId, scopes }) => `${operationId}: ${String(scopes)}`)).toEqual([]);
      const open = running()
        .operations.filter(({ scopes }) => scopes === null)
        .map(({ path }) => path);
      for (const path of open) expect(path).toMatch(/^\/(health\/\w+|metrics|v1\/open\/.*secret.*)$/);
    });

    test('without a key 401, with all scopes but its own 403, with its own neither', async () => {
      const scopes = [...ALL_BUT_ADMIN, 'admin'];
      const without = new Map<string, string>();
      const alone = new Map<string, string>();
      for (const scope of scopes) {
        without.set(
          scope,
          await running().makeKey(
            'gamma',
            ALL_BUT_ADMIN.filter((other) => other !== scope),
          ),
        );
        alone.set(scope, await running().makeKey('gamma', [scope]));
      }
      const nobodys = Object.fromEntries(Object.keys(running().ids).map((name) => [name, 'alerts_nobodys']));
      const faults = new Faults();
      for (const operation of guarded()) {
        const { operationId, method } = operation;
        const scope = neededBy(operation);
        const path = pathOf(operation, nobodys);
        const anonymous = await running().call(method, path, calling(operation, null));
        faults.add(`${operationId} without a key`, faultOf(anonymous, [401]));
        const lacking = await running().call(method, path, calling(operation, without.get(scope) ?? ''));
        const named = lacking.text.includes(`'${scope}'`) ? null : `does not name the scope: ${lacking.text}`;
        faults.add(`${operationId} without ${scope}`, faultOf(lacking, [403]) ?? named);
        const owning = await running().call(method, path, calling(operation, alone.get(scope) ?? ''));
        if ([401, 403].includes(owning.status) || owning.status >= 500)
          faults.add(`${operationId} with ${scope}`, owning.text);
      }
      expect(faults.found).toEqual([]);
    });

    test('an identity that a caller writes himself is not believed', async () => {
      const forged = Buffer.from(JSON.stringify({ keyId: 'k', owner: 'alpha', scopes: ['admin'], expiresAt: 9e15 }));
      const headers = { 'x-themeline-identity': `${forged.toString('base64url')}.AAAA` };
      expect(faultOf(await running().call('get', '/v1/keys', { key: running().beta, headers }), [403])).toBeNull();
      for (const service of ['ingest', 'timeline', 'alerts']) {
        const answer = await fetch(`${await running().stack.urlOf(service)}/v1/subscriptions`, { headers });
        expect([401, 404]).toContain(answer.status);
      }
    });
  });

  describe('what belongs to another owner', () => {
    /** The timeline is of all owners, and so is what it was made of. */
    const SHARED = /^(Events|Entities|Themes|Editing)_|^(Articles_read|Reports_read)$/;

    const own = (): Promise<unknown[]> =>
      Promise.all(
        [
          `/v1/subscriptions/${running().ids.subscriptions ?? ''}`,
          `/v1/feeds/${running().ids.feeds ?? ''}`,
          `/v1/imports/${running().ids.imports ?? ''}`,
          `/v1/sources/${running().ids.sources ?? ''}`,
          `/v1/tokens`,
          `/v1/articles/${running().ids.articles ?? ''}`,
          `/v1/reports/${running().ids.reports ?? ''}`,
        ].map(async (path) => {
          const { status, text } = await running().call('get', path, { key: running().alpha });
          // A feed is polled by itself meanwhile.
          const { name, url, paused, items } = JSON.parse(text) as Record<string, unknown>;
          return path.startsWith('/v1/feeds') ? { status, name, url, paused } : { status, text, items };
        }),
      );

    test('is neither seen nor changed by any operation that takes its id', async () => {
      await eventually('the import to end', async () => {
        const { state } = await running().ask<{ state: string }>('get', `/v1/imports/${running().ids.imports ?? ''}`, {
          key: running().alpha,
        });
        return state === 'done';
      });
      await eventually('the article to be read', async () => {
        const { state, reports } = await running().ask<{ state: string; reports: { state: string }[] }>(
          'get',
          `/v1/articles/${running().ids.articles ?? ''}`,
          { key: running().alpha },
        );
        return state === 'read' && reports.every((report) => report.state !== 'accepted');
      });
      const before = await own();
      const faults = new Faults();
      const swept = running().operations.filter(
        ({ path, operationId }) => path.includes('{id}') && !SHARED.test(operationId),
      );
      expect(new Set(swept.map(({ path }) => path.split('/')[2]))).toEqual(
        new Set([
          'articles',
          'reports',
          'feeds',
          'imports',
          'sources',
          'subscriptions',
          'deliveries',
          'tokens',
          'keys',
          'dead-letters',
        ]),
      );
      for (const operation of swept) {
        const reply = await running().call(
          operation.method,
          pathOf(operation, running().ids),
          calling(operation, running().beta),
        );
        faults.add(operation.operationId, faultOf(reply, [403, 404]) ?? leak(reply));
      }
      expect(faults.found).toEqual([]);
      expect(await own()).toEqual(before);
    });

    test('is in no list, count or export', async () => {
      const lists = running().operations.filter(
        ({ method, path, scopes }) => method === 'get' && !path.includes('{') && scopes !== null,
      );
      const faults = new Faults();
      for (const operation of lists) {
        const reply = await running().call('get', operation.path, { key: running().beta });
        const fails = reply.status >= 500 ? reply.text : null;
        faults.add(operation.operationId, fails ?? leak(reply));
      }
      expect(lists.length).toBeGreaterThan(15);
      expect(faults.found).toEqual([]);
    });

    test('is not reached by ids in bodies, nor by the Idempotency-Key of another', async () => {
      const body = { name: 'x', match: { kinds: ['ban'] }, channels: [{ type: 'feed' }] };
      const headers = { 'idempotency-key': 'same-for-all' };
      const mine = await running().ask<SubscriptionOut>('post', '/v1/subscriptions', {
        key: running().beta,
        headers,
        body,
      });
      expect(mine.name).toBe('x');
      const channels = [{ type: 'webhook', id: running().ids.channelId, url: running().receiver.url('/x') }];
      const patched = await running().call('patch', `/v1/subscriptions/${mine.id}`, {
        key: running().beta,
        body: { channels },
      });
      expect(faultOf(patched, [400])).toBeNull();
      const stolen = await running().call(
        'post',
        `/v1/subscriptions/${mine.id}/channels/${running().ids.channelId ?? ''}/rotate`,
        {
          key: running().beta,
        },
      );
      expect(faultOf(stolen, [404])).toBeNull();
      const replay = { from: '2020-01-01T00:00:00Z', channelId: running().ids.channelId };
      const replayed = await running().call('post', `/v1/subscriptions/${mine.id}/replay`, {
        key: running().beta,
        body: replay,
      });
      expect(replayed.status >= 400 || replayed.text === '{"deliveries":0}').toBe(true);
      await running().call('delete', `/v1/subscriptions/${mine.id}`, { key: running().beta });
    });

    function leak({ text }: Reply): string | null {
      if (text.includes(PRIVATE)) return `shows what is alpha's: ${text.slice(0, 300)}`;
      const shown = [...running().secrets].find(([, secret]) => text.includes(secret));
      return shown === undefined ? null : `shows the ${shown[0]}`;
    }
  });
}
