import { SUBJECTS, type Subject } from '@themeline/contracts';
import { decode, UndecodableMessage } from './message.codec';

const date = { edtf: '2025-03-01', lower: '2025-03-01', upper: '2025-03-01', precision: 'day', approximate: false };
const source = { id: 'src_1', name: 'Harbour Gazette', url: null };
const amount = { value: 5e6, currency: 'NOK', usd: 470_000 };
const at = '2025-03-02T08:00:00.000Z';

const report = {
  reportId: 'rep_1',
  version: 1,
  owner: 'acc_1',
  articleId: 'art_1',
  kind: 'ban',
  status: 'occurred',
  headline: 'Bergen bans the Zephyr app',
  summary: null,
  date,
  datePhrase: 'on 1 March',
  entities: [{ id: 'bergen', name: 'Bergen', type: 'place', role: 'agent' }],
  countries: ['NO'],
  amount,
  themes: ['apps'],
  source,
  url: 'https://example.org/1',
  publishedAt: at,
  receivedAt: at,
  evidence: { text: 'Bergen banned the Zephyr app on 1 March.', start: 0, end: 40 },
  mentions: [],
  importance: 40,
  confidence: 0.7,
  backfill: false,
};

const event = {
  id: 'evt_1',
  kind: 'ban',
  status: 'occurred',
  headline: 'Bergen bans the Zephyr app',
  summary: null,
  date: { ...date, display: '1 March 2025' },
  entities: report.entities,
  countries: ['NO'],
  amount,
  themes: ['apps'],
  importance: 40,
  confidence: 0.7,
  sourceCount: 1,
  reports: [
    {
      reportId: 'rep_1',
      source,
      url: null,
      publishedAt: at,
      evidence: null,
      claims: { kind: 'ban', status: 'occurred', headline: 'Bergen bans the Zephyr app', date, amount: null },
    },
  ],
  disputes: [],
  retracted: false,
  revision: 1,
  recordedAt: at,
  updatedAt: at,
};

const revised = {
  eventId: 'evt_1',
  revision: 1,
  developments: ['recorded'],
  before: null,
  after: event,
  lineage: ['evt_1'],
  backfill: false,
  at,
};

const rule = { phrases: ['zephyr'], entities: [], kinds: [], exclude: [] };

/**
 * Each form in which a message may lie in a stream, an outbox or among the dead letters, as the version that introduced it wrote it.
 * What was published stays readable: when a schema changes, its former samples stay and a new one comes beside them.
 */
const STORED: Record<Subject, unknown[]> = {
  'article.submitted': [{ articleId: 'art_1', version: 1 }],
  'report.accepted': [
    { report },
    { report: { ...report, articleId: null, summary: 'In full', amount: null, evidence: null, datePhrase: null } },
  ],
  'report.withdrawn': [{ reportId: 'rep_1', version: 2, reason: 'no longer in its article', at }],
  'report.removed': [{ reportId: 'rep_1', version: 2, at }],
  'report.erased': [
    { reportId: 'rep_1', events: [{ eventId: 'evt_1', revision: 2, headlines: ['Zephyr'], summaries: [] }], at },
  ],
  'report.assigned': [
    { reportId: 'rep_1', version: 1, eventId: 'evt_1', eventRevision: 1 },
    { reportId: 'rep_1', version: 2, eventId: null, eventRevision: 2 },
  ],
  'event.revised': [
    // Before events could be merged by editors there was no heir.
    revised,
    { ...revised, revision: 2, developments: ['amount_changed'], before: event, after: { ...event, revision: 2 } },
    { ...revised, revision: 3, developments: ['merged'], before: event, heir: 'evt_2' },
  ],
  'theme.changed': [
    {
      themeId: 'apps',
      version: 1,
      theme: { id: 'apps', name: 'Apps', description: null, rule, version: 1, updatedAt: at },
    },
    { themeId: 'apps', version: 2, theme: null },
  ],
  'feed.ailed': [
    {
      feedId: 'fed_1',
      owner: 'acc_1',
      name: 'Harbour Gazette',
      url: 'https://example.org/feed',
      health: 'dead',
      since: null,
      reason: '503',
      at,
    },
  ],
  'receipt.ingest': [{ durable: 'timeline-reports', messageIds: ['msg_1'] }],
  'receipt.timeline': [{ durable: 'alerts-match-0', messageIds: ['msg_1'] }],
  'message.died': [
    {
      id: 'dead_1',
      service: 'alerts',
      durable: 'alerts-match',
      subject: 'event.revised',
      reason: 'x',
      at,
    },
  ],
};

test.each(Object.keys(SUBJECTS) as Subject[])(
  'what was ever written as %s is still read, and nothing of it lost',
  (subject) => {
    expect(STORED[subject].length).toBeGreaterThan(0);
    for (const payload of STORED[subject]) expect(decode(subject, JSON.stringify(payload))).toEqual(payload);
  },
);

test('a field that a later version adds is passed over by this one, so that replicas of two versions can run side by side', () => {
  expect(decode('event.revised', JSON.stringify({ ...revised, mood: 'calm' }))).toEqual(revised);
});

test('what lacks a field is undecodable, and the error names it', () => {
  const { lineage: _lineage, ...rest } = revised;
  expect(() => decode('event.revised', JSON.stringify(rest))).toThrow(UndecodableMessage);
  expect(() => decode('event.revised', JSON.stringify(rest))).toThrow('event.revised: lineage');
});
