import type { ExtractedReport } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { loadVocabulary } from '@themeline/vocabulary';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { extractReports } from './index';

interface Expected {
  kind: string;
  alt?: string[];
  status?: string;
  anyStatus?: boolean;
  /** Absent: not looked at. */
  date?: string | null;
  altDates?: (string | null)[];
  amount?: [number, string];
  agent?: string;
  evidence: string;
  optional?: boolean;
}

interface TestArticle {
  title: string;
  publishedAt: string;
  locale?: string;
  text: string;
  events: Expected[];
  not: string[];
}

const folder = path.resolve(__dirname, '../test-articles');
const vocabulary = loadVocabulary();

const articles = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, article: parse(readFileSync(path.join(folder, name), 'utf8')) as TestArticle }));

const read = (article: TestArticle): ExtractedReport[] =>
  extractReports(
    {
      title: article.title,
      text: article.text,
      publishedAt: article.publishedAt,
      ...(article.locale ? { locale: article.locale } : {}),
    },
    vocabulary,
  );

const tells = (text: string, report: ExtractedReport, words: string): boolean => {
  const at = text.indexOf(words);
  const within = (start: number | null, end: number | null): boolean =>
    start !== null && end !== null && Math.min(end, at + words.length) - Math.max(start, at) > words.length / 2;
  return (
    at >= 0 &&
    (within(report.evidence.start, report.evidence.end) || report.mentions.some(({ start, end }) => within(start, end)))
  );
};

describe.each(articles)('$name', ({ article }) => {
  const reports = read(article);
  const summary = (): string =>
    reports
      .map(
        (report) =>
          `${report.kind}/${report.status} ${report.date.edtf ?? '-'} ${String(report.amount?.value ?? '')} «${report.evidence.text}» ${report.entities.map(({ name, role }) => `${name}:${role}`).join(', ')} [${report.why.kindRule}]`,
      )
      .join('\n');
  const found = (event: Expected): ExtractedReport | undefined =>
    reports
      .filter(
        (report) =>
          tells(article.text, report, event.evidence) &&
          (report.kind === event.kind || event.alt?.includes(report.kind)),
      )
      .sort((a, b) => a.evidence.end - a.evidence.start - (b.evidence.end - b.evidence.start))[0];

  test.each(article.events.filter(({ optional }) => !optional))('finds $kind: $evidence', (event) => {
    const report = found(event);
    if (!report) throw new Error(`no ${event.kind} with «${event.evidence}» in\n${summary()}`);
    if (!event.anyStatus) expect(report.status).toBe(event.status ?? 'occurred');
    if (event.date !== undefined) {
      const accepted = [event.date, ...(event.altDates ?? [])].map((edtf) =>
        edtf === null ? 'undated' : `${String(parseEdtf(edtf).lower)}/${String(parseEdtf(edtf).upper)}`,
      );
      expect(accepted).toContain(
        report.date.edtf === null ? 'undated' : `${String(report.date.lower)}/${String(report.date.upper)}`,
      );
    }
    if (event.amount) expect(report.amount).toMatchObject({ value: event.amount[0], currency: event.amount[1] });
    if (event.agent)
      expect(
        report.entities.filter(({ role }) => role === 'agent' || role === 'partner').map(({ name }) => name),
      ).toContain(event.agent);
  });

  test('finds nothing else', () => {
    const others = reports.filter(
      (report) =>
        !article.events.some(
          (event) =>
            tells(article.text, report, event.evidence) &&
            (report.kind === event.kind || event.alt?.includes(report.kind)),
        ),
    );
    expect(
      others.map(
        (report) =>
          `${report.kind}/${report.status} «${report.evidence.text}» [${report.why.kindRule}: ${report.why.words.join(', ')}]`,
      ),
    ).toEqual([]);
  });

  test('evidence is an exact part of the text', () => {
    for (const report of reports) {
      for (const { text, start, end } of [report.evidence, ...report.mentions]) {
        expect(article.text.slice(start ?? 0, end ?? 0)).toBe(text);
      }
    }
  });

  test.each(article.not)('makes no report of: %s', (words) => {
    expect(article.text).toContain(words);
    expect(
      reports
        .filter((report) => tells(article.text, report, words))
        .map(({ kind, evidence }) => `${kind} «${evidence.text}»`),
    ).toEqual([]);
  });
});
