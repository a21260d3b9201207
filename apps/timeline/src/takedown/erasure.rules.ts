import { REMOVED_HEADLINE, type ReportErased, type TimelineEvent } from '@themeline/contracts';
import { wordsOf } from '../events/search.fields';
import type { ClaimDocument, Corrections, RevisionDocument } from '../timeline.collections';

/** What an event may go on saying: the words of reports that stay, and of editors. */
export type Kept = Pick<ReportErased['events'][number], 'headlines' | 'summaries'>;

/** The words of these claims and of what editors set, each once. */
export function keptOf(claims: readonly ClaimDocument[], corrections: readonly Corrections[]): Kept {
  const said = [...claims.flatMap((claim) => claim.report ?? []), ...corrections];
  const unique = (values: readonly (string | null | undefined)[]): string[] => [
    ...new Set(values.filter((value) => typeof value === 'string')),
  ];
  return {
    headlines: unique(said.map(({ headline }) => headline)),
    summaries: unique(said.map(({ summary }) => summary)),
  };
}

type Told = Pick<TimelineEvent, 'headline' | 'summary'>;

/** Without the words that nobody who stays has said; the same object where there are none. */
export function erased<T extends Told>(told: T, kept: Kept): T {
  const headline = keptHeadline(told.headline, kept);
  const summary = keptSummary(told.summary, kept);
  return headline === told.headline && summary === told.summary ? told : { ...told, headline, summary };
}

const keptHeadline = (headline: string, kept: Kept): string =>
  headline === REMOVED_HEADLINE || kept.headlines.includes(headline) ? headline : REMOVED_HEADLINE;

const keptSummary = (summary: string | null, kept: Kept): string | null =>
  summary !== null && kept.summaries.includes(summary) ? summary : null;

/** Of a revision what an erasure changes; null where it leaves it as it is. */
export function erasedRevision(
  revision: RevisionDocument,
  kept: Kept,
): Pick<RevisionDocument, 'snapshot' | 'changes' | 'terms' | 'wording'> | null {
  const snapshot = erased(revision.snapshot, kept);
  const changes = revision.changes.map((change) => erasedChange(change, kept));
  if (snapshot === revision.snapshot && changes.every((change, index) => change === revision.changes[index]))
    return null;
  return { snapshot, changes, ...wordsOf(snapshot) };
}

function erasedChange(change: RevisionDocument['changes'][number], kept: Kept): RevisionDocument['changes'][number] {
  const keep = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (change.field === 'headline') return keptHeadline(value, kept);
    return change.field === 'summary' ? keptSummary(value, kept) : value;
  };
  const before = keep(change.before);
  const after = keep(change.after);
  return before === change.before && after === change.after ? change : { ...change, before, after };
}
