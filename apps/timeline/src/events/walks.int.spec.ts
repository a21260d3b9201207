import type { EventRevision, Page, TimelineEvent } from '@themeline/contracts';
import { seededRandom } from '../../../../test/support/seeded-random';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import { SORTS } from './event.order';
import { EventSearch } from './event.search';

let timeline: TimelineReplicas;
let search: EventSearch;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
  search = timeline.replica(0).get(EventSearch, { strict: false });
});

afterAll(() => timeline.stop());

test('a walk yields each event once, with its reports, in the order and state of a list, whatever is written meanwhile', async () => {
  const reports = Array.from({ length: 620 }, (_, n) =>
    report({
      who: `Aspen ${String(n)}`,
      headline: `Aspen ${String(n)} opens a mill`,
      date: `2024-0${String((n % 9) + 1)}`,
      importance: n % 100,
    }),
  );
  await timeline.deliver(accepted(...reports));
  await timeline.sequenced();
  for (const sort of SORTS) {
    const listed: TimelineEvent[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await timeline.list(
        `/v1/events?q=mill&sort=${sort}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      listed.push(...page.items);
      cursor = page.nextCursor;
    }
    const walked: TimelineEvent[] = [];
    for await (const batch of search.walk(await search.select({ q: 'mill' }), sort)) {
      walked.push(...batch.events());
      await timeline.deliver(
        accepted(
          report({ who: 'Aspen 3', headline: 'Aspen 3 opens a mill', importance: 99 }),
          report({ who: `Asp ${sort} ${String(walked.length)}`, headline: 'Asp opens a winery' }),
        ),
      );
      await timeline.sequenced();
    }
    expect(walked).toHaveLength(620);
    expect(walked).toEqual(listed);
    expect(walked.every((event) => event.reports.length > 0)).toBe(true);
  }
}, 240_000);

test('a walk by cursor is the list as it was when it began, while events come, change, merge, split, are retracted and brought back', async () => {
  const next = seededRandom(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const about = (n: number) =>
    report({ who: `Oak ${String(n)}`, kind: 'pivot', headline: `Oak ${String(n)} leaves acorns`, importance: n % 90 });
  const known = Array.from({ length: 60 }, (_, n) => about(n));
  await timeline.deliver(accepted(...known));
  await timeline.sequenced();
  const list = (query: string): Promise<Page<TimelineEvent>> => timeline.list(`/v1/events?q=acorns&${query}`);
  const done = new Set<string>();
  const edit = async (event: TimelineEvent, path: string, body: object): Promise<void> => {
    const answer = await timeline.edit(event, path, body);
    if (answer.status < 300) done.add(path);
  };
  const writes: ((events: readonly TimelineEvent[]) => Promise<unknown>)[] = [
    (events) => edit(pick(events), '/merge', { with: pick(events).id }),
    (events) => edit(pick(events), '', { date: `2023-0${String(1 + Math.floor(next() * 9))}`, importance: 95 }),
    (events) => edit(pick(events), '/retract', {}),
    async (events) => {
      const several = events.find(({ sourceCount }) => sourceCount > 1);
      if (several !== undefined) await edit(several, '/split', { reports: [several.reports[0]?.reportId] });
    },
    async (events) => {
      const event = pick(events);
      const { items } = (await timeline.get(`/v1/events/${event.id}/revisions`)).body as Page<EventRevision>;
      const edited = items.find(({ cause }) => cause.type === 'edit');
      if (edited !== undefined) await edit(event, '/undo', { revision: edited.revision });
    },
    () => timeline.deliver(accepted(about(Math.floor(next() * 60)), about(100 + Math.floor(next() * 1_000)))),
    () => timeline.deliver(withdrawn(pick(known))),
  ];
  for (const sort of SORTS) {
    const { items: began } = await list(`sort=${sort}&limit=200`);
    const seen: TimelineEvent[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(`sort=${sort}&limit=5${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.items);
      cursor = page.nextCursor;
      for (let n = 0; n < 2; n += 1) await pick(writes)((await list('limit=200')).items);
      await timeline.sequenced();
    } while (cursor !== null);
    // What a source took back is shown to nobody: of its reports only the place is kept.
    expect(seen.map(withoutWords)).toEqual(began.map(withoutWords));
  }
  // Else it has shown nothing.
  expect([...done].sort()).toEqual(['', '/merge', '/retract', '/split', '/undo']);
}, 120_000);

const withoutWords = (event: TimelineEvent): TimelineEvent => ({
  ...event,
  reports: event.reports.map((one) => ({ ...one, evidence: null })),
});
