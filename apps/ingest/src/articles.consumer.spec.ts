import { ExtractedReport, UNDATED } from '@themeline/contracts';
import { reconcile } from './articles.consumer';
import { ArticleDocument, ReportDocument } from './ingest.collections';

const published = new Date('2025-03-01');
const article: ArticleDocument = {
  _id: 'art_1',
  owner: 'local',
  version: 1,
  contentHash: '',
  state: 'queued',
  reason: null,
  input: { text: 'x' },
  title: null,
  url: null,
  source: { id: 'src_1', name: 'Wire', url: null },
  publishedAt: published,
  receivedAt: published,
};

const extract = (kind: string, evidence: string, headline = evidence): ExtractedReport => ({
  kind,
  status: 'occurred',
  headline,
  summary: null,
  date: { ...UNDATED, phrase: null },
  entities: [],
  countries: [],
  amount: null,
  themes: [],
  evidence: { text: evidence, start: 0, end: evidence.length },
  mentions: [],
  importance: 50,
  confidence: 0.5,
  why: { kindRule: 'test', words: [], dateRule: null },
});

const never = (): boolean => false;

const stored = (found: ExtractedReport[]): ReportDocument[] =>
  reconcile(article, published, found, [], never).changes.map(({ report, contentHash }) => ({
    _id: report.reportId,
    owner: 'local',
    version: report.version,
    contentHash,
    articleId: article._id,
    report,
    state: 'accepted' as const,
    eventId: null,
    updatedAt: published,
  }));

describe('reading an article again', () => {
  const ban = extract('ban', 'Norland banned the Zephyr app on public phones.');
  const deal = extract('acquisition', 'Ostrava Labs bought Pinewood for $3 million.');

  test('the same reading changes nothing', () => {
    expect(reconcile(article, published, [ban, deal], stored([ban, deal]), never)).toEqual({
      changes: [],
      vanished: [],
    });
  });

  test('a sentence that was edited keeps its report’s id and makes a new version', () => {
    const before = stored([ban, deal]);
    const edited = extract('ban', 'Norland has banned the Zephyr app on all public phones.');
    const { changes, vanished } = reconcile(article, published, [edited, deal], before, never);
    expect(vanished).toEqual([]);
    expect(changes.map(({ from, report }) => [from, report.reportId, report.version])).toEqual([
      [1, before[0]?._id, 2],
    ]);
  });

  test('what is new gets a new id, what vanished is withdrawn', () => {
    const before = stored([ban]);
    const { changes, vanished } = reconcile(article, published, [deal], before, never);
    expect(changes.map(({ from }) => from)).toEqual([0]);
    expect(vanished.map((row) => row._id)).toEqual([before[0]?._id]);
  });

  test('a reader that takes the same words for another kind makes a new version', () => {
    const before = stored([ban, deal]);
    const other = extract('regulation', ban.evidence.text);
    const { changes, vanished } = reconcile(article, published, [deal, other], before, never);
    expect(vanished).toEqual([]);
    expect(changes.map(({ report }) => [report.reportId, report.version, report.kind])).toEqual([
      [before[0]?._id, 2, 'regulation'],
    ]);
  });

  test('one that finds a second thing in the same words adds it, and the first keeps its id', () => {
    const before = stored([ban]);
    const other = extract('regulation', ban.evidence.text);
    const { changes, vanished } = reconcile(article, published, [other, ban], before, never);
    expect(vanished).toEqual([]);
    expect(changes.map(({ from, report }) => [from, report.kind])).toEqual([[0, 'regulation']]);
  });

  test('the same happening in other words keeps its id; what was withdrawn does not lend its own', () => {
    const rewritten = extract('ban', 'Phones of the state may not carry Zephyr any more, the ministry said.');
    const same = (a: { kind: string }, b: { kind: string }): boolean => a.kind === b.kind;
    const before = stored([ban, deal]);
    const { changes, vanished } = reconcile(article, published, [rewritten, deal], before, same);
    expect(vanished).toEqual([]);
    expect(changes.map(({ report }) => [report.reportId, report.version])).toEqual([[before[0]?._id, 2]]);
    const gone = before.map((row) => ({ ...row, state: 'withdrawn' as const }));
    expect(reconcile(article, published, [rewritten], gone, same).changes.map(({ from }) => from)).toEqual([0]);
  });

  test('two reports from the same words have two ids', () => {
    const ids = stored([ban, ban]).map((row) => row._id);
    expect(new Set(ids).size).toBe(2);
  });
});
