import { findDates } from '@themeline/dates';
import { parse as chronoParse } from 'chrono-node';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sharedFolder } from './gold.reader';
import { differenceOf, type Interval, translated } from './date-conventions';
import type { Ratio } from './detection.scorer';

interface PhraseAt extends Interval {
  readonly start: number;
  readonly end: number;
}

type Reader = (text: string, reference: string) => PhraseAt[];

const READERS: Record<'themeline' | 'chrono-node', Reader> = {
  themeline: (text, reference) =>
    findDates(text, { reference }).map(({ start, end, lower, upper }) => ({
      start,
      end,
      lo: lower ?? '..',
      hi: upper ?? '..',
    })),
  'chrono-node': (text, reference) =>
    chronoParse(text, new Date(`${reference}T12:00:00`)).map(({ index, text: phrase, start, end }) => ({
      start: index,
      end: index + phrase.length,
      ...chronoInterval(start, end),
    })),
};

/** What chrono is certain of decides the precision: a known month without a known day is the whole month. */
function chronoInterval(
  start: ReturnType<typeof chronoParse>[number]['start'],
  end: ReturnType<typeof chronoParse>[number]['end'],
): Interval {
  const first = chronoSpan(start);
  return { lo: first.lo, hi: end ? chronoSpan(end).hi : first.hi };
}

function chronoSpan(parsed: ReturnType<typeof chronoParse>[number]['start']): Interval {
  const [year, month, day] = [parsed.get('year') ?? 0, parsed.get('month') ?? 1, parsed.get('day') ?? 1];
  const text = (m: number, d: number): string =>
    `${String(year).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  if (parsed.isCertain('day') || parsed.isCertain('weekday') || !parsed.isCertain('month')) {
    if (
      parsed.isCertain('year') &&
      !parsed.isCertain('month') &&
      !parsed.isCertain('day') &&
      !parsed.isCertain('weekday')
    )
      return { lo: text(1, 1), hi: text(12, 31) };
    return { lo: text(month, day), hi: text(month, day) };
  }
  return { lo: text(month, 1), hi: text(month, new Date(Date.UTC(year, month, 0)).getUTCDate()) };
}

interface Case {
  readonly text: string;
  /** the marked phrase */
  readonly expr?: string;
  readonly ref?: string;
  readonly start: number;
  readonly end: number;
  readonly accept?: readonly Interval[];
  readonly lo: string;
  readonly hi: string;
  readonly scored?: boolean;
}

export interface DateSetScore {
  readonly set: string;
  /** Right where nothing is found. */
  readonly dateless: boolean;
  readonly themeline: Ratio;
  readonly chrono: Ratio;
}

/** Added to the name of a set for its phrases on which the conventions do not differ. */
export const COMPARABLE = ', conventions alike';

/** Added to the name of a set where its answers are put into this product's conventions first. */
export const TRANSLATED = ', answers translated';

/** Sets with a marked phrase: right when a phrase that touches it has exactly an accepted interval. */
const MARKED = ['meantime-apple/dev.jsonl', 'timex-recognizers/dev.jsonl'];
/** Sets with conventions of their own: counted again without the phrases on which these differ, and with all phrases and translated answers. */
const DIFFERING = ['timex-recognizers/dev.jsonl'];
/** Texts without a date: right when none is found. */
const DATELESS = [
  'timex-recognizers/negatives.jsonl',
  'timex-duckling/negatives.jsonl',
  'timex-chrono/negatives.jsonl',
];
/** For texts of a set that names no reference day. */
const ANY_REFERENCE = '2020-01-15';

/** "DATE  set «text» 'phrase' first/last, not first/last (what the set means by such phrases)" */
function missLine(set: string, item: Case): string {
  const read = READERS.themeline(item.text, item.ref ?? ANY_REFERENCE)
    .map(({ start, end, lo, hi }) => `'${item.text.slice(start, end)}' ${lo}/${hi}`)
    .join(', ');
  const accepted = (item.accept ?? (item.lo ? [item] : [])).map(({ lo, hi }) => `${lo}/${hi}`).join(' or ');
  const difference = DIFFERING.includes(set) ? differenceOf(item.expr ?? '') : null;
  return `DATE   ${set} «${item.text}» ${read || 'none'}${accepted && `, not ${accepted}`}${difference ? ` (there ${difference})` : ''}`;
}

/** How many rows of a set accept an answer that this product's conventions give too: more can't be exact without breaking them. */
function allowed(cases: readonly Case[]): Ratio {
  const right = cases.filter(({ accept, lo, hi, expr, ref }) =>
    (accept ?? [{ lo, hi }]).some((answer) => {
      const ours = translated(answer, expr ?? '', ref ?? ANY_REFERENCE);
      return ours !== null && isOneOf([answer])(ours);
    }),
  ).length;
  return { right, asked: cases.length };
}

/** The public date sets, read by this product and by chrono-node in the same run; null where the shared data is absent. */
export function scoreDateSets(): {
  sets: DateSetScore[];
  /** by set with conventions of its own */
  most: { set: string; allowed: Ratio }[];
  lines: string[];
} | null {
  const folder = resolve(sharedFolder, 'data/dates');
  if (!existsSync(folder)) return null;
  const rows = (file: string): Case[] =>
    readFileSync(resolve(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case);
  const lines: string[] = [];
  const score = (set: string, cases: readonly Case[], right: (read: Reader, item: Case) => boolean): DateSetScore => {
    const ratio = (read: Reader): Ratio => ({
      right: cases.filter((item) => right(read, item)).length,
      asked: cases.length,
    });
    if (!set.endsWith(COMPARABLE) && !set.endsWith(TRANSLATED))
      for (const item of cases) if (!right(READERS.themeline, item)) lines.push(missLine(set, item));
    return {
      set,
      dateless: DATELESS.includes(set),
      themeline: ratio(READERS.themeline),
      chrono: ratio(READERS['chrono-node']),
    };
  };
  const marked = (set: string, cases: readonly Case[]): DateSetScore => score(set, cases, isExact);
  const scored = (set: string): Case[] => rows(set).filter(({ scored }) => scored !== false);
  const sets = [
    ...MARKED.map((set) => marked(set, scored(set))),
    ...DIFFERING.map((set) =>
      marked(
        set + COMPARABLE,
        scored(set).filter(({ expr }) => differenceOf(expr ?? '') === null),
      ),
    ),
    ...DIFFERING.map((set) => score(set + TRANSLATED, scored(set), isRightTranslated)),
    ...DATELESS.map((set) => score(set, rows(set), findsNothing)),
  ];
  return { sets, most: DIFFERING.map((set) => ({ set, allowed: allowed(scored(set)) })), lines };
}

/** A phrase that touches the marked one has exactly an accepted interval. */
function isExact(read: Reader, item: Case): boolean {
  return touching(read, item).some(isOneOf(item.accept ?? [item]));
}

/** As {@link isExact} for the set's answers in this product's conventions; where these make it no date, nothing touches the marked phrase. */
function isRightTranslated(read: Reader, item: Case): boolean {
  const accepted = (item.accept ?? [item]).map((answer) =>
    translated(answer, item.expr ?? '', item.ref ?? ANY_REFERENCE),
  );
  const found = touching(read, item);
  const dates = accepted.filter((answer) => answer !== null);
  return dates.length === 0 ? found.length === 0 : found.some(isOneOf(dates));
}

const touching = (read: Reader, item: Case): PhraseAt[] =>
  read(item.text, item.ref ?? ANY_REFERENCE).filter(({ start, end }) => start < item.end && end > item.start);

const isOneOf =
  (accepted: readonly Interval[]) =>
  ({ lo, hi }: Interval): boolean =>
    accepted.some((answer) => answer.lo === lo && answer.hi === hi);

function findsNothing(read: Reader, item: Case): boolean {
  return read(item.text, item.ref ?? ANY_REFERENCE).length === 0;
}
