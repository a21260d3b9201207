import { findDates } from '@themeline/dates';
import { parse as chronoParse } from 'chrono-node';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sharedFolder } from './gold.reader';
import type { Ratio } from './detection.scorer';

/** First and last day, `..` where open. */
interface Interval {
  readonly lo: string;
  readonly hi: string;
}

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

/** Sets with a marked phrase: right when a phrase that touches it has exactly an accepted interval. */
const MARKED = ['meantime-apple/dev.jsonl', 'timex-recognizers/dev.jsonl'];
/** Texts without a date: right when none is found. */
const DATELESS = [
  'timex-recognizers/negatives.jsonl',
  'timex-duckling/negatives.jsonl',
  'timex-chrono/negatives.jsonl',
];
/** For texts of a set that names no reference day. */
const ANY_REFERENCE = '2020-01-15';

/** The public date sets, read by this product and by chrono-node in the same run; null where the shared data is absent. */
export function scoreDateSets(): { sets: DateSetScore[]; lines: string[] } | null {
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
    for (const item of cases)
      if (!right(READERS.themeline, item))
        lines.push(
          `DATE   ${set} «${item.text}» ${
            READERS.themeline(item.text, item.ref ?? ANY_REFERENCE)
              .map(({ start, end, lo, hi }) => `'${item.text.slice(start, end)}' ${lo}/${hi}`)
              .join(', ') || 'none'
          }${item.accept ? `, not ${item.accept.map(({ lo, hi }) => `${lo}/${hi}`).join(' or ')}` : item.lo ? `, not ${item.lo}/${item.hi}` : ''}`,
        );
    return {
      set,
      dateless: DATELESS.includes(set),
      themeline: ratio(READERS.themeline),
      chrono: ratio(READERS['chrono-node']),
    };
  };
  const sets = [
    ...MARKED.map((set) =>
      score(
        set,
        rows(set).filter(({ scored }) => scored !== false),
        (read, item) =>
          read(item.text, item.ref ?? ANY_REFERENCE).some(
            ({ start, end, lo, hi }) =>
              start < item.end &&
              end > item.start &&
              (item.accept ?? [item]).some((accepted) => accepted.lo === lo && accepted.hi === hi),
          ),
      ),
    ),
    ...DATELESS.map((set) =>
      score(set, rows(set), (read, item) => read(item.text, item.ref ?? ANY_REFERENCE).length === 0),
    ),
  ];
  return { sets, lines };
}
