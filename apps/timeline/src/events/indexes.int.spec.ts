import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import { type Access, accessOptions, planAccess } from './access.plan';
import type { EventFilter } from './event.filter';
import { SORTS, type Sort } from './event.order';
import { EventSearch, type Selection } from './event.search';
import { CLAIM_ORDER, SHOWN_CLAIM } from './events.repository';
import { LISTED, pageQuery } from './page.query';

interface Stage {
  stage: string;
  indexName?: string;
  indexBounds?: Record<string, string[]>;
  inputStage?: Stage;
  inputStages?: Stage[];
}

const FREQUENCIES = { all: 1_000_000, tags: [], terms: [], since: 1_000 };
const STANDARD: Record<string, EventFilter> = {
  everything: {},
  'a kind': { kind: ['ban'] },
  'two kinds': { kind: ['ban', 'pivot'] },
  'a theme and an entity': { theme: ['robotics'], entity: ['Hazel Works'] },
  'possibly in days': { from: '2024-02-01', to: '2024-03-31' },
  'certainly in days': { from: '2024-02-01', dateMatch: 'certain' },
  'an entity in days': { entity: ['Hazel Works'], to: '2024-03-31' },
  'a word': { q: 'harbour' },
  'words, a phrase, a beginning and what must not be': { q: 'harbour "ferry line" open* -winery' },
  'a country since': { country: ['FR'], recordedSince: '2020-01-01T00:00:00.000Z' },
  'important and large': { minImportance: 80, minAmountUsd: 1e6 },
};

let timeline: TimelineReplicas;
let search: EventSearch;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
  search = timeline.replica(0).get(EventSearch, { strict: false });
  const reports = Array.from({ length: 20 }, (_, n) =>
    report({ who: `Hazel ${String(n)}`, headline: `Hazel ${String(n)} opens a ferry line`, date: '2024-02' }),
  );
  await timeline.deliver(accepted(...reports));
  await timeline.sequenced();
});

afterAll(() => timeline.stop());

const stagesOf = (plan: Stage): Stage[] => [
  plan,
  ...[plan.inputStage, ...(plan.inputStages ?? [])].flatMap((inner) => (inner === undefined ? [] : stagesOf(inner))),
];

async function explain(selection: Selection, access: Access, sort: Sort): Promise<Stage[]> {
  const query = pageQuery(selection.seq, selection.criteria, access, sort, null);
  const plan = (await timeline.database
    .collection('revisions')
    .find(query.filter, { projection: LISTED, sort: query.sort, hint: query.hint, limit: 51 })
    .explain('queryPlanner')) as unknown as { queryPlanner: { winningPlan: Stage } };
  return stagesOf(plan.queryPlanner.winningPlan);
}

test.each(Object.entries(STANDARD))(
  '%s: no way to it scans the collection, and none sorts what its index orders',
  async (_, filter) => {
    const selection = await search.select(filter);
    for (const sort of SORTS.filter((name) => name !== 'relevance')) {
      for (const access of accessOptions(selection.criteria, sort, FREQUENCIES)) {
        const stages = await explain(selection, access, sort);
        const names = stages.map(({ stage }) => stage);
        const shown = { sort, hint: access.hint, names };
        expect(shown).not.toMatchObject({ names: expect.arrayContaining(['COLLSCAN']) });
        expect(names).toContain('IXSCAN');
        if (access.ordered) expect(shown).not.toMatchObject({ names: expect.arrayContaining(['SORT']) });
      }
    }
  },
);

test('of several tags the one that comes first bounds the index', async () => {
  const selection = await search.select({ theme: ['robotics'], entity: ['Hazel 1'], country: ['FR'] });
  for (const sort of ['-recorded', 'date'] as const) {
    for (const access of accessOptions(selection.criteria, sort, FREQUENCIES).filter(({ hint }) => 'tags' in hint)) {
      const scans = (await explain(selection, access, sort)).filter(({ stage }) => stage === 'IXSCAN');
      const { tags: lead = 0 } = access.lead as { tags?: number };
      const bound = JSON.stringify(selection.criteria.tags[lead]?.[0]);
      for (const { indexBounds } of scans) expect(indexBounds?.['tags']).toEqual([`[${bound}, ${bound}]`]);
    }
  }
});

test('the plan: a rare tag or word before a common one, the order itself where nearly all match', async () => {
  const plan = async (filter: EventFilter, sort: Sort, tags: number[], terms: number[]): Promise<unknown> => {
    const { criteria } = await search.select(filter);
    return planAccess(criteria, sort, 51, { all: 1_000_000, tags, terms, since: 1_000_000 }).hint;
  };
  expect(await plan({}, '-date', [], [])).toEqual({ span: 1, dateKey: 1, eventId: 1 });
  expect(await plan({ kind: ['ban'] }, '-recorded', [10_000], [])).toEqual({ tags: 1, knownSeq: 1 });
  expect(await plan({ kind: ['ban'], q: 'zeppelin' }, '-recorded', [200_000], [40])).toEqual({ terms: 1, knownSeq: 1 });
  expect(await plan({ status: ['occurred'] }, 'importance', [800_000], [])).toEqual({ importance: 1, eventId: 1 });
  expect(await plan({ entity: ['Hazel 1'] }, 'importance', [30], [])).toMatchObject({ tags: 1 });
});

test('the reports of a page, and the rollups, are found by index', async () => {
  const plans = await Promise.all([
    timeline.database
      .collection('claims')
      .find(
        { lastEventId: { $in: ['evt_1', 'evt_2'] } },
        { projection: SHOWN_CLAIM, sort: CLAIM_ORDER, hint: CLAIM_ORDER },
      )
      .explain('queryPlanner'),
    timeline.database
      .collection('rollups')
      .find({ facet: 'kind' }, { sort: { total: -1 }, hint: { facet: 1, total: 1 } })
      .explain('queryPlanner'),
    timeline.database
      .collection<{ _id: string }>('rollup_years')
      .find({ _id: { $gte: 'kind:ban|', $lt: 'kind:ban}' } })
      .explain('queryPlanner'),
    timeline.database
      .collection('revisions')
      .find({ fromSeq: { $gt: 5, $lte: 9 } }, { sort: { fromSeq: 1 }, hint: { fromSeq: 1 } })
      .explain('queryPlanner'),
  ]);
  for (const plan of plans as unknown as { queryPlanner: { winningPlan: Stage } }[]) {
    const names = stagesOf(plan.queryPlanner.winningPlan).map(({ stage }) => stage);
    expect(names).not.toContain('COLLSCAN');
    expect(names).not.toContain('SORT');
  }
});
