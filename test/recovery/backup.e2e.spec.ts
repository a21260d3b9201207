import type { AlertOut, SubscriptionOut, TimelineEvent } from '@themeline/contracts';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { happening } from '../support/happenings';
import { eventually } from '../support/message-bus';
import { repositoryRoot, Stack } from '../support/stack';
import { WebhookReceiver } from '../support/webhook-receiver';

const BATCH = 20;

jest.setTimeout(240_000);

const run = (command: 'backup' | 'restore', folder: string, data: string): Promise<unknown> =>
  promisify(execFile)('npm', ['run', '--silent', command, '--', folder], {
    cwd: repositoryRoot,
    env: { ...process.env, MONGODB_URI: '', THEMELINE_DATA: data },
  });

/** Posts on and on, until told to stop. */
class Poster {
  readonly accepted: string[] = [];
  private going = true;
  private readonly done: Promise<void>;

  constructor(private readonly stack: Stack) {
    this.done = this.post();
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  private async post(): Promise<void> {
    for (let from = 0; this.going; from += BATCH) {
      const reports = Array.from({ length: BATCH }, (_, n) => happening(from + n));
      const { status, body } = await this.stack.call<{ items: { reportId: string }[] }>('POST', '/v1/reports', reports);
      // Held up by the back-up for a moment, never refused by it.
      expect(status).toBe(202);
      this.accepted.push(...body.items.map(({ reportId }) => reportId));
    }
  }
}

test('a back-up taken under load is whole: all that was answered before it becomes events and alerts after a restore, once', async () => {
  const home = await mkdtemp(join(tmpdir(), 'themeline-backup-'));
  const [data, copy, restored] = ['data', 'copy', 'restored'].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  const receiver = new WebhookReceiver();
  await receiver.start();
  let stack = await Stack.start({ folder: data });
  try {
    const { body: subscription } = await stack.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: 'all',
      channels: [{ type: 'webhook', url: receiver.url('/all') }],
    });
    receiver.trust('/all', subscription.channels[0]?.secret ?? '');
    const poster = new Poster(stack);
    await eventually('a load', () => poster.accepted.length >= 5 * BATCH, 60_000);
    const before = poster.accepted.length;
    await run('backup', copy, data);
    await eventually('the load to go on', () => poster.accepted.length >= before + 5 * BATCH, 60_000);
    await poster.stop();
    await stack.stop();

    await run('restore', copy, restored);
    await expect(run('restore', copy, restored)).rejects.toThrow('is not empty');
    stack = await Stack.start({ folder: restored });
    // More than these: what was answered while the copy was begun.
    const { events, alerts } = await eventually(
      'an event for every report that was answered before, and an alert for each',
      async () => {
        const events = await stack.all<TimelineEvent>('/v1/events?limit=200');
        const alerts = await stack.all<AlertOut>(`/v1/subscriptions/${subscription.id}/alerts?limit=200`);
        const placed = new Set(events.flatMap(({ reports }) => reports.map(({ reportId }) => reportId)));
        const isAllThere = poster.accepted.slice(0, before).every((id) => placed.has(id));
        return isAllThere && alerts.length === events.length ? { events, alerts } : null;
      },
      90_000,
    );
    // Sent again by outboxes whose rows were waiting, and merged already: no second event of any.
    expect(events.flatMap(({ reports }) => reports)).toHaveLength(events.length);
    expect(new Set(alerts.map(({ eventId }) => eventId))).toEqual(new Set(events.map(({ id }) => id)));
    const [first] = await stack.all<{ developments: string[] }>(`/v1/events/${events[0]?.id ?? ''}/revisions`);
    expect(first?.developments).toContain('recorded');
    // What is sealed opens again: the receiver takes what is signed.
    const told = receiver.received.length;
    await stack.call('POST', '/v1/reports', { ...happening(9_001), externalId: 'after-the-restore' });
    await eventually('a webhook of what came after', () => receiver.received.length > told, 60_000);
    expect(receiver.forged).toEqual([]);
  } finally {
    await stack.stop();
    await receiver.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});
