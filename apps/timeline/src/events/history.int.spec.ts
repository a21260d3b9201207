import type { EventRevision, Page, Report, TimelineEvent } from '@themeline/contracts';
import type request from 'supertest';
import { eventually } from '../../../../test/support/message-bus';
import { seededRandom } from '../../../../test/support/seeded-random';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import type { EventDocument } from '../timeline.collections';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});

afterAll(() => timeline.stop());

const edit = async (id: string, path: string, body: object): Promise<number> => {
  const { revision } = (await timeline.get(`/v1/events/${id}`)).body as TimelineEvent;
  const answer = await timeline.edit({ id, revision }, path, body);
  if (answer.status >= 500) throw new Error(answer.text);
  return answer.status;
};

/** A moment after everything so far and before everything to come. */
async function moment(): Promise<string> {
  await eventually('what reports bridge to be joined', async () =>
    (await timeline.database.collection('bridges').countDocuments()) === 0 ? true : null,
  );
  await timeline.sequenced();
  const now = await eventually('the clock to go on', () => new Date(Date.now() + 1));
  await eventually('that moment to pass', () => (Date.now() > now.getTime() ? true : null));
  return now.toISOString();
}

interface Told {
  list: TimelineEvent[];
  events: Record<string, unknown>;
}

/** All that the API says, now or as of a moment; of the ids that were known then. */
async function everything(ids: readonly string[], asOf?: string): Promise<Told> {
  const query = asOf === undefined ? '' : `?asOf=${asOf}`;
  const say = async (answer: request.Test): Promise<unknown> => {
    const { status, headers, body } = await answer.redirects(0);
    return status === 308
      ? { location: String(headers['location']).replace(/\?.*$/, '') }
      : { status, body: body as unknown };
  };
  const events: Told['events'] = {};
  for (const id of ids) {
    for (const part of ['', '/reports', '/explain', '/revisions']) {
      events[`${id}${part}`] = await say(timeline.get(`/v1/events/${id}${part}${query}`));
    }
  }
  const { items } = await timeline.list(`/v1/events${query}${query === '' ? '?' : '&'}sort=recorded&limit=200`);
  return { list: items, events };
}

/** What a source took back is shown to nobody, not even in the past: of those reports the words do not count. */
function withoutWordsOf(gone: ReadonlySet<string>, told: Told): unknown {
  return JSON.parse(
    JSON.stringify(told, (_, value: unknown) =>
      typeof value === 'object' && value !== null && 'reportId' in value && 'evidence' in value
        ? { ...value, ...(gone.has(String(value.reportId)) ? { evidence: null } : {}) }
        : value,
    ),
  );
}

test.each([1, 2])(
  'asOf says for every moment what was said then (run %i)',
  async (seed) => {
    const next = seededRandom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
    const reports: Report[] = [];
    const gone = new Set<string>();
    const kinds = ['product-launch', 'ban', 'pivot'];
    const words = {
      'product-launch': 'opens a ferry line',
      ban: 'is kept from the harbour',
      pivot: 'turns to tug boats',
    };
    const names = ['Laurel', 'Myrtle', 'Nettle'].map((name) => `${name} ${String(seed)}`);
    const ids = async (): Promise<string[]> =>
      (await timeline.database.collection<EventDocument>('events').find({}).sort({ _id: 1 }).toArray()).map(
        ({ _id }) => _id,
      );
    const standing = async (): Promise<string[]> =>
      (await Promise.all(names.map((name) => timeline.eventsOf(name)))).flat().map(({ _id }) => _id);
    const steps: (() => Promise<unknown>)[] = [
      () => {
        const kind = pick(kinds) as keyof typeof words;
        const who = pick(names);
        const date = pick([null, '2025', '2025-04', '2025-04-10']);
        const made = report({
          who,
          kind,
          date,
          headline: `${who} ${words[kind]}`,
          status: pick(['planned', 'occurred']),
        });
        reports.push(made);
        return timeline.deliver(accepted(made));
      },
      () => {
        const at = Math.floor(next() * reports.length);
        const old = reports[at] as Report;
        const newer = { ...old, version: old.version + 1, summary: `Version ${String(old.version + 1)}.` };
        reports[at] = newer;
        return timeline.deliver(accepted(newer));
      },
      () => {
        const at = Math.floor(next() * reports.length);
        const old = reports[at] as Report;
        reports[at] = { ...old, version: old.version + 1 };
        gone.add(old.reportId);
        return timeline.deliver(withdrawn(old));
      },
      async () => edit(pick(await standing()), '', { headline: `Corrected ${String(next())}`, date: '2025-05' }),
      async () => edit(pick(await standing()), '/merge', { with: pick(await standing()) }),
      async () => edit(pick(await standing()), '/merge', { with: pick(await standing()) }),
      async () => {
        const id = pick(await standing());
        const held = ((await timeline.get(`/v1/events/${id}`)).body as TimelineEvent).reports;
        return held.length < 2 ? null : edit(id, '/split', { reports: [pick(held).reportId] });
      },
      async () => {
        const id = pick(await standing());
        const { items } = (await timeline.get(`/v1/events/${id}/revisions`)).body as Page<EventRevision>;
        return edit(id, '/undo', {
          revision: (items.find(({ cause }) => cause.type === 'edit') ?? items[0])?.revision,
        });
      },
      async () => (next() < 0.3 ? edit(pick(await standing()), '/retract', {}) : null),
    ];
    const record: { at: string; ids: string[]; told: Told }[] = [];
    for (let step = 0; step < 36; step += 1) {
      // First some reports, then a correction, so that each run has them.
      const run = step < 6 ? steps[0] : step === 6 ? steps[3] : next() < 0.3 ? steps[0] : pick(steps);
      await run?.();
      const at = await moment();
      const known = await ids();
      record.push({ at, ids: known, told: await everything(known) });
    }
    for (const { at, ids: known, told } of record) {
      expect(withoutWordsOf(gone, await everything(known, at))).toEqual(withoutWordsOf(gone, told));
    }
    const revisions = await Promise.all((await ids()).map((id) => timeline.revisionsOf(id)));
    const done = new Set(revisions.flat().map(({ edit: one, cause }) => one?.type ?? cause.type));
    // Else it has shown nothing.
    expect([...done]).toEqual(expect.arrayContaining(['report', 'correct', 'merge', 'merged-away', 'split']));
  },
  120_000,
);

test('an event before it was known, and an id after it was merged away', async () => {
  await timeline.deliver(accepted(report({ who: 'Oleander', headline: 'Oleander opens a ferry line' })));
  await timeline.deliver(
    accepted(report({ who: 'Oleander', kind: 'ban', headline: 'Oleander is kept from the harbour' })),
  );
  const [one, two] = (await timeline.eventsOf('Oleander')).map(({ _id }) => _id) as [string, string];
  const before = await moment();
  await edit(one, '/merge', { with: two });
  const merged = await moment();
  await edit(one, '/undo', { revision: 2 });
  await timeline.get(`/v1/events/${one}?asOf=2020-01-01`).expect(404);
  await timeline.get(`/v1/events/${two}?asOf=${before}`).expect(200);
  for (const part of ['', '/reports', '/explain']) {
    const answer = await timeline.get(`/v1/events/${two}${part}?asOf=${merged}`).redirects(0).expect(308);
    const location = new URL(String(answer.headers['location']), 'http://x');
    expect(`${location.pathname} ${String(location.searchParams.get('asOf'))}`).toBe(
      `/v1/events/${one}${part} ${merged}`,
    );
  }
  await timeline.get(`/v1/events/${two}`).expect(200);
  const then = (await timeline.get(`/v1/events/${two}/revisions?asOf=${merged}`)).body as Page<EventRevision>;
  expect(then.items.map(({ revision }) => revision)).toEqual([2, 1]);
  expect((await timeline.list(`/v1/events?entity=Oleander&asOf=${merged}`)).items).toMatchObject([
    { id: one, sourceCount: 2 },
  ]);
});

test('the two sides of an edit have neighbouring places, however much waits', async () => {
  const who = (n: number): string => `Poppy ${String(n)}`;
  const pairs = Array.from({ length: 30 }, (_, n) => [
    report({ who: who(n), headline: `${who(n)} opens a ferry line` }),
    report({ who: who(n), kind: 'ban', headline: `${who(n)} is kept from the harbour` }),
  ]).flat();
  await timeline.deliver(accepted(...pairs));
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const [one, two] = (await timeline.eventsOf(who(n))).map(({ _id }) => _id) as [string, string];
      await edit(one, '/merge', { with: two });
    }),
  );
  await timeline.sequenced();
  const rows = (await Promise.all(Array.from({ length: 30 }, (_, n) => timeline.eventsOf(who(n))))).flat();
  for (const { _id, lineage } of rows) {
    const steps = await Promise.all(lineage.map(async (id) => (await timeline.revisionsOf(id)).at(-1)));
    expect(new Set(steps.map((step) => step?.orderAt?.getTime())).size).toBe(1);
    expect(lineage[0]).toBe(_id);
  }
});
