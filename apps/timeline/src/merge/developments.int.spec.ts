import type { EventRevision, Page, Report } from '@themeline/contracts';
import { accepted, type Given, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});

afterAll(() => timeline.stop());

const sum = (value: number) => ({ amount: { value, currency: 'USD', usd: value } });

/** What a first report says, what then comes, and what the event's newest revision has to say about it. */
interface Row {
  first: Omit<Given, 'who'>;
  then: (who: string, first: Report) => Promise<unknown>;
  developments: string[];
  changes: { field: string; before: unknown; after: unknown }[];
  cause: object;
}

const another =
  (given: Omit<Given, 'who'>): Row['then'] =>
  (who) =>
    timeline.deliver(accepted(report({ who, ...given })));
const sameSource =
  (given: Partial<Report>): Row['then'] =>
  (_, first) =>
    timeline.deliver(accepted({ ...first, version: 2, ...given }));
const byEditor =
  (path: string, body: object): Row['then'] =>
  async (who) => {
    const { _id, revision } = await timeline.eventOf(who);
    await timeline.edit({ id: _id, revision }, path, { reason: 'the register', ...body }).expect(200);
  };
const byReport = { type: 'report', author: null, reason: null };
const byEdit = { type: 'edit', author: 'press', reason: 'the register' };
const day = (edtf: string) => expect.objectContaining({ edtf });

test.each<[string, Row]>([
  [
    'corroborated, with the count',
    {
      first: {},
      then: another({}),
      developments: ['corroborated'],
      changes: [{ field: 'sourceCount', before: 1, after: 2 }],
      cause: byReport,
    },
  ],
  [
    'date_narrowed',
    {
      first: { date: '2025-04' },
      then: sameSource({
        date: { edtf: '2025-04-08', lower: '2025-04-08', upper: '2025-04-08', precision: 'day', approximate: false },
      }),
      developments: ['date_narrowed'],
      changes: [{ field: 'date', before: day('2025-04'), after: day('2025-04-08') }],
      cause: byReport,
    },
  ],
  [
    'amount_changed',
    {
      first: sum(5e6),
      then: sameSource(sum(9e6)),
      developments: ['amount_changed'],
      changes: [{ field: 'amount', before: sum(5e6).amount, after: sum(9e6).amount }],
      cause: byReport,
    },
  ],
  [
    'status_changed: what was planned has occurred',
    {
      first: { status: 'planned', date: '2025-04-10' },
      then: another({ date: '2025-04-10', headline: 'It launches a delivery drone' }),
      developments: ['corroborated', 'status_changed'],
      changes: [{ field: 'status', before: 'planned', after: 'occurred' }],
      cause: byReport,
    },
  ],
  [
    'disputed',
    {
      first: { date: '2025-04-08', ...sum(5e6) },
      then: another({ date: '2025-04-08', ...sum(7e6) }),
      developments: ['corroborated', 'disputed'],
      changes: [
        { field: 'disputes', before: [], after: [{ field: 'amount', values: ['5000000 USD', '7000000 USD'] }] },
      ],
      cause: byReport,
    },
  ],
  [
    'corrected, by the source',
    {
      first: {},
      then: sameSource({ headline: 'A drone was not launched' }),
      developments: ['corrected'],
      changes: [{ field: 'headline', before: expect.any(String), after: 'A drone was not launched' }],
      cause: byReport,
    },
  ],
  [
    'corrected, by an editor',
    {
      first: {},
      then: byEditor('', { headline: 'Parcels fly' }),
      developments: ['corrected'],
      changes: [{ field: 'headline', before: expect.any(String), after: 'Parcels fly' }],
      cause: { ...byEdit, edit: 'correct' },
    },
  ],
  [
    'retracted, by its only source',
    {
      first: {},
      then: (_, first) => timeline.deliver(withdrawn(first)),
      developments: ['retracted'],
      changes: [{ field: 'retracted', before: false, after: true }],
      cause: { type: 'withdrawal', author: null, reason: 'no longer in its article' },
    },
  ],
  [
    'retracted, by an editor',
    {
      first: {},
      then: byEditor('/retract', {}),
      developments: ['retracted'],
      changes: [{ field: 'retracted', before: false, after: true }],
      cause: { ...byEdit, edit: 'retract' },
    },
  ],
])('%s', async (name, row) => {
  const who = `Firm ${name.replace(/\W+/g, ' ')}`;
  const first = report({ who, ...row.first });
  await timeline.deliver(accepted(first));
  const { _id, snapshot } = await timeline.eventOf(who);
  await row.then(who, first);
  const { items } = (await timeline.get(`/v1/events/${_id}/revisions`).expect(200)).body as Page<EventRevision>;
  expect(items.map(({ revision }) => revision)).toEqual([2, 1]);
  expect(items[0]).toMatchObject({ developments: row.developments, cause: row.cause });
  expect(items[0]?.changes).toEqual(expect.arrayContaining(row.changes));
  expect(items[1]).toMatchObject({
    developments: ['recorded'],
    cause: { type: 'report', reportIds: [first.reportId] },
  });
  // The message says the same, with the whole state before and after.
  const message = (await timeline.told(_id)).at(-1);
  expect(message).toMatchObject({ developments: row.developments, before: { ...snapshot, reports: [] } });
  for (const { field, after } of row.changes) expect(message?.after).toMatchObject({ [field]: after });
});
