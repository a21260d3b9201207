import type { ExtractedReport } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import { extractReports, normaliseName } from '@themeline/extraction';
import type { Vocabulary } from '@themeline/vocabulary';
import { articleOf, type GoldArticle, type GoldEvent } from './gold.reader';

/** A count of right answers among those asked for. */
export interface Ratio {
  readonly right: number;
  readonly asked: number;
}

export interface DetectionScore {
  readonly articles: number;
  /** Required events found with their kind, all required ones, and reports that tell nothing of the gold. */
  readonly matched: number;
  readonly required: number;
  readonly falseReports: number;
  /** Of the matched events: those with a gold date, those without one, with a gold sum, all, and the gold's participants. */
  readonly dates: Ratio;
  readonly undated: Ratio;
  readonly amounts: Ratio;
  readonly statuses: Ratio;
  readonly entities: Ratio;
  readonly themes: Ratio;
  /** Reports that lie on a sentence which must give none. */
  readonly onNonEvents: number;
  /** One line per miss, false report and wrong detail. */
  readonly lines: readonly string[];
}

export const precisionOf = ({ matched, falseReports }: DetectionScore): number =>
  matched / Math.max(1, matched + falseReports);
export const recallOf = ({ matched, required }: DetectionScore): number => matched / Math.max(1, required);
export const f1Of = (score: DetectionScore): number => {
  const [precision, recall] = [precisionOf(score), recallOf(score)];
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
};
export const share = ({ right, asked }: Ratio): number => (asked === 0 ? 1 : right / asked);

/** How far a place and a quotation cover the same text, 0 to 1; 0 where they share less than half of the shorter one's characters. */
export function overlap(text: string, { start, end }: { start: number; end: number }, quote: string): number {
  let best = 0;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const common = Math.min(end, at + quote.length) - Math.max(start, at);
    if (common > 0 && common * 2 >= Math.min(quote.length, end - start))
      best = Math.max(best, common / (Math.max(end, at + quote.length) - Math.min(start, at)));
  }
  return best;
}

const liesOn = (text: string, { evidence }: ExtractedReport, quote: string): boolean =>
  overlap(text, evidence, quote) > 0;

const liesOnEvent = (text: string, report: ExtractedReport, { evidence, mentions }: GoldEvent): boolean =>
  [evidence, ...mentions].some((quote) => liesOn(text, report, quote));

/** Two dates are equally good with the same first and last day, however they are written. */
function dateFits({ date }: ExtractedReport, event: GoldEvent): boolean {
  return [event.date, ...event.altDates].some((edtf) => {
    const { lower, upper } = edtf === null ? { lower: null, upper: null } : parseEdtf(edtf);
    return lower === date.lower && upper === date.upper;
  });
}

const amountFits = ({ amount }: ExtractedReport, event: GoldEvent): boolean =>
  [event.amount, ...event.altAmounts].some((sum) => sum?.value === amount?.value && sum?.currency === amount?.currency);

/** "Ministry of Education (China)" → the name alone, by its canonical spelling where one is known. */
function canonical(name: string, vocabulary: Vocabulary): string {
  const bare = name.replace(/\s*\([^)]*\)\s*$/, '');
  return normaliseName(vocabulary.resolveEntity(bare)?.name ?? bare);
}

/** One report to one event, the best pairs first: a required event, its own evidence, the right date and sum. */
function pairUp(article: GoldArticle, reports: readonly ExtractedReport[]): Map<ExtractedReport, GoldEvent> {
  const pairs = reports.flatMap((report) =>
    article.events
      .filter(({ kind, altKinds }) => kind === report.kind || altKinds.includes(report.kind))
      .filter((event) => liesOnEvent(article.text, report, event))
      .map((event) => ({
        report,
        event,
        value:
          Number(event.required) * 4 +
          Number(amountFits(report, event)) * 2 +
          Number(liesOn(article.text, report, event.evidence)) +
          Number(dateFits(report, event)),
      })),
  );
  pairs.sort((a, b) => b.value - a.value);
  const taken = new Map<ExtractedReport, GoldEvent>();
  const told = new Set<GoldEvent>();
  for (const { report, event } of pairs) {
    if (taken.has(report) || told.has(event)) continue;
    taken.set(report, event);
    told.add(event);
  }
  return taken;
}

/**
 * Reads the articles and compares the reports with their gold. A report counts for an event when its evidence shares half of the shorter with the
 * event's evidence or a mention and its kind is accepted; one report to one event. An unmatched report is false unless it lies on an event that is
 * not required. Details are scored on matched required events only.
 */
export function scoreDetection(articles: readonly GoldArticle[], vocabulary: Vocabulary): DetectionScore {
  const counts = { matched: 0, required: 0, falseReports: 0, onNonEvents: 0 };
  const ratio = (): { right: number; asked: number } => ({ right: 0, asked: 0 });
  const details = {
    dates: ratio(),
    undated: ratio(),
    amounts: ratio(),
    statuses: ratio(),
    entities: ratio(),
    themes: ratio(),
  };
  const lines: string[] = [];
  for (const article of articles) {
    const { text } = article;
    const reports = extractReports(articleOf(article), vocabulary);
    const taken = pairUp(article, reports);
    const note = (label: string, detail: string): void =>
      void lines.push(`${label.padEnd(6)} ${article.name} ${detail}`);
    const count = (which: keyof typeof details, right: boolean, wrong: () => string): void => {
      details[which].asked += 1;
      if (right) details[which].right += 1;
      else note(which === 'undated' ? 'DATE' : which.replace(/(?:es|s)$/, '').toUpperCase(), wrong());
    };
    for (const report of reports) {
      const event = taken.get(report);
      const on = article.nonEvents.find((quote) => liesOn(text, report, quote));
      if (on !== undefined) counts.onNonEvents += 1;
      if (event === undefined) {
        if (article.events.some((item) => !item.required && liesOnEvent(text, report, item))) continue;
        counts.falseReports += 1;
        note('FALSE', `${describe(report)}${on === undefined ? '' : ' (must give none)'}`);
        continue;
      }
      if (!event.required) continue;
      counts.matched += 1;
      const { edtf, phrase } = report.date;
      count(
        event.date === null ? 'undated' : 'dates',
        dateFits(report, event),
        () => `${event.id} ${edtf ?? 'none'} («${phrase ?? ''}»), not ${event.date ?? 'none'} «${event.evidence}»`,
      );
      if (event.amount)
        count(
          'amounts',
          amountFits(report, event),
          () =>
            `${event.id} ${String(report.amount?.value)} ${report.amount?.currency ?? ''}, not ${String(event.amount?.value)} ${event.amount?.currency ?? ''} «${event.evidence}»`,
        );
      count(
        'statuses',
        report.status === event.status || event.altStatus.includes(report.status),
        () => `${event.id} ${report.status}, not ${event.status} «${report.evidence.text}»`,
      );
      const names = new Set(report.entities.map(({ name }) => canonical(name, vocabulary)));
      for (const name of event.entities) {
        const found = names.has(canonical(name, vocabulary));
        count(
          'entities',
          found,
          () => `${event.id} '${name}' is not among ${report.entities.map((entity) => entity.name).join(', ')}`,
        );
      }
      for (const theme of event.themes)
        count(
          'themes',
          report.themes.includes(theme),
          () => `${event.id} '${theme}' is not among ${report.themes.join(', ')}`,
        );
    }
    const told = new Set(taken.values());
    for (const event of article.events) {
      if (!event.required) continue;
      counts.required += 1;
      if (told.has(event)) continue;
      const others = reports.filter((report) => liesOnEvent(text, report, event));
      note(
        'MISS',
        `${event.id} ${event.kind}/${event.status} «${event.evidence}»${others.length === 0 ? '' : ` (read as ${others.map(({ kind }) => kind).join(', ')})`}`,
      );
    }
  }
  return { articles: articles.length, ...counts, ...details, lines };
}

const describe = ({ kind, status, date, evidence, why }: ExtractedReport): string =>
  `${kind}/${status} ${date.edtf ?? 'undated'} «${evidence.text}» [${why.kindRule}: ${why.words.join(', ')}]`;
