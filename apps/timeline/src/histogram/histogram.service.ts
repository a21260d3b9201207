import { Injectable } from '@nestjs/common';
import { calendarDay, dayNumber, daysInMonth } from '@themeline/dates';
import type { Facet } from '../events/event.facets';
import type { Selection } from '../events/event.search';
import type { Criteria, DayRange } from '../events/filter.criteria';
import { CountingRepository } from '../rollups/counting.repository';
import { type DateCell, dayCellOf, monthCellOf, readCell } from '../rollups/date.cell';
import { countsFor, RollupReader, rolledUpTags, type Unfolded } from '../rollups/rollup.reader';
import { ALL, type CountedRow, facetOf, valueOf } from '../rollups/rollup.tally';
import type { RollupDocument } from '../timeline.collections';
import { RollupsRepository } from '../rollups/rollups.repository';
import { type BucketOptions, drawn, type Histogram, histogramOf, type Place, placing } from './histogram.buckets';
import type { HistogramOptions, HistogramOut } from './histogram.query';

/** How many values of a facet get a histogram of their own. */
const SERIES = 20;

type Cells = Map<string, number>;

/** Counts the events of a selection by time. */
@Injectable()
export class HistogramService {
  constructor(
    private readonly rollups: RollupsRepository,
    private readonly reader: RollupReader,
    private readonly counting: CountingRepository,
  ) {}

  async count(selection: Selection, { interval, imprecise, by }: HistogramOptions): Promise<HistogramOut> {
    const { from, to } = selection.filter;
    const options: BucketOptions = {
      interval,
      imprecise,
      first: from === undefined ? null : dayNumber(from),
      last: to === undefined ? null : dayNumber(to),
    };
    const found = await this.fromRollups(selection, options, by);
    return { interval, ...(found ?? (await this.fromRows(selection, options, by))) };
  }

  private async fromRollups(
    { seq, criteria }: Selection,
    options: BucketOptions,
    by: Facet | undefined,
  ): Promise<Omit<HistogramOut, 'interval'> | null> {
    const tags = rolledUpTags(criteria);
    // Undated events within days are found by a bound that is not rolled up, and so is everything by three things at once.
    if (tags === null || (criteria.days === null) !== criteria.undated) return null;
    if (by !== undefined && !tags.includes(ALL)) return null;
    const toMonth = options.interval !== 'day' && options.interval !== 'week' && isOfMonths(criteria.days);
    const ofEntities = by === 'entity' || tags.some((tag) => facetOf(tag) === 'entity');
    if (ofEntities && !toMonth) return null;
    return this.reader.at(seq, async (unfolded) => {
      const values = by === undefined ? [] : (await this.rollups.findTop(by, SERIES)).map(({ _id }) => _id);
      const months = toMonth ? await this.rollups.findByTag([...tags, ...values], { months: 1 }) : null;
      const places = new CellPlaces(criteria, options);
      const draw = async (names: readonly string[]): Promise<Histogram> =>
        drawn(places.of(await this.cellsOf(names, months, unfolded)));
      const whole = await draw(tags);
      if (by === undefined) return { ...whole, capped: false };
      const series = await Promise.all(values.map(async (tag) => ({ value: valueOf(tag), ...(await draw([tag])) })));
      return { ...whole, capped: false, series: series.filter(({ total }) => total > 0) };
    });
  }

  /** `months`: what is stored of the tags to the month; null: they are read to the day. */
  private async cellsOf(
    tags: readonly string[],
    months: ReadonlyMap<string, Partial<RollupDocument>> | null,
    { changes }: Unfolded,
  ): Promise<Cells> {
    const cells: Cells = new Map();
    const add = (key: string, count: number): void => void cells.set(key, (cells.get(key) ?? 0) + count);
    const addAll = (counts: Record<string, number> | undefined): void => {
      for (const key in counts) add(key, counts[key] ?? 0);
    };
    if (months !== null) for (const tag of tags) addAll(months.get(tag)?.months);
    else {
      for (const tag of tags) for (const { days } of await this.rollups.findDays(tag)) addAll(days);
    }
    for (const { row, by } of changes) {
      if (countsFor(row, tags)) add(months === null ? dayCellOf(row).key : monthCellOf(row), by);
    }
    return cells;
  }

  private async fromRows(
    selection: Selection,
    options: BucketOptions,
    by: Facet | undefined,
  ): Promise<Omit<HistogramOut, 'interval'>> {
    const { rows, capped } = await this.counting.findRows(selection);
    const draw = (some: readonly CountedRow[]): Histogram =>
      histogramOf(
        some.map(({ lower, upper, dated, approximate }) => ({ lower, upper, undated: !dated, approximate, count: 1 })),
        options,
      );
    if (by === undefined) return { ...draw(rows), capped };
    const byTag = new Map<string, CountedRow[]>();
    for (const row of rows) {
      for (const tag of row.tags.filter((name) => facetOf(name) === by)) {
        const some = byTag.get(tag);
        if (some === undefined) byTag.set(tag, [row]);
        else some.push(row);
      }
    }
    const most = [...byTag].sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1)).slice(0, SERIES);
    return { ...draw(rows), capped, series: most.map(([tag, some]) => ({ value: valueOf(tag), ...draw(some) })) };
  }
}

/** Days that begin and end with a month hold all of a month's cell or nothing. */
function isOfMonths(days: DayRange | null): boolean {
  if (days === null) return true;
  const { first, last } = days;
  const end = last === null ? null : calendarDay(last);
  return (
    (first === null || calendarDay(first).day === 1) && (end === null || end.day === daysInMonth(end.year, end.month))
  );
}

/** The places of cells, for several histograms that have most of their cells in common. */
class CellPlaces {
  /** Null: the days of the criteria do not let the cell through, as they do not in the list. */
  private readonly known = new Map<string, Place | null>();
  private readonly placeOf: (cell: DateCell) => Place;

  constructor(
    private readonly criteria: Criteria,
    options: BucketOptions,
  ) {
    this.placeOf = placing(options);
  }

  *of(cells: Cells): Generator<{ place: Place; count: number }> {
    for (const [key, count] of cells) {
      const place = this.find(key);
      if (place !== null) yield { place, count };
    }
  }

  private find(key: string): Place | null {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const cell = readCell(key);
    const { days } = this.criteria;
    const place = days === null || meets(cell, days) ? this.placeOf(cell) : null;
    this.known.set(key, place);
    return place;
  }
}

function meets({ lower, upper, undated, approximate }: DateCell, { first, last, certain }: DayRange): boolean {
  if (undated) return false;
  if (certain) {
    if (approximate) return false;
    return (
      (first === null || (lower !== null && lower >= first)) && (last === null || (upper !== null && upper <= last))
    );
  }
  return (last === null || lower === null || lower <= last) && (first === null || upper === null || upper >= first);
}
