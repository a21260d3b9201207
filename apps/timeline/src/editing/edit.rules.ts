import { type Development, DEVELOPMENTS, type Report } from '@themeline/contracts';
import { displayDate, type DayInterval, fallbackBounds } from '@themeline/dates';
import { developmentsOf, type EventFields } from '@themeline/merging';
import type { CorrectedField, Corrections, Edit, EventDocument, Snapshot } from '../timeline.collections';

/** The corrections that stand after an edit. */
export function correctionsAfter(before: Corrections, edit: Edit | undefined): Corrections {
  switch (edit?.type) {
    case 'correct':
      return { ...without(before, edit.fields), ...edit.set };
    case 'merge':
      return { ...edit.corrections, ...before };
    case 'split':
      return without(before, fieldsThatStand(before, edit.corrections));
    default:
      return before;
  }
}

/** An editor's correction of some fields, with what undoing it needs. */
export function correctionOf(
  before: Corrections,
  fields: readonly CorrectedField[],
  set: Corrections,
): Edit & { type: 'correct' } {
  const others = (Object.keys(before) as CorrectedField[]).filter((field) => !fields.includes(field));
  return { type: 'correct', fields: [...fields], set, was: without(before, others) };
}

/** Of the fields that were set to something, those that still are: a later edit of the same field is not undone with an earlier one. */
export function fieldsThatStand(now: Corrections, set: Corrections): CorrectedField[] {
  return (Object.keys(set) as CorrectedField[]).filter((field) => same(now[field], set[field]));
}

export function without(corrections: Corrections, fields: readonly CorrectedField[]): Corrections {
  return Object.fromEntries(
    Object.entries(corrections).filter(([field]) => !fields.includes(field as CorrectedField)),
  ) as Corrections;
}

/** What the claims say, with what editors say in its place; a dispute that an editor has decided is none any more. */
export function corrected<F extends Omit<EventFields, 'reports'>>(
  fields: F,
  corrections: Corrections,
  claims: readonly Report[],
): F {
  const { date, ...others } = corrections;
  const status = corrections.status ?? fields.status;
  const shown = date === undefined ? fields.date : { ...date, display: displayDate(date.edtf) };
  const moved = date !== undefined || (fields.date.edtf === null && status !== fields.status);
  return {
    ...fields,
    ...others,
    date: shown,
    disputes: fields.disputes.filter(({ field }) => !(field in corrections)),
    bounds: moved ? boundsOf(shown, status, claims) : fields.bounds,
  };
}

function boundsOf(date: Snapshot['date'], status: Snapshot['status'], claims: readonly Report[]): DayInterval {
  if (date.edtf !== null) return { lower: date.lower, upper: date.upper, approximate: date.approximate };
  const days = claims.map((claim) => claim.publishedAt.slice(0, 10)).sort();
  const day = status === 'occurred' ? days[0] : days[days.length - 1];
  return day === undefined ? { lower: null, upper: null, approximate: false } : fallbackBounds(status, day);
}

/** What of a merge or split is new about the happening itself; that it now has other sources and another headline is not. */
const FACTS: ReadonlySet<Development> = new Set([
  'date_narrowed',
  'amount_changed',
  'status_changed',
  'disputed',
  'retracted',
]);

/** What an edit is to those who follow the event. */
export function developmentsOfEdit(edit: Edit, before: EventDocument | null, after: Snapshot): Development[] {
  const found = developmentsOf(before?.snapshot ?? null, after);
  const facts = found.filter((development) => FACTS.has(development));
  switch (edit.type) {
    case 'retract':
    case 'restore':
      return found;
    case 'correct':
      return inOrder([...found.filter((development) => development !== 'corrected'), 'corrected']);
    case 'merge':
      return inOrder(['merged', ...facts]);
    case 'split':
      return inOrder(['split', ...facts]);
    case 'split-off':
      // An event that comes back was told of before; a new one is news.
      return before === null ? found : facts.filter((development) => development === 'retracted');
    case 'merged-away':
      return [];
  }
}

function inOrder(developments: readonly Development[]): Development[] {
  return DEVELOPMENTS.filter((development) => developments.includes(development));
}

/** The ids that an event stands for, its own first. */
export function lineageAfter(id: string, before: readonly string[], edit: Edit | undefined): string[] {
  if (edit?.type === 'merge') return [...new Set([...before, ...edit.lineage])];
  if (edit?.type === 'split') return before.filter((other) => other === id || !edit.lineage.includes(other));
  return [...before];
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
