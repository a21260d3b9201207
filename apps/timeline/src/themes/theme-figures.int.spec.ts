import type { EventRevised, ThemeIn } from '@themeline/contracts';
import { eventually } from '../../../../test/support/message-bus';
import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';

jest.setTimeout(180_000);

let timeline: TimelineReplicas;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
});
afterAll(() => timeline.stop());

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const rule = (given: Partial<ThemeIn['rule']>): ThemeIn['rule'] => ({
  phrases: [],
  entities: [],
  kinds: [],
  exclude: [],
  ...given,
});

test('a preview counts and shows what the rule then takes in; the past is done without an alert, and says how far it is', async () => {
  await timeline.deliver(
    accepted(
      ...Array.from({ length: 12 }, (_, n) =>
        report({ who: `Alder ${String(n)}`, headline: `Alder ${String(n)} dredges a container port` }),
      ),
      report({ who: 'Birch', headline: 'Birch dredges a container port, in a game' }),
      report({ who: 'Cedar', headline: 'Cedar drinks port from a container' }),
      report({ who: 'Dogwood', headline: 'Dogwood sails' }),
    ),
  );
  await timeline.sequenced();
  const ports = rule({ phrases: ['container port'], entities: ['Dogwood'], exclude: ['game'] });
  const preview = await timeline.call('post', '/v1/themes/preview', 'read').send({ rule: ports });
  expect(preview.status).toBe(200);
  expect(preview.body).toMatchObject({ events: 13, exact: true });
  const { samples } = preview.body as { samples: { headline: string }[] };
  expect(samples).toHaveLength(10);
  expect(samples.every(({ headline }) => /container port|Dogwood/.test(headline) && !/game/.test(headline))).toBe(true);

  expect((await timeline.call('post', '/v1/themes').send({ id: 'ports', name: 'Ports', rule: ports })).status).toBe(
    201,
  );
  await eventually('the rule applied', async () => {
    const { body } = await timeline.get('/v1/themes/ports/progress');
    return (body as { finished: boolean }).finished;
  });
  await timeline.sequenced();
  expect((await timeline.get('/v1/themes/ports/progress')).body).toEqual({
    theme: 'ports',
    events: 15,
    behind: 0,
    finished: true,
  });
  expect((await timeline.list('/v1/events?theme=ports')).items).toHaveLength(13);
  const told = await timeline.sent<EventRevised>('event.revised', ({ after }) => after.themes.includes('ports'));
  expect(told).toHaveLength(13);
  expect(told.every(({ backfill, developments }) => backfill && developments.length === 0)).toBe(true);
});

test('a rule of a kind that there is not is refused, as it would be stored', async () => {
  const refused = await timeline
    .call('post', '/v1/themes/preview', 'read')
    .send({ rule: rule({ kinds: ['coronation'] }) });
  expect(refused.body).toMatchObject({ status: 400, detail: "no such kind: 'coronation'" });
});

test('the summary of a theme: counts, momentum, the latest, what is to come with its dates, what is overdue', async () => {
  await timeline
    .call('post', '/v1/themes')
    .send({ id: 'bridges', name: 'Bridges', rule: rule({ phrases: ['bridge'] }) });
  const bridge = (who: string, given: object) => report({ who, headline: `${who} and a bridge`, ...given });
  await timeline.deliver(
    accepted(
      bridge('Elm', { date: day(-3) }),
      bridge('Fir', { date: day(40), status: 'planned', kind: 'policy' }),
      bridge('Gum', { date: `../${String(new Date().getUTCFullYear() + 3)}`, status: 'forecast' }),
      bridge('Hazel', { date: day(-40), status: 'forecast' }),
      bridge('Ivy', { date: day(-10), status: 'planned' }),
      bridge('Juniper', { date: day(-5), backfill: true }),
    ),
  );
  await timeline.sequenced();
  const { status, body } = await timeline.get('/v1/themes/bridges/summary');
  expect(status).toBe(200);
  const who = (events: { entities: { name: string }[] }[]) => events.map(({ entities }) => entities[0]?.name);
  expect(body).toMatchObject({ events: 6, momentum: { thisWeek: 5, usual: 0, trend: 'rising' } });
  expect(who(body.upcoming)).toEqual(expect.arrayContaining(['Fir', 'Gum']));
  expect(who(body.upcoming)).toHaveLength(2);
  expect(who(body.overdue)).toEqual(['Ivy', 'Hazel']);
  expect(new Set(who(body.latest))).toEqual(new Set(['Elm', 'Juniper']));
  expect((await timeline.get('/v1/themes/no-such/summary')).status).toBe(404);
});
