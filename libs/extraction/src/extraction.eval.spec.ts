import type { ExtractedReport } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { loadVocabulary } from '@themeline/vocabulary';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extractReports } from './index';

interface GoldEvent {
  id: string;
  kind: string;
  altKinds?: string[];
  status: string;
  altStatus?: string[];
  date: string | null;
  lower: string | null;
  upper: string | null;
  altDates?: (string | null)[];
  amount: { value: number; currency: string } | null;
  altAmounts?: { value: number; currency: string }[];
  evidence: string;
  mentions?: string[];
  required: boolean;
}

interface GoldArticle {
  file: string;
  title: string;
  publishedAt: string;
  events: GoldEvent[];
  nonEvents: string[];
}

export interface Score {
  precision: number;
  recall: number;
  f1: number;
  dates: number;
  amounts: number;
  lines: string[];
}

/** Half of the shorter of two texts, counted in characters of their common part by place in the article. */
function overlaps(text: string, report: ExtractedReport, quote: string): boolean {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const common = Math.min(report.evidence.end, at + quote.length) - Math.max(report.evidence.start, at);
    if (common * 2 >= Math.min(quote.length, report.evidence.text.length)) return true;
  }
  return false;
}

function dateFits(report: ExtractedReport, event: GoldEvent): boolean {
  const accepted = [event.date, ...(event.altDates ?? [])].map((edtf) =>
    edtf === null ? { lower: null, upper: null } : parseEdtf(edtf),
  );
  return accepted.some(({ lower, upper }) => lower === report.date.lower && upper === report.date.upper);
}

export function scoreArticles(articles: readonly GoldArticle[], read: (file: string) => string): Score {
  const vocabulary = loadVocabulary();
  let [matched, required, falseReports, found, dated, datesAsked, sums, sumsAsked] = [0, 0, 0, 0, 0, 0, 0, 0];
  const lines: string[] = [];
  for (const article of articles) {
    const text = read(article.file);
    const reports = extractReports({ title: article.title, text, publishedAt: article.publishedAt }, vocabulary);
    const open = new Set(article.events);
    const ranked = reports.flatMap((report) =>
      article.events
        .filter((event) => event.kind === report.kind || event.altKinds?.includes(report.kind))
        .filter((event) => [event.evidence, ...(event.mentions ?? [])].some((quote) => overlaps(text, report, quote)))
        .map((event) => ({
          report,
          event,
          value:
            Number(event.required) * 2 +
            Number(overlaps(text, report, event.evidence)) +
            Number(dateFits(report, event)) +
            Number((event.amount?.value ?? null) === (report.amount?.value ?? null)) * 2,
        })),
    );
    ranked.sort((a, b) => b.value - a.value);
    const taken = new Map<ExtractedReport, GoldEvent>();
    for (const { report, event } of ranked) {
      if (taken.has(report) || !open.has(event)) continue;
      taken.set(report, event);
      open.delete(event);
    }
    for (const report of reports) {
      const event = taken.get(report);
      if (!event) {
        falseReports += 1;
        const twin = ranked.find((pair) => pair.report === report)?.event.id;
        lines.push(
          `FALSE ${article.file.slice(0, 3)} ${report.kind}/${report.status} ${report.date.edtf ?? '-'} «${report.evidence.text}» [${report.why.kindRule}: ${report.why.words.join(', ')}]${twin ? ` twin of ${twin}` : ''}`,
        );
        continue;
      }
      found += 1;
      if (event.required) matched += 1;
      datesAsked += 1;
      if (dateFits(report, event)) dated += 1;
      else
        lines.push(
          `DATE  ${event.id} ${report.date.edtf ?? '-'} instead of ${event.date ?? '-'} (${report.date.phrase ?? ''})`,
        );
      const sum = [event.amount, ...(event.altAmounts ?? [])].filter((item) => item !== null);
      if (sum.length > 0 || report.amount) {
        sumsAsked += 1;
        if (sum.some((item) => item.value === report.amount?.value && item.currency === report.amount.currency))
          sums += 1;
        else lines.push(`SUM   ${event.id} ${String(report.amount?.value)} instead of ${String(event.amount?.value)}`);
      }
      if (report.status !== event.status && !event.altStatus?.includes(report.status))
        lines.push(`STATE ${event.id} ${report.status} instead of ${event.status}`);
      lines.push(
        `  ok  ${event.id} ${report.kind} ${report.date.edtf ?? '-'} | ${report.headline} | ${report.entities
          .filter(({ role }) => role !== 'mention')
          .map(({ name, role }) => `${name}:${role}`)
          .join(', ')} | ${report.themes.join(' ')} | ${String(report.confidence)}`,
      );
    }
    required += article.events.filter((event) => event.required).length;
    for (const event of open) if (event.required) lines.push(`MISS  ${event.id} ${event.kind} «${event.evidence}»`);
  }
  const precision = found / Math.max(1, found + falseReports);
  const recall = matched / Math.max(1, required);
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    dates: dated / Math.max(1, datesAsked),
    amounts: sums / Math.max(1, sumsAsked),
    lines,
  };
}

const gold = path.resolve(__dirname, '../../../../shared/gold');

if (!existsSync(path.join(gold, 'seeds.json'))) {
  test.skip('scores the seed articles (skipped: no shared data)', () => undefined);
} else {
  const { articles } = JSON.parse(readFileSync(path.join(gold, 'seeds.json'), 'utf8')) as { articles: GoldArticle[] };
  const score = scoreArticles(articles, (file) => readFileSync(path.join(gold, 'articles', file), 'utf8'));

  test('reads the seed articles well', () => {
    const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
    process.stdout.write(
      `${score.lines.join('\n')}\nprecision ${percent(score.precision)} recall ${percent(score.recall)} F1 ${percent(score.f1)} dates ${percent(score.dates)} amounts ${percent(score.amounts)}\n`,
    );
    expect(score.f1).toBeGreaterThanOrEqual(0.8);
    expect(score.precision).toBeGreaterThanOrEqual(0.8);
  });
}
