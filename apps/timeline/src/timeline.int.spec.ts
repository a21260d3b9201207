import {
  type EventRevised,
  type EventRevision,
  type Page,
  type ReportAssigned,
  type Scope,
  type ThemeChanged,
} from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import type { Database } from '@themeline/persistence';
import type request from 'supertest';
import { eventually } from '../../../test/support/message-bus';
import { accepted, type Message, report, TimelineReplicas, withdrawn } from '../../../test/support/timeline-replicas';
import type { EventDocument, RevisionDocument } from './timeline.collections';

let timeline: TimelineReplicas;
let database: Database;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(2);
  database = timeline.database;
});

afterAll(() => timeline.stop());

const deliver = (messages: Message[], index = 0): Promise<number> => timeline.deliver(messages, index);
const eventsOf = (who: string): Promise<EventDocument[]> => timeline.eventsOf(who);
const eventOf = (who: string): Promise<EventDocument> => timeline.eventOf(who);
const revisionsOf = (eventId: string): Promise<RevisionDocument[]> => timeline.revisionsOf(eventId);
const told = (eventId: string): Promise<EventRevised[]> => timeline.told(eventId);
const get = (path: string, index = 0): request.Test => timeline.get(path, index);
const list = (path: string): ReturnType<TimelineReplicas['list']> => timeline.list(path);
const sequenced = (): Promise<true> => timeline.sequenced();

describe('merging', () => {
  test('two sources in one batch are one event, with both reports, and each report is told where it went', async () => {
    const one = report({ who: 'Alder' });
    const two = report({ who: 'Alder', headline: 'Delivery drone of Alder takes off', date: '2025-04-08' });
    await deliver(accepted(one, two));
    const event = await eventOf('Alder');
    expect(event.snapshot).toMatchObject({ sourceCount: 2, date: { edtf: '2025-04-08' }, revision: 1 });
    const [message, ...others] = await told(event._id);
    expect(others).toEqual([]);
    expect(message).toMatchObject({ developments: ['recorded'], before: null, backfill: false, lineage: [event._id] });
    expect(message?.after.reports.map((shown) => shown.reportId)).toEqual([one.reportId, two.reportId]);
    const assigned = await timeline.sent<ReportAssigned>('report.assigned', ({ eventId }) => eventId === event._id);
    expect(assigned.map(({ reportId }) => reportId).sort()).toEqual([one.reportId, two.reportId].sort());
  });

  test('a later source corroborates and narrows the date; what it was before is told too', async () => {
    await deliver(accepted(report({ who: 'Birch', date: '2025-04' })));
    await deliver(accepted(report({ who: 'Birch', date: '2025-04-08' })));
    const event = await eventOf('Birch');
    const messages = await told(event._id);
    expect(messages.map(({ developments }) => developments)).toEqual([['recorded'], ['corroborated', 'date_narrowed']]);
    expect(messages[1]?.before).toMatchObject({ revision: 1, date: { edtf: '2025-04' }, sourceCount: 1 });
    const steps = await revisionsOf(event._id);
    expect(steps[1]?.changes.map((change) => change.field)).toEqual(
      expect.arrayContaining(['date', 'importance', 'confidence', 'sourceCount']),
    );
  });

  test('two happenings of one firm stay two events', async () => {
    await deliver(
      accepted(
        report({ who: 'Cedar', headline: 'Cedar releases engine V2', date: '2025-04' }),
        report({ who: 'Cedar', headline: 'Cedar releases engine V3', date: '2025-04' }),
      ),
    );
    expect(await eventsOf('Cedar')).toHaveLength(2);
  });

  test('redelivery no-op: the same message again, or an older version, changes nothing', async () => {
    const one = report({ who: 'Dogwood' });
    await deliver(accepted(one));
    const newer = { ...one, version: 3, headline: 'Dogwood launches a delivery drone for hills' };
    await deliver(accepted(newer));
    const before = await eventOf('Dogwood');
    const messages = (await told(before._id)).length;
    await deliver(accepted(one, newer, { ...one, version: 2, headline: 'Something else' }));
    await deliver(accepted(newer), 1);
    expect(await eventOf('Dogwood')).toEqual(before);
    expect(await told(before._id)).toHaveLength(messages);
    expect(await revisionsOf(before._id)).toHaveLength(before.revision);
  });

  test('update by version: a source that corrects itself changes its claim in its event', async () => {
    const one = report({ who: 'Elm', date: '2025-04' });
    await deliver(accepted(one));
    const { _id } = await eventOf('Elm');
    await deliver(accepted({ ...one, version: 2, date: parseEdtf('2025-03-30'), headline: 'Elm opens a mine' }));
    const event = await eventOf('Elm');
    expect(event).toMatchObject({ _id, revision: 2, snapshot: { headline: 'Elm opens a mine', sourceCount: 1 } });
    expect((await told(_id))[1]?.developments).toEqual(['corrected']);
    const answer = await get(`/v1/events/${_id}/reports`).expect(200);
    expect(answer.body.items.map((shown: { claims: { headline: string } }) => shown.claims.headline)).toEqual([
      'Elm opens a mine',
    ]);
  });

  test('a withdrawn report leaves its event, its text goes, and an event without claims is retracted; it may come back', async () => {
    const one = report({ who: 'Fir', summary: 'A long text.' });
    const two = report({ who: 'Fir' });
    await deliver(accepted(one, two));
    const { _id } = await eventOf('Fir');
    await deliver(withdrawn(one));
    expect((await eventOf('Fir')).snapshot).toMatchObject({ sourceCount: 1, retracted: false, summary: null });
    expect(
      JSON.stringify(await database.collection('claims').find({ reportId: one.reportId }).toArray()),
    ).not.toContain('A long text');
    await deliver(withdrawn(two));
    const emptied = await eventOf('Fir');
    expect(emptied).toMatchObject({ revision: 3, retractedBy: 'sources', keys: [] });
    expect((await told(_id)).map(({ developments }) => developments)).toEqual([['recorded'], [], ['retracted']]);
    await deliver(accepted({ ...one, version: 2 }));
    expect(await eventOf('Fir')).toEqual(emptied);
    await deliver(accepted({ ...one, version: 3 }));
    expect(await eventOf('Fir')).toMatchObject({ _id, revision: 4, retractedBy: null, snapshot: { retracted: false } });
  });

  test('a withdrawal that overtakes its report, and one in the same batch', async () => {
    const late = report({ who: 'Ginkgo' });
    await deliver(withdrawn(late));
    await deliver(accepted(late));
    expect(await eventsOf('Ginkgo')).toEqual([]);
    const brief = report({ who: 'Ginkgo' });
    await deliver([...accepted(brief), ...withdrawn(brief)]);
    expect(await eventOf('Ginkgo')).toMatchObject({ revision: 2, snapshot: { retracted: true } });
  });

  test('backfill: an event born in history is never recorded, and a live report on it corroborates', async () => {
    await deliver(accepted(report({ who: 'Hazel', backfill: true, source: 'Archive' })));
    await deliver(accepted(report({ who: 'Hazel', backfill: true })));
    await deliver(
      accepted(report({ who: 'Hazel', source: 'Archive', headline: 'Hazel has launched its delivery drone service' })),
    );
    await deliver(accepted(report({ who: 'Hazel' })));
    const event = await eventOf('Hazel');
    expect((await told(event._id)).map(({ developments, backfill }) => [backfill, developments])).toEqual([
      [true, []],
      [true, ['corroborated']],
      [false, ['corroborated']],
      [false, ['corroborated']],
    ]);
  });

  test('backfill and live in one batch are told apart', async () => {
    await deliver(accepted(report({ who: 'Ivy', backfill: true }), report({ who: 'Ivy' })));
    const event = await eventOf('Ivy');
    expect((await told(event._id)).map(({ developments, backfill }) => [backfill, developments])).toEqual([
      [true, []],
      [false, ['corroborated']],
    ]);
  });

  test('two replicas one event: the same happening told to both at the same instant', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `Juniper${String(index)}`);
    let reruns = 0;
    for (let from = 0; from < names.length; from += 4) {
      const some = names.slice(from, from + 4);
      const told = await Promise.all([
        deliver(accepted(...some.map((who) => report({ who }))), 0),
        deliver(accepted(...some.map((who) => report({ who })).reverse()), 1),
      ]);
      reruns += told[0] + told[1];
    }
    for (const who of names) expect((await eventOf(who)).snapshot.sourceCount).toBe(2);
    expect(reruns).toBeGreaterThan(0);
  });

  test('explain: why a report is where it is', async () => {
    const one = report({ who: 'Katsura' });
    const two = report({ who: 'Katsura', at: '2025-04-11' });
    await deliver(accepted(one));
    await deliver(accepted(two));
    const { _id } = await eventOf('Katsura');
    const answer = await get(`/v1/events/${_id}/explain`).expect(200);
    expect(answer.body.items).toMatchObject([
      { reportId: one.reportId, merge: { decision: 'created' } },
      { reportId: two.reportId, merge: { decision: 'merged', closest: one.reportId } },
    ]);
    expect(answer.body.items[1].merge.parts.length).toBeGreaterThan(1);
  });
});

describe('the one order', () => {
  test('seq gapless across two replicas, by event in the order of revisions', async () => {
    await Promise.all(
      [0, 1].flatMap((index) =>
        Array.from({ length: 15 }, (_, round) =>
          deliver(accepted(...[0, 1, 2].map((n) => report({ who: `Larch${String((round + n) % 10)}` }))), index),
        ),
      ),
    );
    await sequenced();
    const rows = await database.collection<RevisionDocument>('revisions').find({}).sort({ fromSeq: 1 }).toArray();
    expect(rows.map((row) => row.fromSeq)).toEqual(rows.map((_, index) => index + 1));
    const byEvent = new Map<string, RevisionDocument[]>();
    for (const row of rows) byEvent.set(row.eventId, [...(byEvent.get(row.eventId) ?? []), row]);
    for (const steps of byEvent.values()) {
      expect(steps.map((step) => step.revision)).toEqual(steps.map((_, index) => index + 1));
      steps.forEach((step, index) => {
        expect(step.toSeq).toBe(steps[index + 1]?.fromSeq ?? Number.MAX_SAFE_INTEGER);
      });
    }
    const times = rows.map((row) => row.orderAt?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('asOf: what the timeline said then', async () => {
    await deliver(accepted(report({ who: 'Maple', date: '2025-04' })));
    const then = (await eventOf('Maple')).snapshot.updatedAt;
    await eventually('the clock to go on', () => (Date.now() > Date.parse(then) ? true : null));
    await deliver(accepted(report({ who: 'Maple', date: '2025-04-08' })));
    await sequenced();
    const before = new Date(Date.parse(then) - 1).toISOString();
    const path = '/v1/events?entity=Maple';
    expect((await list(`${path}&asOf=${before}`)).items).toEqual([]);
    const past = (await list(`${path}&asOf=${then}`)).items;
    expect(past).toMatchObject([{ revision: 1, date: { edtf: '2025-04' }, sourceCount: 1 }]);
    expect(past[0]?.reports).toHaveLength(1);
    const now = (await list(path)).items;
    expect(now).toMatchObject([{ revision: 2, date: { edtf: '2025-04-08' }, sourceCount: 2 }]);
    expect(now[0]?.reports).toHaveLength(2);
  });

  test('recordedSince: what became known from then on', async () => {
    await deliver(accepted(report({ who: 'Nutmeg' })));
    await sequenced();
    const since = await eventually('the clock to go on', () => new Date(Date.now() + 1).toISOString());
    await eventually('that time', () => (Date.now() > Date.parse(since) ? true : null));
    await deliver(accepted(report({ who: 'Nutmeg' }), report({ who: 'Nutmeg Two' })));
    await sequenced();
    const found = await list(`/v1/events?q=nutmeg&recordedSince=${since}`);
    expect(found.items.map((event) => event.entities[0]?.name)).toEqual(['Nutmeg Two']);
  });

  test('a cursor of another query is refused', async () => {
    const { nextCursor } = await list('/v1/events?limit=1');
    const answer = await get(`/v1/events?limit=1&kind=pivot&cursor=${String(nextCursor)}`).expect(400);
    expect(answer.body.errors).toEqual([{ path: 'cursor', message: expect.stringContaining('other filters') }]);
    await get('/v1/events?cursor=nonsense').expect(400);
  });
});

describe('GET /v1/events', () => {
  test('each filter finds what it names, and leaves out what it does not', async () => {
    await deliver(
      accepted(
        report({
          who: 'Quince',
          kind: 'funding-round',
          headline: 'Quince raises $30 million for orchard robots',
          countries: ['FR'],
          importance: 70,
          themes: ['robotics'],
          ...{ amount: { value: 3e7, currency: 'USD', usd: 3e7 } },
        }),
        report({
          who: 'Quinoa',
          kind: 'ban',
          status: 'planned',
          headline: 'Quinoa is to be banned from orchard trade',
          countries: ['IT'],
          importance: 20,
        }),
      ),
    );
    await sequenced();
    const both = '/v1/events?q=orchard';
    const names = async (query: string): Promise<(string | undefined)[]> =>
      (await list(`${both}${query}`)).items.map((event) => event.entities[0]?.name).sort();
    expect(await names('')).toEqual(['Quince', 'Quinoa']);
    for (const query of [
      '&kind=funding-round',
      '&theme=robotics',
      '&entity=Quince',
      '&entity=quince',
      '&country=FR',
      '&country=FR&country=KR',
      '&status=occurred',
      '&minImportance=50',
      '&minAmountUsd=30000000',
      '&development=recorded&kind=funding-round',
    ]) {
      expect({ query, names: await names(query) }).toEqual({ query, names: ['Quince'] });
    }
    expect(await names('&kind=ban&kind=funding-round')).toEqual(['Quince', 'Quinoa']);
    expect(await names('&minSources=2')).toEqual([]);
    expect(await names('&minAmountUsd=30000001')).toEqual([]);
    expect((await list('/v1/events?q=ORCH* robot')).items).toHaveLength(0);
    expect((await list('/v1/events?q=Orch* robots')).items).toHaveLength(1);
    const { facets } = await list(`${both}&facets=kind,country`);
    expect(facets).toEqual({
      kind: [
        { value: 'ban', count: 1 },
        { value: 'funding-round', count: 1 },
      ],
      country: [
        { value: 'FR', count: 1 },
        { value: 'IT', count: 1 },
      ],
    });
  });

  test.each([
    ['colour=red', 'colour'],
    ['kind=Ban', 'kind[0]'],
    ['kind=no-such-kind', 'kind[0]'],
    ['theme=no-such-theme', 'theme[0]'],
    ['country=kr', 'country[0]'],
    ['status=done', 'status[0]'],
    ['from=2025-02-30', 'from'],
    ['from=2025-02-02&to=2025-02-01', 'to'],
    ['dateMatch=certain', 'dateMatch'],
    ['from=2025-01-01&dateMatch=perhaps', 'dateMatch'],
    ['undated=maybe', 'undated'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1.5', 'limit'],
    ['minImportance=101', 'minImportance'],
    ['minSources=', 'minSources'],
    ['asOf=yesterday', 'asOf'],
    ['asOf=2025-01-01T00:00:00Z&recordedSince=2025-01-02T00:00:00Z', 'recordedSince'],
    ['sort=size', 'sort'],
    ['q=%3F%3F', 'q'],
    ['q=%22open', 'q'],
    ['q=c*', 'q'],
    ['sort=relevance', 'sort'],
    ['by=kind', 'by'],
    ['interval=decade', 'interval'],
    ['facets=kind,size', 'facets[1]'],
    ['development=born', 'development[0]'],
    ['limit=1&limit=2', 'limit'],
  ])('%s is a 400 that names %s', async (query, path) => {
    const answer = await get(`/v1/events?${query}`).expect(400);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe('one event', () => {
  test('its ETag is its revision; 304 for who has it; 404 that names the id', async () => {
    await deliver(accepted(report({ who: 'Rowan' })));
    const { _id } = await eventOf('Rowan');
    const first = await get(`/v1/events/${_id}`).expect(200);
    expect(first.headers['etag']).toBe('"1"');
    expect(first.body).toMatchObject({ id: _id, revision: 1, date: { edtf: null, display: 'undated' } });
    expect(first.body.reports).toHaveLength(1);
    await get(`/v1/events/${_id}`).set('if-none-match', 'W/"1"').expect(304);
    await deliver(accepted(report({ who: 'Rowan' })));
    await get(`/v1/events/${_id}`).set('if-none-match', '"1"').expect(200);
    const missing = await get('/v1/events/evt_none').expect(404);
    expect(missing.body.detail).toBe("no such event: 'evt_none'");
  });

  test('retract: by an editor who has seen it, once; it leaves the lists and later reports do not bring it back', async () => {
    await deliver(accepted(report({ who: 'Tamarind' })));
    const { _id } = await eventOf('Tamarind');
    const retract = (ifMatch: string | undefined, scope: Scope = 'edit'): request.Test => {
      const call = timeline.call('post', `/v1/events/${_id}/retract`, scope);
      return (ifMatch === undefined ? call : call.set('if-match', ifMatch)).send({ reason: 'a hoax' });
    };
    await retract('"1"', 'read').expect(403);
    await retract(undefined).expect(428);
    await retract('"7"').expect(412);
    await retract('seven').expect(400);
    const answer = await retract('"1"').expect(200);
    expect(answer.body).toMatchObject({ retracted: true, revision: 2 });
    await retract('"2"').expect(409);
    expect((await told(_id))[1]).toMatchObject({ developments: ['retracted'], after: { retracted: true } });
    await deliver(accepted(report({ who: 'Tamarind' })));
    expect((await eventOf('Tamarind')).snapshot).toMatchObject({ retracted: true, sourceCount: 2 });
    await sequenced();
    expect((await list('/v1/events?entity=Tamarind')).items).toEqual([]);
    expect((await list('/v1/events?entity=Tamarind&development=retracted')).items).toHaveLength(1);
    const history = (await get(`/v1/events/${_id}/revisions`).expect(200)).body as Page<EventRevision>;
    expect(history.items.map(({ revision, cause }) => [revision, cause.type, cause.author])).toEqual([
      [3, 'report', null],
      [2, 'edit', 'press'],
      [1, 'report', null],
    ]);
    expect(history.items.every(({ seq }) => seq !== null)).toBe(true);
  });

  test('reports, pages', async () => {
    await deliver(accepted(...Array.from({ length: 60 }, () => report({ who: 'Umbra' }))));
    const { _id } = await eventOf('Umbra');
    expect((await get(`/v1/events/${_id}`)).body.reports).toHaveLength(50);
    const first = (await get(`/v1/events/${_id}/reports?limit=40`)).body as Page<{ reportId: string }>;
    await deliver(accepted(report({ who: 'Umbra' })));
    const second = (await get(`/v1/events/${_id}/reports?limit=40&cursor=${String(first.nextCursor)}`)).body as Page<{
      reportId: string;
    }>;
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.items, ...second.items].map((one) => one.reportId)).size).toBe(60);
  });
});

describe('themes', () => {
  const put = (method: 'post' | 'put' | 'delete', path: string): request.Test => timeline.call(method, path);

  test('are there from the first start, told exactly once by two replicas', async () => {
    const answer = await get('/v1/themes').expect(200);
    const ids = (answer.body as Page<{ id: string; version: number }>).items.map((theme) => theme.id);
    expect(ids.length).toBeGreaterThan(5);
    const messages = await timeline.sent<ThemeChanged>('theme.changed', ({ version }) => version === 1);
    for (const id of ids) expect(messages.filter(({ themeId }) => themeId === id)).toHaveLength(1);
  });

  test('a new rule is applied to the past without news, and to what comes after', async () => {
    await deliver(accepted(report({ who: 'Viburnum', headline: 'Viburnum launches a zeppelin' })));
    const { _id } = await eventOf('Viburnum');
    const rule = { phrases: ['zeppelin'], entities: [], kinds: [], exclude: [] };
    const created = await put('post', '/v1/themes').send({ id: 'airships', name: 'Airships', rule }).expect(201);
    expect(created.body).toMatchObject({ id: 'airships', version: 1 });
    await put('post', '/v1/themes').send({ id: 'airships', name: 'Airships', rule }).expect(409);
    await eventually('the theme on the event', async () =>
      (await eventOf('Viburnum')).snapshot.themes.includes('airships'),
    );
    const message = (await told(_id))[1];
    expect(message).toMatchObject({ developments: [], backfill: true, before: { themes: [] } });
    expect((await revisionsOf(_id))[1]?.cause.type).toBe('theme');
    await deliver(accepted(report({ who: 'Willow', headline: 'Willow launches a zeppelin' })), 1);
    expect((await eventOf('Willow')).snapshot.themes).toEqual(['airships']);
    await sequenced();
    expect((await list('/v1/events?theme=airships')).items).toHaveLength(2);

    const changed = await put('put', '/v1/themes/airships')
      .send({ id: 'airships', name: 'Airships', rule: { ...rule, phrases: ['balloon'] } })
      .expect(200);
    expect(changed.body.version).toBe(2);
    await eventually('the theme to go', async () => (await eventOf('Willow')).snapshot.themes.length === 0);
    await put('delete', '/v1/themes/airships').expect(204);
    await get('/v1/themes/airships').expect(404);
    const versions = (await timeline.sent<ThemeChanged>('theme.changed', ({ themeId }) => themeId === 'airships')).map(
      ({ version, theme }) => [version, theme === null],
    );
    expect(versions).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  test('bad themes', async () => {
    const bad = await put('post', '/v1/themes')
      .send({ id: 'x', name: 'X', rule: { kinds: ['no-such-kind'] } })
      .expect(400);
    expect(bad.body.errors).toEqual([{ path: 'rule.kinds[0]', message: "no such kind: 'no-such-kind'" }]);
    await put('put', '/v1/themes/none').send({ id: 'none', name: 'X', rule: {} }).expect(404);
    await put('put', '/v1/themes/none').send({ id: 'other', name: 'X', rule: {} }).expect(400);
    await timeline.call('post', '/v1/themes', 'read').send({}).expect(403);
  });

  test('a report may name a theme that exists, others are not made by it', async () => {
    await deliver(accepted(report({ who: 'Xylosma', themes: ['robotics', 'no-such-theme'] })));
    expect((await eventOf('Xylosma')).snapshot.themes).toEqual(['robotics']);
  });
});

test('entities are found by the beginning of a name, with the number of their events', async () => {
  await deliver(
    accepted(
      report({ who: 'Yarrow Systems' }),
      report({ who: 'Yarrow Systems', kind: 'pivot', headline: 'Yarrow Systems halts robots' }),
    ),
  );
  await sequenced();
  const answer = await get('/v1/entities?q=yarr').expect(200);
  expect(answer.body.items).toEqual([{ id: 'yarrow-systems', name: 'Yarrow Systems', type: 'company', events: 2 }]);
});
