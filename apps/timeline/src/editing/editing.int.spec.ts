import type { EventRevision, Page, Report, ReportAssigned, Scope, TimelineEvent } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import type request from 'supertest';
import { accepted, report, TimelineReplicas, withdrawn } from '../../../../test/support/timeline-replicas';
import type { ClaimDocument, EventDocument } from '../timeline.collections';

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(2);
});

afterAll(() => timeline.stop());

const call = (
  path: string,
  seen: number | null,
  body: object,
  method: 'post' | 'patch' = 'post',
  scope: Scope = 'edit',
): request.Test => {
  const test = timeline.call(method, `/v1/events/${path}`, scope);
  return (seen === null ? test : test.set('if-match', `"${String(seen)}"`)).send(body);
};
const edit = async (path: string, seen: number, body: object, method: 'post' | 'patch' = 'post'): Promise<unknown> => {
  const answer = await call(path, seen, { reason: 'as the filing says', ...body }, method);
  if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${answer.text}`);
  return answer.body;
};
const event = async (id: string): Promise<EventDocument> => {
  const found = await timeline.database.collection<EventDocument>('events').findOne({ _id: id });
  if (found === null) throw new Error(`no event ${id}`);
  return found;
};
const seenOf = async (id: string): Promise<number> => (await event(id)).revision;
const shown = async (id: string): Promise<TimelineEvent> => (await timeline.get(`/v1/events/${id}`).expect(200)).body;
const reportIds = async (id: string): Promise<string[]> => (await shown(id)).reports.map((one) => one.reportId).sort();
const history = async (id: string): Promise<EventRevision[]> =>
  ((await timeline.get(`/v1/events/${id}/revisions`).expect(200)).body as Page<EventRevision>).items;
const listed = async (who: string): Promise<string[]> => {
  await timeline.sequenced();
  return (await timeline.list(`/v1/events?entity=${who}`)).items.map(({ id }) => id);
};
const lastTold = async (id: string) => (await timeline.told(id)).at(-1);

/** Two events of one company, with one report each. */
async function twoEvents(who: string): Promise<{ one: string; two: string; reports: [Report, Report] }> {
  const first = report({ who, headline: `${who} opens a ferry line`, date: '2025-03-01' });
  const second = report({ who, kind: 'ban', headline: `${who} is kept from the harbour`, date: '2025-06' });
  await timeline.deliver(accepted(first));
  await timeline.deliver(accepted(second));
  const events = await timeline.eventsOf(who);
  const idOf = (kind: string): string => events.find(({ snapshot }) => snapshot.kind === kind)?._id ?? '';
  expect(events).toHaveLength(2);
  return { one: idOf('product-launch'), two: idOf('ban'), reports: [first, second] };
}

describe('correct', () => {
  test('what an editor says outranks what sources claim later, until it is undone', async () => {
    await timeline.deliver(accepted(report({ who: 'Abelia', date: '2025-04' })));
    const { _id } = await timeline.eventOf('Abelia');
    const answer = await call(
      _id,
      1,
      {
        headline: 'Abelia shows a drone',
        date: '2025-05-02',
        kind: 'incident',
        amount: { value: 5, currency: 'USD' },
        reason: 'seen on the day',
      },
      'patch',
    ).expect(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({
      headline: 'Abelia shows a drone',
      date: { edtf: '2025-05-02', lower: '2025-05-02', display: '2 May 2025' },
      kind: 'incident',
      amount: { value: 5, currency: 'USD', usd: 5 },
    });
    const before = report({ who: 'Abelia', date: '2025-04-10', amount: { value: 9, currency: 'USD', usd: 9 } });
    await timeline.deliver(accepted(before));
    const now = await shown(_id);
    expect(now).toMatchObject({ headline: 'Abelia shows a drone', date: { edtf: '2025-05-02' }, sourceCount: 2 });
    expect(now.disputes).toEqual([]);
    await timeline.sequenced();
    expect(
      (await timeline.list('/v1/events?entity=Abelia&kind=incident&from=2025-05-02&to=2025-05-02')).items,
    ).toHaveLength(1);
    expect((await timeline.list('/v1/events?entity=Abelia&from=2025-04-01&to=2025-04-30')).items).toHaveLength(0);
    const [, step] = await history(_id);
    expect(step).toMatchObject({
      developments: ['amount_changed', 'corrected'],
      cause: { type: 'edit', edit: 'correct', author: 'press', reason: 'seen on the day' },
    });
    expect(step?.changes).toContainEqual({ field: 'kind', before: 'product-launch', after: 'incident' });
    await edit(`${_id}/undo`, 3, { revision: 2 });
    expect(await shown(_id)).toMatchObject({
      kind: 'product-launch',
      date: { edtf: '2025-04-10' },
      amount: { value: 9 },
    });
    expect((await history(_id))[0]).toMatchObject({ cause: { edit: 'correct', undoes: 2 } });
    await edit(`${_id}/undo`, 4, { revision: 4 });
    expect(await shown(_id)).toMatchObject({ kind: 'incident', date: { edtf: '2025-05-02' }, amount: { value: 5 } });
  });

  test('a field that was corrected again is not undone with the first correction', async () => {
    await timeline.deliver(accepted(report({ who: 'Acacia' })));
    const { _id } = await timeline.eventOf('Acacia');
    await edit(_id, 1, { headline: 'One', summary: 'A summary' }, 'patch');
    await edit(_id, 2, { headline: 'Two' }, 'patch');
    await edit(`${_id}/undo`, 3, { revision: 2 });
    expect(await shown(_id)).toMatchObject({ headline: 'Two', summary: null });
    await call(`${_id}/undo`, 4, { revision: 2, reason: 'again' }).expect(409);
    await edit(`${_id}/undo`, 4, { revision: 3 });
    expect(await shown(_id)).toMatchObject({ headline: 'One' });
  });

  test('null says that there is none: no date, no sum, no summary', async () => {
    const amount = { value: 7, currency: 'USD', usd: 7 };
    await timeline.deliver(accepted(report({ who: 'Alyssum', date: '2025-04', summary: 'Long.', amount })));
    const { _id } = await timeline.eventOf('Alyssum');
    await edit(_id, 1, { date: null, summary: null, amount: null }, 'patch');
    expect(await shown(_id)).toMatchObject({ date: { edtf: null, display: 'undated' }, summary: null, amount: null });
  });

  test.each<[object, string]>([
    [{ reason: 'x' }, ''],
    [{ headline: 'No reason' }, 'reason'],
    [{ kind: 'no-such-kind', reason: 'x' }, 'kind'],
    [{ themes: ['robotics', 'no-such-theme'], reason: 'x' }, 'themes[1]'],
    [{ date: '2025-13', reason: 'x' }, 'date'],
    [{ colour: 'red', headline: 'Red', reason: 'x' }, 'colour'],
  ])('%j is refused', async (body, path) => {
    await timeline.deliver(accepted(report({ who: 'Ash Works' })));
    const [{ _id }] = (await timeline.eventsOf('Ash Works')) as [EventDocument];
    const answer = await call(_id, await seenOf(_id), body, 'patch').expect(400);
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  });

  test('only by an editor who says which revision was seen', async () => {
    await timeline.deliver(accepted(report({ who: 'Aster' })));
    const { _id } = await timeline.eventOf('Aster');
    for (const [path, body] of [
      ['', { headline: 'X' }],
      ['/retract', {}],
      ['/merge', { with: 'evt_x' }],
      ['/split', { reports: ['rep_x'] }],
      ['/undo', { revision: 1 }],
    ] as const) {
      const method = path === '' ? 'patch' : 'post';
      const whole = { reason: 'x', ...body };
      await call(`${_id}${path}`, 1, whole, method, 'read').expect(403);
      const missing = await call(`${_id}${path}`, null, whole, method).expect(428);
      expect(missing.headers['content-type']).toContain('application/problem+json');
      await call(`${_id}${path}`, 2, whole, method).expect(412);
      await call(`evt_none${path}`, 1, whole, method).expect(404);
    }
  });
});

describe('merge', () => {
  test('one event remains, with all reports; the other id redirects; each report is told where it went', async () => {
    const { one, two, reports } = await twoEvents('Begonia');
    const answer = await call(`${one}/merge`, 1, { with: two, withRevision: 1, reason: 'one affair' }).expect(200);
    expect(answer.body).toMatchObject({ id: one, sourceCount: 2, revision: 2 });
    expect(await reportIds(one)).toEqual(reports.map(({ reportId }) => reportId).sort());
    const moved = await timeline.get(`/v1/events/${two}`).redirects(0).expect(308);
    expect(moved.headers).toMatchObject({ location: `/v1/events/${one}`, 'cache-control': 'no-store' });
    expect(await listed('Begonia')).toEqual([one]);
    expect((await timeline.get('/v1/entities?q=begonia').expect(200)).body.items).toMatchObject([{ events: 1 }]);
    expect(await lastTold(one)).toMatchObject({
      // Their dates exclude each other.
      developments: ['disputed', 'merged'],
      lineage: [one, two],
      backfill: false,
    });
    expect(await lastTold(two)).toMatchObject({ developments: [], heir: one, revision: 2 });
    expect((await history(one))[0]).toMatchObject({
      cause: { type: 'edit', edit: 'merge', other: two, author: 'press', reason: 'one affair' },
    });
    expect((await history(two))[0]).toMatchObject({ cause: { edit: 'merged-away', other: one } });
    const assigned = await timeline.sent<ReportAssigned>(
      'report.assigned',
      ({ reportId }) => reportId === reports[1].reportId,
    );
    expect(assigned.map(({ eventId }) => eventId)).toEqual([two, one]);
    const why = (await timeline.get(`/v1/events/${one}/explain`)).body.items as object[];
    expect(why).toMatchObject([
      { merge: { decision: 'created' } },
      { merge: { decision: 'edited', parts: [{ name: 'editor', note: 'press: one affair' }] } },
    ]);
  });

  test('what was merged away does not come back: not by a new version, not by a report that was away, not by its first report', async () => {
    const { one, two, reports } = await twoEvents('Bluebell');
    await edit(`${one}/merge`, 1, { with: two });
    const [, second] = reports;
    await timeline.deliver(accepted({ ...second, version: 2, headline: 'Bluebell may use the harbour' }));
    expect(await listed('Bluebell')).toEqual([one]);
    await timeline.deliver(withdrawn(second, 3));
    expect(await reportIds(one)).toEqual([reports[0].reportId]);
    await timeline.deliver(accepted({ ...second, version: 4 }));
    expect(await reportIds(one)).toEqual(reports.map(({ reportId }) => reportId).sort());
    expect(await event(two)).toMatchObject({ heir: one, revision: 2 });
  });

  test('undone: the old id lives again with its reports, and stays apart whatever is read again', async () => {
    const { one, two, reports } = await twoEvents('Camellia');
    const [first, second] = reports;
    await edit(`${one}/merge`, 1, { with: two });
    await timeline.deliver(accepted({ ...second, version: 2, headline: 'Camellia is kept from two harbours' }));
    await edit(`${one}/undo`, 3, { revision: 2 });
    expect(await reportIds(one)).toEqual([first.reportId]);
    expect(await reportIds(two)).toEqual([second.reportId]);
    expect(await shown(two)).toMatchObject({
      headline: 'Camellia is kept from two harbours',
      revision: 3,
      kind: 'ban',
    });
    expect((await listed('Camellia')).sort()).toEqual([one, two].sort());
    expect(await lastTold(one)).toMatchObject({ developments: ['split'], lineage: [one] });
    const revived = await lastTold(two);
    expect(revived).toMatchObject({ developments: [], lineage: [two], before: { headline: expect.any(String) } });
    expect(revived).not.toHaveProperty('heir');
    // Even told in the very words of the other event.
    await timeline.deliver(withdrawn(second, 3));
    await timeline.deliver(accepted({ ...first, reportId: second.reportId, source: second.source, version: 4 }));
    expect(await reportIds(two)).toEqual([second.reportId]);
    expect(await reportIds(one)).toEqual([first.reportId]);
  });

  test('undone: a report that came in between goes to the side that it tells of', async () => {
    const { one, two } = await twoEvents('Clover');
    await edit(`${one}/merge`, 1, { with: two });
    const late = report({ who: 'Clover', kind: 'ban', headline: 'Clover is kept from the harbour', date: '2025-06' });
    await timeline.deliver(accepted(late));
    expect(await reportIds(one)).toContain(late.reportId);
    await edit(`${one}/undo`, 3, { revision: 2 });
    expect(await reportIds(two)).toContain(late.reportId);
    expect(await reportIds(one)).not.toContain(late.reportId);
  });

  test('corrections come along where the heir has none, and go again with the undo', async () => {
    const { one, two } = await twoEvents('Crocus');
    await edit(one, 1, { headline: 'Kept' }, 'patch');
    await edit(two, 1, { headline: 'Dropped', date: '2025-07-01' }, 'patch');
    await edit(`${one}/merge`, 2, { with: two });
    expect(await shown(one)).toMatchObject({ headline: 'Kept', date: { edtf: '2025-07-01' } });
    await edit(`${one}/undo`, 3, { revision: 3 });
    expect(await shown(one)).toMatchObject({ headline: 'Kept', date: { edtf: '2025-03-01' } });
    expect(await shown(two)).toMatchObject({ headline: 'Dropped', date: { edtf: '2025-07-01' } });
  });

  test('a chain of merges redirects to its end, and is undone from its end', async () => {
    const { one, two } = await twoEvents('Cosmos');
    const three = report({ who: 'Cosmos', kind: 'pivot', headline: 'Cosmos turns to tug boats', date: '2024-01' });
    await timeline.deliver(accepted(three));
    const third = (await timeline.eventsOf('Cosmos')).find(({ snapshot }) => snapshot.kind === 'pivot')?._id ?? '';
    await edit(`${two}/merge`, 1, { with: third });
    await edit(`${one}/merge`, 1, { with: two });
    expect((await timeline.get(`/v1/events/${third}`).redirects(0)).headers['location']).toBe(`/v1/events/${one}`);
    expect((await event(one)).lineage).toEqual([one, two, third]);
    await call(`${two}/undo`, 3, { revision: 2, reason: 'x' }).expect(409);
    await edit(`${one}/undo`, 2, { revision: 2 });
    expect((await event(one)).lineage).toEqual([one]);
    expect((await event(two)).lineage).toEqual([two, third]);
    await edit(`${two}/undo`, await seenOf(two), { revision: 2 });
    expect(await reportIds(third)).toEqual([three.reportId]);
    expect((await listed('Cosmos')).sort()).toEqual([one, two, third].sort());
  });

  test.each<[string, (ids: { one: string; two: string }) => object, number]>([
    ['itself', ({ one }) => ({ with: one }), 409],
    ['nothing', () => ({ with: 'evt_none' }), 404],
    ['an event that has changed', ({ two }) => ({ with: two, withRevision: 7 }), 412],
    ['an unnamed event', () => ({}), 400],
  ])('with %s is refused', async (name, body, status) => {
    const ids = await twoEvents(`Dahlia ${name}`);
    await call(`${ids.one}/merge`, 1, { reason: 'x', ...body(ids) }).expect(status);
    expect(await seenOf(ids.one)).toBe(1);
  });

  test('with a retracted or a merged one is refused', async () => {
    const { one, two } = await twoEvents('Daisy');
    await edit(`${two}/retract`, 1, {});
    await call(`${one}/merge`, 1, { with: two, reason: 'x' }).expect(409);
    await edit(`${two}/undo`, 2, { revision: 2 });
    await edit(`${one}/merge`, 1, { with: two });
    await call(`${one}/merge`, 2, { with: two, reason: 'x' }).expect(409);
    await call(two, 4, { headline: 'X', reason: 'x' }, 'patch').expect(409);
  });
});

describe('split', () => {
  test('reports get an event of their own that is news; both keep theirs when read again', async () => {
    const [one, two] = [report({ who: 'Edelweiss' }), report({ who: 'Edelweiss' })];
    await timeline.deliver(accepted(one));
    await timeline.deliver(accepted(two));
    const { _id } = await timeline.eventOf('Edelweiss');
    const answer = await call(`${_id}/split`, 2, { reports: [two.reportId], reason: 'another drone' }).expect(200);
    const other = answer.body.splitOff as TimelineEvent;
    expect(answer.body).toMatchObject({
      event: { id: _id, sourceCount: 1 },
      splitOff: { sourceCount: 1, revision: 1 },
    });
    expect(answer.headers['etag']).toBe('"3"');
    expect(await lastTold(_id)).toMatchObject({ developments: ['split'], lineage: [_id] });
    expect(await lastTold(other.id)).toMatchObject({ developments: ['recorded'], before: null, lineage: [other.id] });
    expect((await history(other.id))[0]).toMatchObject({ cause: { edit: 'split-off', other: _id } });
    for (const [version, each] of [
      [5, one],
      [5, two],
    ] as const) {
      await timeline.deliver(withdrawn(each, version - 1));
      await timeline.deliver(accepted({ ...each, version }));
    }
    expect(await reportIds(_id)).toEqual([one.reportId]);
    expect(await reportIds(other.id)).toEqual([two.reportId]);
    // A split undone is a merge, which binds them.
    await edit(`${_id}/undo`, await seenOf(_id), { revision: 3 });
    expect(await reportIds(_id)).toEqual([one.reportId, two.reportId].sort());
    await timeline.get(`/v1/events/${other.id}`).redirects(0).expect(308);
    await timeline.deliver(withdrawn(two, 6));
    await timeline.deliver(accepted({ ...two, version: 7, headline: 'Edelweiss closes its kiosks' }));
    expect(await reportIds(_id)).toEqual([one.reportId, two.reportId].sort());
  });

  test('reports that were merged in by hand go back to their old id', async () => {
    const { one, two, reports } = await twoEvents('Fern');
    await edit(`${one}/merge`, 1, { with: two });
    const answer = (await edit(`${one}/split`, 2, { reports: [reports[1].reportId] })) as { splitOff: TimelineEvent };
    expect(answer.splitOff).toMatchObject({ id: two, revision: 3 });
    expect(await lastTold(two)).toMatchObject({ developments: [], lineage: [two] });
    await call(`${one}/undo`, 3, { revision: 2, reason: 'x' }).expect(409);
  });

  test('the founder may go: the event keeps its id', async () => {
    const [one, two] = [report({ who: 'Foxglove' }), report({ who: 'Foxglove' })];
    await timeline.deliver(accepted(one));
    await timeline.deliver(accepted(two));
    const { _id } = await timeline.eventOf('Foxglove');
    const { splitOff } = (await edit(`${_id}/split`, 2, { reports: [one.reportId] })) as { splitOff: TimelineEvent };
    expect(splitOff.id).not.toBe(_id);
    expect(await reportIds(_id)).toEqual([two.reportId]);
    await timeline.deliver(withdrawn(one));
    await timeline.deliver(accepted({ ...one, version: 3 }));
    expect(await reportIds(splitOff.id)).toEqual([one.reportId]);
  });

  test('of reports that are not there, or of all, is refused by name', async () => {
    const one = report({ who: 'Gardenia' });
    await timeline.deliver(accepted(one, report({ who: 'Gardenia' })));
    const { _id, revision } = await timeline.eventOf('Gardenia');
    const unknown = await call(`${_id}/split`, revision, { reports: [one.reportId, 'rep_x'], reason: 'x' }).expect(400);
    expect(unknown.body.errors).toEqual([{ path: 'reports[1]', message: `no such report in '${_id}': 'rep_x'` }]);
    const all = await call(`${_id}/split`, revision, { reports: await reportIds(_id), reason: 'x' }).expect(400);
    expect(all.body.errors).toEqual([{ path: 'reports', message: 'must leave at least one report in the event' }]);
  });

  test('a merge by score is undone by its revision, and not made again', async () => {
    const [one, two] = [report({ who: 'Heather' }), report({ who: 'Heather', source: 'Herald' })];
    await timeline.deliver(accepted(one));
    await timeline.deliver(accepted(two));
    const { _id } = await timeline.eventOf('Heather');
    await call(`${_id}/undo`, 2, { revision: 1, reason: 'x' }).expect(409);
    await call(`${_id}/undo`, 2, { revision: 9, reason: 'x' }).expect(404);
    await edit(`${_id}/undo`, 2, { revision: 2 });
    await timeline.deliver(accepted({ ...two, version: 2, summary: 'Now with a summary.' }));
    expect((await timeline.eventsOf('Heather')).map(({ snapshot }) => snapshot.sourceCount)).toEqual([1, 1]);
    await call(`${_id}/undo`, 3, { revision: 2, reason: 'x' }).expect(409);
  });
});

describe('retract', () => {
  test('undone, it is back; undone again, it is gone', async () => {
    await timeline.deliver(accepted(report({ who: 'Iris' })));
    const { _id } = await timeline.eventOf('Iris');
    await edit(`${_id}/retract`, 1, {});
    await call(`${_id}/retract`, 2, { reason: 'x' }).expect(409);
    expect(await listed('Iris')).toEqual([]);
    await edit(`${_id}/undo`, 2, { revision: 2 });
    expect(await listed('Iris')).toEqual([_id]);
    expect(await lastTold(_id)).toMatchObject({ developments: ['corrected'], after: { retracted: false } });
    await edit(`${_id}/undo`, 3, { revision: 3 });
    expect(await listed('Iris')).toEqual([]);
    expect(await lastTold(_id)).toMatchObject({ developments: ['retracted'] });
  });

  test('it does not come back under another report, even when all of its reports had gone', async () => {
    const one = report({ who: 'Jasmine', articleId: 'art_1' });
    await timeline.deliver(accepted(one));
    const { _id } = await timeline.eventOf('Jasmine');
    await edit(`${_id}/retract`, 1, {});
    await timeline.deliver(withdrawn(one));
    await timeline.deliver(accepted(report({ who: 'Jasmine', articleId: 'art_1' })));
    expect(await timeline.eventOf('Jasmine')).toMatchObject({
      _id,
      retractedBy: 'editor',
      snapshot: { retracted: true },
    });
  });
});

describe('edits among reports that come', () => {
  test('every report holds in one event that stands, and no edit is lost', async () => {
    const { one, two } = await twoEvents('Lavender');
    const batch = (): Report[] => [
      report({ who: 'Lavender', headline: 'Lavender opens a ferry line', date: '2025-03-01' }),
      report({ who: 'Lavender', kind: 'ban', headline: 'Lavender is kept from the harbour', date: '2025-06' }),
    ];
    const rounds = 12;
    let coming = 0;
    const feed = (async () => {
      for (; coming < rounds * 2; coming += 1) await timeline.deliver(accepted(...batch()), coming % 2);
    })();
    const attempt = async (path: string, body: () => Promise<object>): Promise<void> => {
      for (;;) {
        const answer = await call(path, await seenOf(one), { reason: 'x', ...(await body()) });
        if (answer.status === 200) return;
        if (answer.status !== 412) throw new Error(answer.text);
      }
    };
    for (let round = 0; round < rounds; round += 1) {
      await attempt(`${one}/merge`, () => Promise.resolve({ with: two }));
      const merged = (await timeline.revisionsOf(one)).filter(({ edit: done }) => done?.type === 'merge').at(-1);
      await attempt(`${one}/undo`, () => Promise.resolve({ revision: merged?.revision }));
    }
    await feed;
    const claims = await timeline.database
      .collection<ClaimDocument>('claims')
      .find({ eventId: { $in: [one, two] } })
      .toArray();
    expect(claims).toHaveLength(2 + rounds * 4);
    expect(new Set(claims.map(({ reportId }) => reportId)).size).toBe(claims.length);
    const all = await timeline.eventsOf('Lavender');
    expect(all.map(({ _id }) => _id).sort()).toEqual([one, two].sort());
    for (const { _id, snapshot } of all) {
      expect(snapshot.sourceCount).toBe(claims.filter(({ eventId }) => eventId === _id).length);
      expect(new Set(claims.filter(({ eventId }) => eventId === _id).map((claim) => claim.report?.kind)).size).toBe(1);
    }
    const edits = (await timeline.revisionsOf(one)).filter(({ edit: done }) => done !== undefined);
    expect(edits).toHaveLength(rounds * 2);
  });

  test('undated reports are bounded by their publication, and by an editor who makes a plan of them', async () => {
    await timeline.deliver(accepted(report({ who: 'Lilac', at: '2025-02-10' })));
    const { _id } = await timeline.eventOf('Lilac');
    await edit(_id, 1, { status: 'planned' }, 'patch');
    await timeline.sequenced();
    const found = await timeline.list('/v1/events?entity=Lilac&from=2026-01-01&undated=include');
    expect(found.items).toHaveLength(1);
    await edit(_id, 2, { date: '2025-03' }, 'patch');
    expect((await shown(_id)).date).toMatchObject({ ...parseEdtf('2025-03'), display: 'March 2025' });
  });
});
