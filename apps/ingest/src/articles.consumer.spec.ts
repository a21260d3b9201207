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

const stored = (found: ExtractedReport[]): ReportDocument[] =>
  reconcile(article, published, found, []).changes.map(({ report, contentHash }) => ({
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
    expect(reconcile(article, published, [ban, deal], stored([ban, deal]))).toEqual({ changes: [], vanished: [] });
  });

  test('a sentence that was edited keeps its report’s id and makes a new version', () => {
    const before = stored([ban, deal]);
    const edited = extract('ban', 'Norland has banned the Zephyr app on all public phones.');
    const { changes, vanished } = reconcile(article, published, [edited, deal], before);
    expect(vanished).toEqual([]);
    expect(changes.map(({ from, report }) => [from, report.reportId, report.version])).toEqual([
      [1, before[0]?._id, 2],
    ]);
  });

  test('what is new gets a new id, what vanished is withdrawn', () => {
    const before = stored([ban]);
    const { changes, vanished } = reconcile(article, published, [deal], before);
    expect(changes.map(({ from }) => from)).toEqual([0]);
    expect(vanished.map((row) => row._id)).toEqual([before[0]?._id]);
  });

  test('two reports from the same words have two ids', () => {
    const ids = stored([ban, ban]).map((row) => row._id);
    expect(new Set(ids).size).toBe(2);
  });
});
