import { slugify, type Amount, type EntityRef, type EntityType, type Report, UNDATED } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  buildEvent,
  candidateKeys,
  compareAmounts,
  developmentsOf,
  featuresOf,
  isCommonKey,
  scoreReports,
  scoreReportToEvent,
} from './index';
import { readMarkers } from './title.markers';

const FAMILIES: Record<string, string> = {
  'model-release': 'release',
  'product-launch': 'release',
  'fund-launch': 'money',
  'funding-round': 'money',
  'investment-pledge': 'money',
  acquisition: 'deal',
  partnership: 'deal',
  policy: 'rules',
  regulation: 'rules',
  ban: 'rules',
  'export-control': 'rules',
};
const kindFamily = (kind: string): string => FAMILIES[kind] ?? kind;

const TYPES: Record<string, EntityType> = {
  China: 'place',
  'United States': 'place',
  'South Korea': 'place',
  Australia: 'place',
  Italy: 'place',
  Ministry: 'authority',
  'Commerce Department': 'authority',
  'Aviation Agency': 'authority',
  Lynx: 'product',
  Otter: 'product',
  Hills: 'place',
  Lakes: 'place',
  'Jane Roe': 'person',
  'John Doe': 'person',
};
const USD: Record<string, number> = { USD: 1, CNY: 0.1385, EUR: 1.08 };

let count = 0;

interface Given {
  kind?: string;
  status?: Report['status'];
  says?: string;
  date?: string;
  by?: string[];
  on?: string[];
  with?: string[];
  names?: string[];
  in?: string[];
  sum?: [number, string];
  at?: string;
  source?: string;
  article?: string;
  url?: string;
  evidence?: string;
  summary?: string;
  id?: string;
}

function report(given: Given): Report {
  count += 1;
  const entity =
    (role: EntityRef['role']) =>
    (name: string): EntityRef => ({
      id: slugify(name),
      name,
      type: TYPES[name] ?? 'company',
      role,
    });
  const date = given.date === undefined ? UNDATED : parseEdtf(given.date);
  return {
    reportId: given.id ?? `rep_${String(count).padStart(5, '0')}`,
    version: 1,
    owner: 'test',
    articleId: given.article ?? null,
    kind: given.kind ?? 'product-launch',
    status: given.status ?? 'occurred',
    headline: given.says ?? 'Something happened',
    summary: given.summary ?? null,
    date,
    datePhrase: null,
    entities: [
      ...(given.by ?? []).map(entity('agent')),
      ...(given.on ?? []).map(entity('patient')),
      ...(given.with ?? []).map(entity('partner')),
      ...(given.names ?? []).map(entity('mention')),
    ],
    countries: given.in ?? [],
    amount: given.sum === undefined ? null : amountOf(...given.sum),
    themes: [],
    source: { id: `src_${given.source ?? String(count)}`, name: given.source ?? `Source ${String(count)}`, url: null },
    url: given.url ?? null,
    publishedAt: `${given.at ?? '2025-04-10'}T08:00:00.000Z`,
    receivedAt: '2025-06-01T00:00:00.000Z',
    evidence: given.evidence === undefined ? null : { text: given.evidence, start: null, end: null },
    mentions: [],
    importance: 50,
    confidence: 0.7,
    backfill: false,
  };
}

function amountOf(value: number, currency: string): Amount {
  const rate = USD[currency];
  return { value, currency, usd: rate === undefined ? null : value * rate };
}

type Pair = [name: string, a: Given, b: Given];

const MERGING: Pair[] = [
  [
    'one fund in two currencies, one side undated',
    {
      kind: 'fund-launch',
      says: 'The study notes the establishment of an $8 billion national AI industrial investment fund',
      by: ['China'],
      in: ['CN'],
      sum: [8e9, 'USD'],
      at: '2025-04-10',
    },
    {
      kind: 'fund-launch',
      says: 'following the establishment of a 60 billion yuan ($8.3 billion) AI investment fund',
      by: ['China'],
      in: ['CN'],
      sum: [6e10, 'CNY'],
      date: '../2025-03',
      at: '2025-05-28',
    },
  ],
  [
    'the same fund, both undated',
    {
      kind: 'fund-launch',
      says: 'establishment of an $8 billion national AI industrial investment fund',
      by: ['China'],
      in: ['CN'],
      sum: [8e9, 'USD'],
      at: '2025-04-10',
    },
    {
      kind: 'fund-launch',
      says: 'establishment of a 60 billion yuan ($8.3 billion) AI investment fund',
      by: ['China'],
      in: ['CN'],
      sum: [6e10, 'CNY'],
      at: '2025-05-28',
    },
  ],
  [
    'the same fund where neither report names who set it up',
    {
      kind: 'fund-launch',
      says: 'establishment of an $8 billion national AI industrial investment fund',
      in: ['CN'],
      sum: [8e9, 'USD'],
      at: '2025-04-10',
    },
    {
      kind: 'fund-launch',
      says: 'establishment of a 60 billion yuan AI investment fund',
      in: ['CN'],
      sum: [6e10, 'CNY'],
      at: '2025-05-28',
    },
  ],
  [
    'the same fund, one report without its country, one with a mere mention of something else',
    {
      kind: 'fund-launch',
      says: 'The establishment of an $8 billion national AI industrial investment fund',
      sum: [8e9, 'USD'],
      at: '2025-04-10',
    },
    {
      kind: 'fund-launch',
      says: 'Money came after the establishment of a 60 billion yuan AI investment fund',
      names: ['China', 'Spring Sessions'],
      in: ['CN'],
      sum: [6e10, 'CNY'],
      date: '../2025-03',
      at: '2025-05-28',
    },
  ],
  [
    'one aim in other words',
    {
      kind: 'policy',
      status: 'planned',
      says: 'Beijing aims to make the country a global AI leader by 2030',
      by: ['China'],
      in: ['CN'],
      date: '../2030',
      at: '2025-02-27',
    },
    {
      kind: 'policy',
      status: 'planned',
      says: 'China aims to become a global technological powerhouse in AI by 2030',
      by: ['China'],
      in: ['CN'],
      date: '../2030',
      at: '2025-05-28',
    },
  ],
  [
    'a ban told in other words',
    {
      kind: 'ban',
      says: "South Korea's ban on downloads of the Acme assistant",
      by: ['South Korea'],
      on: ['Acme'],
      in: ['KR'],
      at: '2025-02-20',
    },
    {
      kind: 'ban',
      says: 'Seoul suspends new downloads of Acme over privacy fears',
      by: ['South Korea'],
      on: ['Acme'],
      in: ['KR'],
      date: '2025-02-15',
      at: '2025-02-17',
    },
  ],
  [
    'a release with the same version, one only by month',
    { kind: 'model-release', says: 'Acme releases its R1 reasoning model', by: ['Acme'], date: '2025-01-20' },
    { kind: 'model-release', says: 'Acme unveiled R1, a model that reasons', by: ['Acme'], date: '2025-01' },
  ],
  [
    'akin kinds',
    { kind: 'model-release', says: 'Acme opens the weights of Lynx', by: ['Acme'], on: ['Lynx'], date: '2025-03-05' },
    { kind: 'product-launch', says: 'Acme launches Lynx', by: ['Acme'], on: ['Lynx'], date: '2025-03' },
  ],
  [
    'a round with its letter and sum',
    {
      kind: 'funding-round',
      says: 'Acme raises $400 million in Series B led by Borealis',
      by: ['Acme'],
      with: ['Borealis'],
      sum: [4e8, 'USD'],
      date: '2024-05-06',
    },
    {
      kind: 'funding-round',
      says: 'Borealis leads 400m Series B round of Acme',
      by: ['Acme'],
      with: ['Borealis'],
      sum: [4e8, 'USD'],
      date: '2024-05',
    },
  ],
  [
    'a sum that sources round apart',
    {
      kind: 'investment-pledge',
      says: 'Acme pledges $53 billion for cloud and computing infrastructure',
      by: ['Acme'],
      sum: [5.3e10, 'USD'],
      at: '2025-02-26',
    },
    {
      kind: 'investment-pledge',
      says: 'Acme to spend 380 billion yuan on cloud infrastructure over three years',
      by: ['Acme'],
      sum: [3.8e11, 'CNY'],
      date: '2025-02-24',
      at: '2025-02-25',
    },
  ],
  [
    'neighbouring days, as time zones make them',
    { kind: 'ban', says: 'Italy blocks the Acme chatbot', by: ['Italy'], on: ['Acme'], in: ['IT'], date: '2025-01-30' },
    {
      kind: 'ban',
      says: 'Italian regulator orders Acme chatbot blocked',
      by: ['Italy'],
      on: ['Acme'],
      in: ['IT'],
      date: '2025-01-31',
    },
  ],
  [
    'planned, then occurred',
    {
      kind: 'regulation',
      status: 'planned',
      says: 'Labelling rules for synthetic media take effect in September',
      by: ['China'],
      in: ['CN'],
      date: '2025-09-01',
      at: '2025-03-14',
    },
    {
      kind: 'regulation',
      says: 'Labelling rules for synthetic media come into force',
      by: ['China'],
      in: ['CN'],
      date: '2025-09-01',
      at: '2025-09-02',
    },
  ],
  [
    'a partnership from either side',
    {
      kind: 'partnership',
      says: 'Acme works with Borealis to put its models into phones',
      by: ['Acme'],
      with: ['Borealis'],
      at: '2025-02-27',
    },
    {
      kind: 'partnership',
      says: 'Borealis picks Acme for models in its phones',
      by: ['Borealis'],
      with: ['Acme'],
      date: '2025-02-13',
      at: '2025-02-14',
    },
  ],
  [
    'a country and its ministry',
    {
      kind: 'export-control',
      says: 'United States adds 27 chip firms to its entity list',
      by: ['United States'],
      on: ['Acme'],
      in: ['US'],
      date: '2025-03-25',
    },
    {
      kind: 'export-control',
      says: 'Commerce Department puts 27 firms, Acme among them, on entity list',
      by: ['Commerce Department'],
      on: ['Acme'],
      in: ['US'],
      date: '2025-03-25',
    },
  ],
  [
    'one report without entities whose headline names the party',
    {
      kind: 'acquisition',
      says: 'Acme buys robot maker Otterworks for $120 million',
      sum: [1.2e8, 'USD'],
      date: '2025-03-04',
    },
    {
      kind: 'acquisition',
      says: 'Otterworks sold to Acme',
      by: ['Acme'],
      on: ['Otterworks'],
      sum: [1.2e8, 'USD'],
      date: '2025-03',
    },
  ],
  [
    'the same round with a disputed sum',
    {
      kind: 'funding-round',
      says: 'Acme closes Series C of $100 million',
      by: ['Acme'],
      sum: [1e8, 'USD'],
      date: '2025-03-04',
    },
    {
      kind: 'funding-round',
      says: 'Acme Series C brings $120 million',
      by: ['Acme'],
      sum: [1.2e8, 'USD'],
      date: '2025-03-04',
    },
  ],
  [
    'an appointment',
    {
      kind: 'personnel',
      says: 'Acme names Jane Roe chief executive',
      by: ['Acme'],
      on: ['Jane Roe'],
      date: '2025-03-04',
    },
    { kind: 'personnel', says: 'Jane Roe to head Acme', by: ['Acme'], on: ['Jane Roe'], date: '2025-03' },
  ],
  [
    'an outage told by evidence rather than by headline',
    {
      kind: 'incident',
      says: 'Acme hit by outage',
      by: ['Acme'],
      date: '2025-01-27',
      evidence: 'Acme said it was limiting registrations after an outage caused by large-scale attacks.',
    },
    { kind: 'incident', says: 'Attacks force Acme to limit registrations', by: ['Acme'], date: '2025-01-27' },
  ],
  [
    'a figure for one quarter',
    {
      kind: 'statistic',
      says: 'Venture capital puts $1.2 billion into 144 deals',
      by: ['Pitchline'],
      in: ['CN'],
      sum: [1.2e9, 'USD'],
      date: '2025-33',
    },
    {
      kind: 'statistic',
      says: '144 deals brought startups $1.2 billion in the first quarter, Pitchline says',
      by: ['Pitchline'],
      in: ['CN'],
      sum: [1.2e9, 'USD'],
      date: '2025-01/2025-03',
    },
  ],
  [
    'one newspaper that comes back to its story',
    {
      kind: 'acquisition',
      says: 'Acme buys Otterworks',
      by: ['Acme'],
      on: ['Otterworks'],
      sum: [1.2e8, 'USD'],
      date: '2025-03-04',
      source: 'Daily',
      url: 'https://daily.example/1',
    },
    {
      kind: 'acquisition',
      says: 'What the purchase of Otterworks by Acme means for robots',
      by: ['Acme'],
      on: ['Otterworks'],
      sum: [1.2e8, 'USD'],
      date: '2025-03-04',
      source: 'Daily',
      url: 'https://daily.example/2',
    },
  ],
  [
    'names given by a client as plain mentions',
    { kind: 'model-release', says: 'Acme publishes Lynx 3 weights', names: ['Acme', 'Lynx'], date: '2025-04-02' },
    {
      kind: 'model-release',
      says: 'Lynx 3 is out: Acme opens its weights',
      names: ['Acme', 'Lynx'],
      date: '2025-04-02',
    },
  ],
  [
    'a ruling',
    {
      kind: 'legal',
      says: 'Court fines Acme 15 million euros over training data',
      on: ['Acme'],
      in: ['IT'],
      sum: [1.5e7, 'EUR'],
      date: '2024-12-20',
    },
    {
      kind: 'legal',
      says: 'Acme fined €15m in Italy for training on personal data',
      on: ['Acme'],
      in: ['IT'],
      sum: [1.5e7, 'EUR'],
      date: '2024-12',
    },
  ],
];

const APART: Pair[] = [
  [
    'two funds of one country',
    {
      kind: 'fund-launch',
      says: 'China establishes an $8 billion national AI industry investment fund',
      by: ['China'],
      in: ['CN'],
      sum: [8e9, 'USD'],
    },
    {
      kind: 'fund-launch',
      says: 'China establishes a $140 billion science and technology venture capital fund',
      by: ['China'],
      in: ['CN'],
      sum: [1.4e11, 'USD'],
    },
  ],
  [
    'bans of two countries',
    { kind: 'ban', says: "South Korea's ban on Acme downloads", by: ['South Korea'], on: ['Acme'], in: ['KR'] },
    {
      kind: 'ban',
      says: "Australia's ban on Acme downloads on government devices",
      by: ['Australia'],
      on: ['Acme'],
      in: ['AU'],
    },
  ],
  [
    'bans of two countries, each with the home of the banned firm',
    { kind: 'ban', says: 'South Korea bans the Acme app', by: ['South Korea'], on: ['Acme'], in: ['CN', 'KR'] },
    { kind: 'ban', says: 'Australia bans the Acme app', by: ['Australia'], on: ['Acme'], in: ['AU', 'CN'] },
  ],
  [
    'bans of two countries given as plain names',
    { kind: 'ban', says: 'South Korea bans the Acme app', names: ['South Korea', 'Acme'] },
    { kind: 'ban', says: 'Australia bans the Acme app', names: ['Australia', 'Acme'] },
  ],
  [
    'two versions',
    { kind: 'model-release', says: 'Acme releases its V2 model', by: ['Acme'] },
    { kind: 'model-release', says: 'Acme releases its V3 model', by: ['Acme'] },
  ],
  [
    'two versions written with the name',
    { kind: 'model-release', says: 'Acme releases Otter2.5-Max', by: ['Acme'], date: '2025-01' },
    { kind: 'model-release', says: 'Acme releases Otter 3', by: ['Acme'], date: '2025-01' },
  ],
  [
    'a version and a suite',
    { kind: 'model-release', says: 'Acme releases its V2 model', by: ['Acme'], at: '2025-04-10' },
    {
      kind: 'model-release',
      says: 'Acme unveils a suite of efficient AI models',
      by: ['Acme'],
      date: '2025-01',
      at: '2025-02-27',
    },
  ],
  [
    'two rounds',
    { kind: 'funding-round', says: 'Acme raises Series A', by: ['Acme'], date: '2024' },
    { kind: 'funding-round', says: 'Acme raises Series B', by: ['Acme'], date: '2024' },
  ],
  [
    'a release and a paper',
    { kind: 'model-release', says: 'Acme releases its V3 model', by: ['Acme'] },
    { kind: 'research', says: 'Acme trains its V3 model for $6 million', by: ['Acme'], sum: [6e6, 'USD'] },
  ],
  [
    'what is and what is planned, of other things',
    { kind: 'policy', says: 'China has set up 48 data exchanges', by: ['China'], in: ['CN'], at: '2025-02-27' },
    {
      kind: 'policy',
      status: 'planned',
      says: 'China plans more than 100 trusted data spaces by 2028',
      by: ['China'],
      in: ['CN'],
      date: '../2028',
      at: '2025-02-27',
    },
  ],
  [
    'what came and what is to come',
    {
      kind: 'model-release',
      says: 'Acme releases an open version of Lynx',
      by: ['Acme'],
      on: ['Lynx'],
      date: '2025-01-29',
      at: '2025-04-20',
    },
    {
      kind: 'model-release',
      status: 'planned',
      says: 'Acme is to launch the next generation of Lynx',
      by: ['Acme'],
      on: ['Lynx'],
      date: '2025-04-20/..',
      at: '2025-04-20',
    },
  ],
  [
    'two firms that do alike',
    { kind: 'product-launch', says: 'Acme launches a free AI agent', by: ['Acme'], date: '2025-03' },
    { kind: 'product-launch', says: 'Borealis launches a free AI agent', by: ['Borealis'], date: '2025-03' },
  ],
  [
    'two firms that turn to the model of a third',
    { kind: 'pivot', says: 'Acme adopts Lynx and drops its own model', by: ['Acme'], on: ['Lynx'] },
    { kind: 'pivot', says: 'Borealis adopts Lynx and drops its own model', by: ['Borealis'], on: ['Lynx'] },
  ],
  [
    'partnerships of one firm with two',
    { kind: 'partnership', says: 'Acme partners with Borealis', by: ['Acme'], with: ['Borealis'], at: '2025-02-27' },
    { kind: 'partnership', says: 'Acme partners with Corvid', by: ['Acme'], with: ['Corvid'], at: '2025-02-27' },
  ],
  [
    'two products on one day',
    { kind: 'product-launch', says: 'Acme launches Lynx', by: ['Acme'], on: ['Lynx'], date: '2025-03-05' },
    { kind: 'product-launch', says: 'Acme launches Otter', by: ['Acme'], on: ['Otter'], date: '2025-03-05' },
  ],
  [
    'two days',
    { kind: 'incident', says: 'Acme hit by outage', by: ['Acme'], date: '2025-01-27' },
    { kind: 'incident', says: 'Acme hit by outage', by: ['Acme'], date: '2025-02-03' },
  ],
  [
    'two quarters of a figure',
    { kind: 'statistic', says: 'Revenue of Acme was $2 billion', by: ['Acme'], sum: [2e9, 'USD'], date: '2025-33' },
    { kind: 'statistic', says: 'Revenue of Acme was $2 billion', by: ['Acme'], sum: [2e9, 'USD'], date: '2025-34' },
  ],
  [
    'a quarter and its year',
    { kind: 'statistic', says: 'Revenue of Acme was $2 billion', by: ['Acme'], sum: [2e9, 'USD'], date: '2025-33' },
    { kind: 'statistic', says: 'Revenue of Acme was $2 billion', by: ['Acme'], sum: [2e9, 'USD'], date: '2025' },
  ],
  [
    'a figure and its forecast',
    { kind: 'statistic', says: 'Acme sold 30% more chips', by: ['Acme'], date: '2025' },
    { kind: 'statistic', status: 'forecast', says: 'Acme sold 30% more chips', by: ['Acme'], date: '2025' },
  ],
  [
    'two appointments',
    { kind: 'personnel', says: 'Acme names Jane Roe to its board', by: ['Acme'], on: ['Jane Roe'], date: '2025-03-04' },
    { kind: 'personnel', says: 'Acme names John Doe to its board', by: ['Acme'], on: ['John Doe'], date: '2025-03-04' },
  ],
  [
    'one article that tells two things',
    { kind: 'ban', says: 'Italy blocks the Acme chatbot', by: ['Italy'], on: ['Acme'], in: ['IT'], article: 'art_1' },
    {
      kind: 'ban',
      says: 'Italy blocks the Acme chatbot in offices',
      by: ['Italy'],
      on: ['Acme'],
      in: ['IT'],
      article: 'art_1',
    },
  ],
  [
    'a boilerplate title of one gazette, one day, one agency',
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Falcon Airplanes',
      by: ['Aviation Agency'],
      in: ['US'],
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/1',
      summary:
        'The agency adopts a directive for certain models after cracks were found in the frame of the fuselage near the door.',
    },
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Falcon Airplanes',
      by: ['Aviation Agency'],
      in: ['US'],
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/2',
      summary:
        'This directive requires replacing hydraulic pumps that leaked in service and revising the maintenance programme of operators.',
    },
  ],
  [
    'a boilerplate title without entities',
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Falcon Airplanes',
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/3',
    },
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Falcon Airplanes',
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/4',
    },
  ],
  [
    'parallel titles of one gazette',
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Falcon Airplanes',
      by: ['Aviation Agency'],
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/5',
    },
    {
      kind: 'regulation',
      says: 'Airworthiness Directives; Heron Airplanes',
      by: ['Aviation Agency'],
      date: '2025-03-05',
      source: 'Gazette',
      url: 'https://gazette.example/6',
    },
  ],
  [
    'one agency on one day',
    {
      kind: 'regulation',
      says: 'Ministry fixes fees for radio licences',
      by: ['Ministry'],
      in: ['US'],
      date: '2025-03-05',
    },
    {
      kind: 'regulation',
      says: 'Ministry tightens limits on lead in paint',
      by: ['Ministry'],
      in: ['US'],
      date: '2025-03-05',
    },
  ],
  [
    'one country, nothing else in common',
    { kind: 'policy', says: 'China funds quantum laboratories', by: ['China'], in: ['CN'], date: '2025-03' },
    { kind: 'policy', says: 'China brings AI lessons to primary schools', by: ['China'], in: ['CN'], date: '2025-03' },
  ],
  [
    'words alone',
    { kind: 'other', says: 'Weekly review of the chip market', at: '2025-03-05' },
    { kind: 'other', says: 'Weekly review of chip markets and prices', at: '2025-06-05' },
  ],
  [
    'one firm, undated, years apart',
    { kind: 'product-launch', says: 'Acme launches a new phone', by: ['Acme'], at: '2021-03-05' },
    { kind: 'product-launch', says: 'Acme launches a new phone', by: ['Acme'], at: '2025-03-05' },
  ],
  [
    'nothing but the firm and the month',
    { kind: 'product-launch', says: 'Acme opens drone store', by: ['Acme'], date: '2025-03' },
    { kind: 'product-launch', says: 'Acme rolls out payroll software', by: ['Acme'], date: '2025-03' },
  ],
];

APART.push(
  [
    'two plants of one firm for one sum',
    {
      kind: 'investment-pledge',
      says: 'Acme to build a plant in Porto',
      by: ['Acme'],
      sum: [5e9, 'USD'],
      date: '2024-09',
    },
    {
      kind: 'investment-pledge',
      says: 'Acme pledges plant in Turku',
      by: ['Acme'],
      sum: [5e9, 'USD'],
      date: '2024-09',
    },
  ],
  [
    'a product and its small sister',
    { kind: 'model-release', says: 'Acme shows Marten 3', by: ['Acme'], on: ['Marten 3'], date: '2025-02' },
    { kind: 'model-release', says: 'Acme shows Marten 3 Mini', by: ['Acme'], on: ['Marten 3 Mini'], date: '2025-02' },
  ],
  [
    'things of one maker whose names begin with its own',
    { says: 'Acme shows a tablet', by: ['Acme'], on: ['Acme Slate'], date: '2025-03-12' },
    { says: 'Acme shows a tablet', by: ['Acme'], on: ['Acme Fold'], date: '2025-03-12' },
  ],
  [
    'one sum, two provinces',
    {
      kind: 'fund-launch',
      says: 'Hill province sets up fund',
      by: ['Hills'],
      in: ['CN'],
      sum: [1e9, 'CNY'],
      date: '2025-03',
    },
    {
      kind: 'fund-launch',
      says: 'Lake province sets up fund',
      by: ['Lakes'],
      in: ['CN'],
      sum: [1e9, 'CNY'],
      date: '2025-03',
    },
  ],
  [
    'titles that differ in one name',
    { kind: 'regulation', says: 'Ferry timetable of the county; Northvale', in: ['US'], date: '2025-03-05' },
    { kind: 'regulation', says: 'Ferry timetable of the county; Southvale', in: ['US'], date: '2025-03-05' },
  ],
  [
    'a release and a fine',
    { kind: 'model-release', says: 'Acme releases Lynx', by: ['Acme'], on: ['Lynx'], date: '2025-03-05' },
    { kind: 'legal', says: 'Acme fined over Lynx', by: ['Acme'], on: ['Lynx'], date: '2025-03-05' },
  ],
);
MERGING.push(
  [
    'kinds that readers take for one another',
    {
      kind: 'partnership',
      says: 'Acme and Borealis agreed to build phones together',
      by: ['Acme'],
      with: ['Borealis'],
      date: '2025-03',
    },
    {
      kind: 'other',
      says: 'Acme and Borealis agreed to build phones',
      by: ['Borealis'],
      names: ['Acme'],
      date: '2025-03-04',
    },
  ],
  [
    'one side names the firm in passing',
    {
      kind: 'funding-round',
      says: 'Acme raised $23 million in a Series A',
      by: ['Acme'],
      sum: [2.3e7, 'USD'],
      date: '2025-02-05',
    },
    {
      kind: 'funding-round',
      says: 'Borealis led a $23 million Series A',
      by: ['Borealis'],
      names: ['Acme'],
      sum: [2.3e7, 'USD'],
      date: '2025-02-05',
    },
  ],
  [
    'an authority whose country nobody gave',
    {
      kind: 'export-control',
      says: 'United States puts Acme on a list',
      by: ['United States'],
      on: ['Acme'],
      date: '2025-03-25',
    },
    {
      kind: 'export-control',
      says: 'Commerce Department lists Acme',
      by: ['Commerce Department'],
      on: ['Acme'],
      date: '2025-03-25',
    },
  ],
);

/** Reports as they are read from articles: a clause as headline, the whole sentence as evidence, who it is about left out of the one or the other. */
const READ_MERGING: Pair[] = [
  [
    'a clause without a name, in a sentence that has it',
    {
      kind: 'funding-round',
      says: 'Automates Vercors raised 22 million euros',
      by: ['Automates Vercors'],
      sum: [22e6, 'EUR'],
      date: '2025-02-05',
    },
    {
      kind: 'funding-round',
      says: 'With 22 million euros that it raised last month',
      sum: [22e6, 'EUR'],
      date: '2025-02',
      evidence: 'With 22 million euros that it raised last month, Automates Vercors will hire sixty people.',
    },
  ],
  [
    'who gives and who gets, each the doer of one',
    {
      kind: 'funding-round',
      says: 'Jua Kredit has raised $55 million in a Series B round',
      by: ['Jua Kredit'],
      sum: [55e6, 'USD'],
      date: '2025-06-04',
      evidence: 'Jua Kredit has raised $55 million in a Series B round led by Nordic Impact.',
    },
    {
      kind: 'funding-round',
      says: 'Nordic Impact led a $55 million financing',
      by: ['Nordic Impact'],
      sum: [55e6, 'USD'],
      date: '2025-06',
      evidence: 'Nordic Impact led a $55 million financing of Jua Kredit.',
    },
  ],
  [
    'a deal of two firms, told as of two countries',
    {
      kind: 'partnership',
      says: 'Formosa Wind signed a pact with Kansai Blades',
      by: ['Formosa Wind'],
      with: ['Kansai Blades'],
      in: ['JP'],
      date: '2025-07-23',
    },
    {
      kind: 'partnership',
      says: 'Kansai Blades will work with Formosa Wind',
      by: ['Kansai Blades'],
      with: ['Formosa Wind'],
      in: ['TW'],
      date: '2025-07-23',
    },
  ],
  [
    'a figure that was taken for a deed',
    {
      kind: 'statistic',
      says: 'South Korean chip exports reached $14.9 billion in June',
      in: ['KR'],
      sum: [14.9e9, 'USD'],
      date: '2025-06',
    },
    {
      kind: 'export-control',
      says: 'South Korea exported chips worth $14.9 billion in June',
      in: ['KR'],
      sum: [14.9e9, 'USD'],
      date: '2025-06',
    },
  ],
];
const READ_APART: Pair[] = [
  [
    'the one that a sentence compares with',
    {
      kind: 'fund-launch',
      says: 'Guangxi Bank launched a fund',
      by: ['Guangxi Bank'],
      sum: [1e10, 'CNY'],
      date: '2025-03',
    },
    {
      kind: 'fund-launch',
      says: 'Hunan Bank launched a fund',
      by: ['Hunan Bank'],
      sum: [1e10, 'CNY'],
      date: '2025-03',
      evidence: 'Hunan Bank launched a fund of 10 billion yuan, as Guangxi Bank had done.',
    },
  ],
  [
    'two plans of one government on one day',
    {
      kind: 'policy',
      says: 'The government launched a mission on Friday',
      by: ['China'],
      in: ['CN'],
      date: '2025-08-15',
      evidence: 'It is to train ten million people.',
    },
    {
      kind: 'policy',
      says: 'The government presented phase two of its programme',
      by: ['China'],
      in: ['CN'],
      date: '2025-08-15',
      evidence: 'It promises aid to chip designers.',
    },
  ],
  [
    'one firm, two things of different kinds on one day',
    { kind: 'personnel', says: 'Acme named a new chief', by: ['Acme'], date: '2025-08-15' },
    { kind: 'statistic', says: 'Acme sold 40,000 cars', by: ['Acme'], date: '2025-08-15' },
  ],
];

describe('what merges', () => {
  test.each([...MERGING, ...READ_MERGING])('%s', (_, a, b) => {
    const score = scoreReports(report(a), report(b), kindFamily);
    expect({ ...score, merge: score.merge }).toMatchObject({ merge: true });
  });
});

describe('what stays apart', () => {
  test.each([...APART, ...READ_APART])('%s', (_, a, b) => {
    const score = scoreReports(report(a), report(b), kindFamily);
    expect({ ...score, merge: score.merge }).toMatchObject({ merge: false });
  });
});

test('a vague claim does not tie two versions together', () => {
  const features = (given: Given) => featuresOf(report(given), kindFamily);
  const v2 = features({ kind: 'model-release', says: 'Acme releases V2 coding model', by: ['Acme'], date: '2025-01' });
  const vague = features({ kind: 'model-release', says: 'Acme releases coding model', by: ['Acme'], date: '2025-01' });
  const v3 = features({ kind: 'model-release', says: 'Acme releases V3 coding model', by: ['Acme'], date: '2025-01' });
  expect(scoreReportToEvent(vague, [v2]).merge).toBe(true);
  expect(scoreReportToEvent(v3, [vague]).merge).toBe(true);
  expect(scoreReportToEvent(v3, [v2, vague])).toMatchObject({ merge: false, closest: v2.reportId });
});

test.each([
  ['Acme releases V2 of Rocket 3.5 to 48 cities for $8 billion', [], ['3.5', 'v2'], ['48']],
  ['GPT-4o and Qwen2.5-Max against o3', [], ['2.5', '4o', 'o3'], []],
  ['Series A of 20 million yuan in May 2024, up 30%', [], ['series-a'], ['30%']],
  ['seed round closed on 5 June', [], ['series-seed'], []],
  ['36Kr tells of a 12-hour outage on 2025-01-27', ['36Kr'], [], ['12']],
  ['the 14th plan for 2021-25 costs 3.2bn euros', [], [], []],
  ['Boeing 737-800', [], ['737-800'], []],
  ['no digits here', [], [], []],
])('markers of %j', (title, names, markers, numbers) => {
  expect(readMarkers(title, names)).toEqual({ markers, numbers });
});

test.each([
  [[8e9, 'USD'], [8.3e9, 'USD'], 'same'],
  [[8e9, 'USD'], [6e10, 'CNY'], 'same'],
  [[8e9, 'USD'], [1.4e11, 'USD'], 'different'],
  [[1e8, 'USD'], [1.2e8, 'USD'], 'near'],
  [[2e9, 'USD'], [2.2e9, 'USD'], 'close'],
  [[1e8, 'USD'], [8e8, 'CNY'], 'close'],
  [[1e8, 'USD'], [1e8, 'XXX'], 'unknown'],
  [[0, 'USD'], [0, 'USD'], 'same'],
  [[0, 'USD'], [1, 'USD'], 'different'],
] as [[number, string], [number, string], string][])('%j and %j are %s', (a, b, relation) => {
  expect(compareAmounts(amountOf(...a), amountOf(...b))).toBe(relation);
  expect(compareAmounts(amountOf(...b), amountOf(...a))).toBe(relation);
});

const NOUNS = ['lynx', 'otter', 'robot', 'school', 'V2', 'V3', 'cloud', 'privacy', 'acme', 'china'];
const NAMES = ['Acme', 'Borealis', 'China', 'South Korea', 'Lynx', 'Ministry'];
const DATES = ['2025-01-27', '2025-01-28', '2025-01', '2024~', '../2030', '2025-04-20/..'];

const anyReport = fc
  .record({
    kind: fc.constantFrom('model-release', 'product-launch', 'ban', 'fund-launch'),
    status: fc.constantFrom('occurred', 'occurred', 'planned', 'forecast'),
    words: fc.array(fc.constantFrom(...NOUNS), { minLength: 1, maxLength: 5 }),
    date: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
    by: fc.subarray(NAMES, { maxLength: 1 }),
    names: fc.subarray(NAMES, { maxLength: 2 }),
    in: fc.subarray(['CN', 'KR', 'US'], { maxLength: 2 }),
    sum: fc.option(fc.tuple(fc.constantFrom(8e9, 8.3e9, 1.4e11, 6e10), fc.constantFrom('USD', 'CNY')), {
      nil: undefined,
    }),
    at: fc.constantFrom('2025-02-01', '2025-04-10', '2025-05-28'),
    source: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'),
    withParties: fc.boolean(),
  })
  .map(({ words, withParties, by, names, ...given }) =>
    report({ ...(given as Given), says: words.join(' '), by: withParties ? by : [], names: withParties ? names : [] }),
  );

test('whatever could merge shares a candidate key', () => {
  let merged = 0;
  fc.assert(
    fc.property(anyReport, anyReport, (a, b) => {
      if (!scoreReports(a, b, kindFamily).merge) return;
      merged += 1;
      const keys = new Set(candidateKeys(a, kindFamily));
      expect(candidateKeys(b, kindFamily).some((key) => keys.has(key))).toBe(true);
    }),
    { numRuns: 8_000 },
  );
  expect(merged).toBeGreaterThan(10);
});

test('a country in a headline is no name to look under, nor is a part of its name; its firms are', () => {
  const keys = candidateKeys(
    report({ says: 'South Korea puts limits on drones of Hanwool', kind: 'regulation' }),
    kindFamily,
  );
  expect(keys).not.toEqual(expect.arrayContaining([expect.stringMatching(/^rules\|(?:south-)?korea$|^rules\|south$/)]));
  expect(keys).toEqual(expect.arrayContaining(['rules|hanwool', 'rules|country:KR|hanwool']));
});

test('a word, or a sum of nobody, that very many events share is no longer looked under; names, sums of places and addresses always are', () => {
  for (const word of ['rules|country:KR|notice', 'rules|*|notice', 'rules|*|sum:81']) {
    expect([isCommonKey(word, 300), isCommonKey(word, 301)]).toEqual([false, true]);
  }
  for (const key of ['acme', 'rules|acme', 'country:KR|sum:81', 'url|daily.example/1']) {
    expect(isCommonKey(key, 1_000_000)).toBe(false);
  }
});

test('scores are symmetric', () => {
  fc.assert(
    fc.property(anyReport, anyReport, (a, b) => {
      expect(scoreReports(a, b, kindFamily)).toEqual(scoreReports(b, a, kindFamily));
    }),
    { numRuns: 1_000 },
  );
});

test('the order of arrival does not change an event', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyReport, { minLength: 1, maxLength: 8 })
        .chain((claims) =>
          fc.tuple(
            fc.constant(claims),
            fc.shuffledSubarray(claims, { minLength: claims.length, maxLength: claims.length }),
          ),
        ),
      ([claims, shuffled]) => {
        expect(buildEvent('evt_1', shuffled)).toEqual(buildEvent('evt_1', claims));
      },
    ),
    { numRuns: 500 },
  );
});

describe('an event of its claims', () => {
  test('takes the most precise date that most sources allow, and counts sources, not reports', () => {
    const event = buildEvent('evt_1', [
      report({ says: 'A', by: ['Acme'], date: '2025-01', at: '2025-02-01', source: 'One' }),
      report({ says: 'B', by: ['Acme'], date: '2025-01-20', at: '2025-02-02', source: 'Two' }),
      report({ says: 'C', names: ['Acme', 'China'], date: '2025-01-25', at: '2025-02-03', source: 'Three' }),
      report({ says: 'D', by: ['Acme'], date: '2025-01-20', at: '2025-02-04', source: 'Three' }),
    ]);
    expect(event).toMatchObject({
      headline: 'A',
      date: { edtf: '2025-01-20', precision: 'day', display: '20 January 2025' },
      sourceCount: 3,
      disputes: [{ field: 'date', values: ['2025-01-20', '2025-01-25'] }],
      entities: [
        { id: 'acme', role: 'agent' },
        { id: 'china', role: 'mention' },
      ],
    });
    expect(event.reports.map((shown) => shown.claims.headline)).toEqual(['A', 'B', 'C', 'D']);
    expect(event.importance).toBeGreaterThan(50);
    expect(event.confidence).toBeGreaterThan(0.9);
  });

  test('has occurred when one source says so, and keeps the planned date if that had come', () => {
    const planned = report({ status: 'planned', date: '2025-09-01', at: '2025-03-14' });
    expect(buildEvent('evt_1', [planned, report({ at: '2025-09-02' })])).toMatchObject({
      status: 'occurred',
      date: { edtf: '2025-09-01' },
    });
    expect(buildEvent('evt_1', [planned, report({ at: '2025-08-02' })])).toMatchObject({
      status: 'occurred',
      date: { edtf: null, display: 'undated' },
      bounds: { lower: null, upper: '2025-08-02' },
    });
  });

  test('takes the sum that most sources give and tells of the others', () => {
    expect(
      buildEvent('evt_1', [
        report({ sum: [1e8, 'USD'], at: '2025-01-01' }),
        report({ sum: [1.2e8, 'USD'], at: '2025-01-02' }),
        report({ sum: [1.2e8, 'USD'], at: '2025-01-03' }),
      ]),
    ).toMatchObject({
      amount: { value: 1.2e8 },
      disputes: [{ field: 'amount', values: ['120000000 USD', '100000000 USD'] }],
    });
  });

  test('believes a text that others copy once, and every source that speaks for itself', () => {
    const wire =
      'The authority said on Tuesday that it would fine the firm for selling the records of two million patients without asking any of them.';
    const told = (source: string, evidence: string) => report({ source, evidence, at: '2025-01-01' });
    const alone = buildEvent('evt_1', [told('One', wire)]);
    const copied = buildEvent('evt_1', [told('One', wire), told('Two', wire), told('Three', wire)]);
    const own =
      'Two million patients never agreed that their records be sold, and so the firm pays, the authority ruled this week.';
    const confirmed = buildEvent('evt_1', [told('One', wire), told('Two', wire), told('Three', own)]);
    expect(copied).toMatchObject({ confidence: alone.confidence, sourceCount: 3 });
    expect(confirmed.confidence).toBeGreaterThan(alone.confidence);
  });

  test('of equally frequent sums takes the one that more trusted sources give', () => {
    const sure = { ...report({ sum: [1.3e8, 'USD'], at: '2025-01-02' }), confidence: 0.9 };
    const unsure = { ...report({ sum: [1e8, 'USD'], at: '2025-01-01' }), confidence: 0.4 };
    expect(buildEvent('evt_1', [unsure, sure])).toMatchObject({ amount: { value: 1.3e8 } });
  });

  test('a sum converted at another rate is no dispute, another sum in the same currency is', () => {
    const given = (sum: [number, string]) => report({ sum, at: '2025-01-02' });
    expect(buildEvent('evt_1', [given([1e8, 'USD']), given([8e8, 'CNY'])]).disputes).toEqual([]);
    expect(buildEvent('evt_1', [given([1e8, 'USD']), given([1.1e8, 'USD'])]).disputes).toHaveLength(1);
  });

  test('shows the earliest fifty reports', () => {
    const event = buildEvent(
      'evt_1',
      Array.from({ length: 70 }, () => report({})),
    );
    expect(event.reports).toHaveLength(50);
    expect(event.sourceCount).toBe(70);
  });

  test('needs a claim', () => {
    expect(() => buildEvent('evt_1', [])).toThrow("event 'evt_1' has no claims");
  });
});

describe('developments', () => {
  const state = (...claims: Report[]) => ({ ...buildEvent('evt_1', claims), retracted: false });
  const first = report({ says: 'A', date: '2025-01', source: 'One', at: '2025-02-01' });
  test.each([
    ['another source', [first], [first, report({ date: '2025-01', at: '2025-02-02' })], ['corroborated']],
    ['the same source again', [first], [first, report({ date: '2025-01', source: 'One', at: '2025-02-02' })], []],
    [
      'a closer date',
      [first],
      [first, report({ date: '2025-01-20', source: 'One', at: '2025-02-02' })],
      ['date_narrowed'],
    ],
    ['a first date', [report({ source: 'One', says: 'A' })], [first], ['date_narrowed']],
    ['another date', [first], [{ ...first, date: parseEdtf('2024-12') }], ['corrected']],
    ['no date any more', [first], [{ ...first, date: UNDATED }], ['corrected']],
    ['the same days in other signs', [first], [{ ...first, date: parseEdtf('2025-01-01/2025-01-31') }], []],
    ['a first sum', [first], [{ ...first, amount: amountOf(1e8, 'USD') }], ['amount_changed']],
    [
      'the sum a little rounder',
      [{ ...first, amount: amountOf(8.3e9, 'USD') }],
      [{ ...first, amount: amountOf(8e9, 'USD') }],
      [],
    ],
    ['another headline', [first], [{ ...first, headline: 'B' }], ['corrected']],
    ['planned, then done', [{ ...first, status: 'planned' as const }], [first], ['status_changed']],
    [
      'a dispute',
      [report({ date: '2025-01-20', source: 'One', at: '2025-02-01', says: 'A' })],
      [
        report({ date: '2025-01-20', source: 'One', at: '2025-02-01', says: 'A' }),
        report({ date: '2025-01-21', source: 'One', at: '2025-02-02' }),
      ],
      ['disputed'],
    ],
  ])('%s', (_, before, after, developments) => {
    expect(developmentsOf(state(...before), state(...after))).toEqual(developments);
  });

  test('a new event is recorded, a retracted one retracted once, a revived one corrected', () => {
    const event = state(first);
    expect(developmentsOf(null, event)).toEqual(['recorded']);
    expect(developmentsOf(event, { ...event, retracted: true })).toEqual(['retracted']);
    expect(developmentsOf({ ...event, retracted: true }, { ...event, retracted: true })).toEqual([]);
    expect(developmentsOf({ ...event, retracted: true }, event)).toEqual(['corrected']);
  });
});

const shared = resolve(__dirname, '../../../../shared');
const SEEDS = resolve(shared, 'gold/seeds.json');
const withSeeds = existsSync(SEEDS) ? test : test.skip;
const reason = existsSync(SEEDS) ? '' : ' (skipped: no shared data)';

interface Seeds {
  articles: {
    file: string;
    publishedAt: string;
    events: {
      id: string;
      kind: string;
      status: Report['status'];
      headline: string;
      date: string | null;
      entities: string[];
      amount: { value: number; currency: string } | null;
      evidence: string;
    }[];
  }[];
  sameEvent: string[][];
  sameEventOptional: string[][];
  differentEvent: string[][];
}

withSeeds(`told apart and put together as a careful reader does${reason}`, () => {
  const seeds = JSON.parse(readFileSync(SEEDS, 'utf8')) as Seeds;
  const reports = seeds.articles.flatMap((article) =>
    article.events.map((event) =>
      report({
        id: event.id,
        kind: event.kind,
        status: event.status,
        says: event.headline,
        by: event.entities,
        at: article.publishedAt,
        article: article.file,
        evidence: event.evidence,
        ...(event.date === null ? {} : { date: event.date }),
        ...(event.amount === null ? {} : { sum: [event.amount.value, event.amount.currency] as [number, string] }),
      }),
    ),
  );
  const allowed = new Set(
    [...seeds.sameEvent, ...seeds.sameEventOptional].map((group) => [...group].sort()).flatMap(pairsOf),
  );
  const required = new Set(seeds.sameEvent.map((group) => [...group].sort()).flatMap(pairsOf));
  const merged = new Set<string>();
  for (const a of reports) {
    for (const b of reports) {
      if (a.reportId < b.reportId && scoreReports(a, b, kindFamily).merge) merged.add(`${a.reportId} ${b.reportId}`);
    }
  }
  expect([...required].filter((pair) => !merged.has(pair))).toEqual([]);
  expect([...merged].filter((pair) => !allowed.has(pair))).toEqual([]);
});

function pairsOf(group: string[]): string[] {
  return group.flatMap((a, i) => group.slice(i + 1).map((b) => `${a} ${b}`));
}

const GAZETTE = resolve(shared, 'data/load/federal-register.jsonl.gz');
const withGazette = existsSync(GAZETTE) ? test : test.skip;

withGazette(
  `items of a gazette stay apart however alike their titles${existsSync(GAZETTE) ? '' : ' (skipped: no shared data)'}`,
  () => {
    const items = gunzipSync(readFileSync(GAZETTE))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .slice(0, 1_500)
      .map(
        (line) =>
          JSON.parse(line) as { id: string; published: string; title: string; summary: string | null; url: string },
      );
    const features = items.map((item) =>
      featuresOf(
        report({
          id: item.id,
          kind: 'regulation',
          says: item.title.slice(0, 500),
          ...(item.summary === null ? {} : { summary: item.summary }),
          at: item.published.slice(0, 10),
          date: item.published.slice(0, 10),
          source: 'Gazette',
          url: item.url,
          in: ['US'],
          by: ['Aviation Agency'],
        }),
        kindFamily,
      ),
    );
    const merged: string[] = [];
    features.forEach((a, i) => {
      for (const b of features.slice(i + 1, i + 60)) {
        const score = scoreReportToEvent(a, [b]);
        if (score.merge) merged.push(`${a.reportId} ${b.reportId}`);
      }
    });
    expect(merged.length).toBeLessThanOrEqual(items.length / 100);
  },
);
