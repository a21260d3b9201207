import type { Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily, rebuild, scoreReports } from '@themeline/merging';
import { loadVocabulary } from '@themeline/vocabulary';
import { LiveTimeline } from '../../libs/merging/src/live.timeline';
import { type Ratio, share } from './detection.scorer';
import { gazetteItems, originalOf, scoreGazette } from './gazette.rewording';
import { type OwnSet, seedArticles } from './gold.reader';
import { type GoldForm, goldReport, ownTellings, readReports, reportOf, seedGold, type Telling } from './merging.gold';
import { seededRandom } from '../support/seeded-random';
import { agreementOf, lookalikesApart, pairsOf, type PartitionScore, scorePartition } from './merging.scorer';

const HELP = `npm run eval:merge [-- options]   How well reports are put together into events.

  --set NAME   only seeds, develop, set-aside or gazette
  --form NAME  only told, plain or read (see below)
  --blind      print no details of the set-aside tellings (for use while rules are written)
  --summary    print the tables only
  --help       this text

told: what a careful reader reports, with roles and countries. plain: the same with names alone. read: what is read from the texts; recall is
given of the tellings that were read and of all. Seeds and the gazette need the shared data beside the repository; without it they are left
out and said to be.`;

const options = process.argv.slice(2);
const option = (name: string): string | undefined => {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
};
if (options.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
  process.exit(0);
}
const wants = (name: string, value: string): boolean => (option(name) ?? value) === value;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const ratio = (value: Ratio): string => `${percent(share(value))} (${String(value.right)}/${String(value.asked)})`;

function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  print('');
}

const vocabulary = loadVocabulary();
const kindFamily: KindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
const group = (reports: readonly Report[]): string[][] =>
  rebuild(reports.map((report) => featuresOf(report, kindFamily)));
const lines: string[] = [];
/** Random orders of arrival that are tried for each set. */
const ORDERS = 5;
const orders = [
  ['live beside rebuilt', 'reports', 'pairs that agree, as published', `worst of ${String(ORDERS)} random orders`],
];

function explain(label: string, pairs: readonly [string, string][], byId: ReadonlyMap<string, Report>): void {
  for (const [a, b] of pairs) {
    const [left, right] = [byId.get(a), byId.get(b)];
    if (left === undefined || right === undefined) continue;
    const { score, parts } = scoreReports(left, right, kindFamily);
    lines.push(`${label} ${a} | ${b}: ${String(score)}`);
    for (const report of [left, right]) lines.push(`    ${describe(report)}`);
    lines.push(`    ${parts.map(({ name, value, note }) => `${name} ${String(value)} (${note})`).join('; ')}`);
  }
}

const describe = ({ kind, status, date, headline, entities, amount, countries }: Report): string =>
  `${kind}/${status} ${date.edtf ?? 'undated'} «${headline}» ${entities.map(({ id, role }) => `${id}:${role}`).join(' ')} ${countries.join()} ${amount === null ? '' : `${String(amount.value)} ${amount.currency}`}`;

function rowOf(name: string, score: PartitionScore, apart: Ratio, ofAll: string): string[] {
  return [name, ratio(score.precision), ratio(score.recall), ofAll, percent(score.bCubedF1), ratio(apart)];
}

/** The tellings of a set, put together as a careful reader reports them. */
function told(set: OwnSet, tellings: readonly Telling[], form: GoldForm): string[] {
  const reports = tellings.map((telling) => goldReport(telling, form, vocabulary));
  const groups = group(reports);
  const score = scorePartition(groups, new Map(tellings.map(({ id, happening }) => [id, happening])));
  orders.push(liveRow(`${set}, ${form}`, reports));
  detail(`${set} ${form}`, set, score, reports);
  return rowOf(`${set}, ${form}`, score, lookalikesApart(groups, tellings), '');
}

/** The tellings as they are read from their texts, everything else that is read beside them. */
function read(set: OwnSet, tellings: readonly Telling[]): string[] {
  const all = tellings.map((telling) => ({ telling, reports: readReports(telling, vocabulary) }));
  const chosen = all.flatMap(({ telling, reports }) => {
    const report = reportOf(telling, reports);
    return report === null ? [] : [{ telling, report }];
  });
  const groups = group(all.flatMap(({ reports }) => reports));
  orders.push(
    liveRow(
      `${set}, read`,
      all.flatMap(({ reports }) => reports),
    ),
  );
  const score = scorePartition(
    groups,
    new Map(chosen.map(({ telling, report }) => [report.reportId, telling.happening])),
  );
  detail(
    `${set} read`,
    set,
    score,
    chosen.map(({ report }) => report),
  );
  const unread = tellings.filter(({ id }) => !chosen.some(({ telling }) => telling.id === id));
  if (!blind(set)) for (const { id, evidence } of unread) lines.push(`UNREAD ${id} «${evidence}»`);
  const asked = pairsOf(tellings).filter(([a, b]) => a.happening === b.happening).length;
  const tellingOf = chosen.map(({ telling, report }) => ({ ...telling, id: report.reportId }));
  return rowOf(
    `${set}, read (${String(chosen.length)} of ${String(tellings.length)})`,
    score,
    lookalikesApart(groups, tellingOf),
    percent(score.recall.right / asked),
  );
}

const blind = (set: OwnSet): boolean => set === 'set-aside' && options.includes('--blind');

function detail(name: string, set: OwnSet, score: PartitionScore, reports: readonly Report[]): void {
  if (blind(set)) return;
  const byId = new Map(reports.map((report) => [report.reportId, report]));
  explain(`WRONG  ${name}:`, score.wrongPairs, byId);
  explain(`MISSED ${name}:`, score.missedPairs, byId);
}

function seeds(): string[][] {
  const gold = seedGold();
  const articles = seedArticles();
  if (gold === null || articles === null) {
    print('seeds: skipped, no shared data');
    return [];
  }
  const plain = gold.reports.map((given) => goldReport(given, 'plain', vocabulary));
  const rows = wants('--form', 'plain')
    ? [seedRow('seeds, plain', gold, plain, new Map(plain.map((r) => [r.reportId, r.reportId])))]
    : [];
  if (!wants('--form', 'read')) return rows;
  const reports = articles.flatMap((article) => readReports({ ...article, id: article.name }, vocabulary));
  const found = new Map<string, string>();
  for (const { id, article, evidence, kind, gold: event } of gold.reports) {
    const on = reports.filter(
      (report) =>
        report.reportId.startsWith(`${article}#`) &&
        [report.evidence, ...report.mentions].some((quote) => quote !== null && overlap(quote.text, evidence)),
    );
    const sum = event.amount?.value;
    const alike = on.filter((candidate) => candidate.kind === kind);
    // A sentence that tells of two sums gives two reports.
    const report = alike.find(({ amount }) => amount?.value === sum) ?? alike[0] ?? on[0];
    if (report !== undefined) found.set(id, report.reportId);
  }
  return [...rows, seedRow('seeds, read', gold, reports, found)];
}

/** Do two quotations of one text share at least half of the shorter one? Either may begin before the other. */
function overlap(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const half = Math.ceil(short.length / 2);
  return long.includes(short.slice(0, half)) || long.includes(short.slice(-half));
}

function seedRow(
  name: string,
  gold: NonNullable<ReturnType<typeof seedGold>>,
  reports: readonly Report[],
  reportOfGold: ReadonlyMap<string, string>,
): string[] {
  const groups = group(reports);
  const groupOf = new Map(groups.flatMap((members, index) => members.map((member) => [member, index] as const)));
  const placeOf = (id: string): number => groupOf.get(reportOfGold.get(id) ?? '') ?? -1;
  const together = ([a, b]: readonly [string, string]): boolean => placeOf(a) >= 0 && placeOf(a) === placeOf(b);
  const same = gold.same.flatMap(pairsOf);
  const allowed = new Set(gold.allowed.flatMap(pairsOf).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const joined = pairsOf(gold.reports.map(({ id }) => id).filter((id) => reportOfGold.has(id)))
    // Two gold events that were read as one report are the reader's affair.
    .filter(([a, b]) => reportOfGold.get(a) !== reportOfGold.get(b))
    .filter(together);
  const wrong = joined.filter(([a, b]) => !allowed.has(`${a} ${b}`));
  const byId = new Map(reports.map((report) => [report.reportId, report]));
  const named = (pairs: readonly [string, string][]): [string, string][] =>
    pairs.map(([a, b]) => [reportOfGold.get(a) ?? a, reportOfGold.get(b) ?? b]);
  explain(`WRONG  ${name}:`, named(wrong), byId);
  explain(`MISSED ${name}:`, named(same.filter((pair) => !together(pair))), byId);
  const apart = gold.different.filter((pair) => !together(pair)).length;
  return [
    name,
    ratio({ right: joined.length - wrong.length, asked: joined.length }),
    ratio({ right: same.filter(together).length, asked: same.length }),
    '',
    '',
    ratio({ right: apart, asked: gold.different.length }),
  ];
}

/** How far the timeline that takes reports as they come agrees with the rebuild of the same, in the order of publication and in random ones. */
function liveRow(name: string, reports: readonly Report[]): string[] {
  const claims = reports.map((report) => featuresOf(report, kindFamily));
  const rebuilt = rebuild(claims);
  const live = (ordered: readonly ClaimFeatures[]): Ratio => {
    const timeline = new LiveTimeline();
    for (const claim of ordered) timeline.accept(claim);
    return agreementOf(rebuilt, timeline.groups());
  };
  const published = [...reports.keys()].sort(
    (a, b) => Date.parse(reports[a]?.publishedAt ?? '') - Date.parse(reports[b]?.publishedAt ?? ''),
  );
  const shuffles = Array.from({ length: ORDERS }, (_, seed) => live(shuffled(claims, seededRandom(seed + 1))));
  const worst = shuffles.reduce((least, one) => (share(one) < share(least) ? one : least));
  return [name, String(reports.length), ratio(live(published.flatMap((at) => claims[at] ?? []))), ratio(worst)];
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const drawn = items.map((item) => ({ item, at: random() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function gazette(): void {
  const items = gazetteItems();
  if (items === null) {
    print('gazette: skipped, no shared data');
    return;
  }
  const began = performance.now();
  const { reports, wrong, found, lost } = scoreGazette(items, group);
  const seconds = (performance.now() - began) / 1_000;
  const falsely = wrong.flat().length;
  table([
    ['gazette', 'items', 'falsely merged', 'copies that found their original', 'seconds'],
    [
      '',
      String(items.length),
      `${((falsely / reports.length) * 100).toFixed(3)} % (${String(falsely)}/${String(reports.length)})`,
      ratio(found),
      seconds.toFixed(1),
    ],
  ]);
  const byId = new Map(reports.map((report) => [report.reportId, report]));
  const mixed = wrong.slice(0, 20).flatMap((ids) => pairsOf(ids).filter(([a, b]) => originalOf(a) !== originalOf(b)));
  orders.push(liveRow('gazette with copies', reports));
  explain('WRONG  gazette:', mixed, byId);
  explain('MISSED gazette:', lost.slice(0, 20), byId);
}

const rows = [['tellings', 'pairwise precision', 'pairwise recall', 'of all', 'B-cubed F1', 'look-alikes apart']];
if (wants('--set', 'seeds')) rows.push(...seeds());
for (const set of ['develop', 'set-aside'] as const) {
  if (!wants('--set', set)) continue;
  const tellings = ownTellings(set);
  for (const form of ['told', 'plain'] as const) if (wants('--form', form)) rows.push(told(set, tellings, form));
  if (wants('--form', 'read')) rows.push(read(set, tellings));
}
if (rows.length > 1) table(rows);
if (wants('--set', 'gazette') && option('--form') === undefined) gazette();
if (orders.length > 1) table(orders);
if (!options.includes('--summary')) for (const line of lines) print(line);
