import type { Development, TimelineEvent } from '@themeline/contracts';
import { overlaps, spanInDays } from '@themeline/dates';
import { compareAmounts } from './amount.comparison';

type Told = Pick<
  TimelineEvent,
  'kind' | 'status' | 'headline' | 'date' | 'amount' | 'sourceCount' | 'disputes' | 'retracted'
>;

/**
 * What became new between two states of an event, in the order of DEVELOPMENTS; empty when nothing that anyone follows did.
 * `developmentsOf(null, event)` → `['recorded']`; one more source with a closer date → `['corroborated', 'date_narrowed']`
 */
export function developmentsOf(before: Told | null, after: Told): Development[] {
  if (before === null) return ['recorded'];
  if (after.retracted) return before.retracted ? [] : ['retracted'];
  const found: Development[] = [];
  const corroborated = after.sourceCount > before.sourceCount;
  if (corroborated) found.push('corroborated');
  const date = dateChange(before, after);
  if (date === 'date_narrowed') found.push(date);
  if (sumChanged(before, after)) found.push('amount_changed');
  if (before.status !== after.status) found.push('status_changed');
  if (after.disputes.some((dispute) => isNewDispute(dispute, before))) found.push('disputed');
  const reworded = !corroborated && (before.kind !== after.kind || before.headline !== after.headline);
  if (date === 'corrected' || before.retracted || reworded) found.push('corrected');
  return found;
}

function dateChange(before: Told, after: Told): 'date_narrowed' | 'corrected' | null {
  if (before.date.edtf === after.date.edtf) return null;
  if (before.date.edtf === null) return 'date_narrowed';
  if (after.date.edtf === null) return 'corrected';
  const closer =
    spanInDays(after.date) < spanInDays(before.date) || (before.date.approximate && !after.date.approximate);
  if (closer && overlaps(before.date, after.date)) return 'date_narrowed';
  const sameDays = before.date.lower === after.date.lower && before.date.upper === after.date.upper;
  return sameDays && before.date.approximate === after.date.approximate ? null : 'corrected';
}

function sumChanged(before: Told, after: Told): boolean {
  if (before.amount === null || after.amount === null) return before.amount !== after.amount;
  if (before.amount.currency === after.amount.currency && before.amount.value === after.amount.value) return false;
  return compareAmounts(before.amount, after.amount) !== 'same';
}

function isNewDispute(dispute: TimelineEvent['disputes'][number], before: Told): boolean {
  const known = before.disputes.find((other) => other.field === dispute.field);
  return known === undefined || dispute.values.some((value) => !known.values.includes(value));
}
