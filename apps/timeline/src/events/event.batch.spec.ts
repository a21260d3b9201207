import { eventReportOf, type ShownReport } from '@themeline/merging';
import { documentOf, JsonWriter } from '@themeline/persistence';
import { mongo } from 'mongoose';
import { EventBatch, reportsOf } from './event.batch';
import { listedRow } from './page.query';

const { serialize } = mongo.BSON;
const date = { edtf: '2024-03', lower: '2024-03-01', upper: '2024-03-31', precision: 'month', approximate: false };
const report = (reportId: string): ShownReport =>
  ({
    // Not in the order in which it is shown.
    amount: { value: 1.5, currency: 'USD', usd: null },
    headline: 'Zu “bans” \\ chips',
    reportId,
    kind: 'ban',
    date,
    source: { id: 'src_1', name: 'Süd\tBlatt', url: null },
    url: null,
    status: 'occurred',
    publishedAt: '2024-03-02T00:00:00.000Z',
    evidence: { text: 'Zu "bans" chips.\n', start: 0, end: 16 },
  }) as unknown as ShownReport;

test('stored reports are shown as eventReportOf shows them', () => {
  const reports = [report('rep_1'), report('rep_2')];
  const shown = reportsOf(reports.map((one) => documentOf(serialize(one))));
  expect(JSON.stringify(shown)).toBe(JSON.stringify(reports.map(eventReportOf)));
  expect(reportsOf([])).toEqual([]);
});

test('a batch writes its events in their order, each with its own reports', () => {
  const states = ['evt_1', 'evt_2', 'evt_3'].map((id) => ({ id, headline: `${id} é`, date, themes: ['chips'] }));
  const rows = states.map((snapshot, n) =>
    listedRow(
      serialize({
        eventId: snapshot.id,
        revision: 1,
        sourceCount: 1,
        snapshot,
        knownSeq: n,
        dateKey: 0,
        importance: 9,
      }),
    ),
  );
  const batch = new EventBatch(rows, new Map([['evt_2', [documentOf(serialize(report('rep_2')))]]]));
  const expected = states.map((state) => ({
    ...state,
    reports: state.id === 'evt_2' ? [eventReportOf(report('rep_2'))] : [],
  }));
  expect(batch.length).toBe(3);
  expect(batch.events()).toEqual(expected);
  expect(batch.writeTo(new JsonWriter(), '\n').end().toString()).toBe(
    expected.map((e) => JSON.stringify(e)).join('\n'),
  );
});
