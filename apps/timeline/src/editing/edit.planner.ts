import { deriveId, type Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily, scoreReportToEvent, SCORED_CLAIMS } from '@themeline/merging';
import type { OutboxMessage } from '@themeline/messaging';
import { mergeAway, revise, type Revised } from '../merge/event.reviser';
import type { EventChange } from '../merge/timeline.writer';
import type { ThemeSet } from '../themes/themes.repository';
import {
  type ClaimDocument,
  type Corrections,
  type Edit,
  type EventDocument,
  OPEN_END,
  type PartingDocument,
  type PinDocument,
  type RevisionDocument,
} from '../timeline.collections';
import { fieldsThatStand, without } from './edit.rules';

/** Everything that an edit writes. */
export interface EditPlan {
  changes: EventChange[];
  freshClaims: ClaimDocument[];
  endedClaims: ClaimDocument[];
  pins: PinDocument[];
  partings: PartingDocument[];
  assignments: OutboxMessage[];
}

/** Who does it, why, and by which rules the events are written anew. */
export interface EditContext {
  author: string;
  reason: string;
  undoes?: number;
  now: Date;
  themes: ThemeSet;
  kindFamily: KindFamily;
}

/** An edit of one event alone. `claims` are all that hold in it. */
export function planAlone(
  event: EventDocument,
  edit: Edit,
  claims: readonly ClaimDocument[],
  context: EditContext,
): EditPlan {
  const change = revised(event._id, event, edit, reportsOf(claims), [], context);
  return { ...nothing(), changes: [change] };
}

/**
 * Merges `other` into `event`: its claims, the ids that it stood for, and its corrections where the heir has none of its own. All
 * reports that were ever in either are bound to the heir. `claims` are the newest of those reports.
 */
export function planMerge(
  event: EventDocument,
  other: EventDocument,
  claims: readonly ClaimDocument[],
  given: EditContext,
): EditPlan {
  const context = { ...given, now: latest(given.now, event, other) };
  const moving = claims.filter((claim) => claim.lastEventId === other._id);
  const edit: Edit = {
    type: 'merge',
    other: other._id,
    reportIds: moving.map((claim) => claim.reportId).sort(),
    lineage: other.lineage,
    corrections: without(other.corrections, Object.keys(event.corrections) as (keyof Corrections)[]),
  };
  const heir = revised(event._id, event, edit, reportsOf(claims), heldIds(moving), context, other.heardLive);
  const gone = mergeAway(other, event._id, causeOf(context, heldIds(moving)), context.now);
  const by = `${event._id}@${String(heir.after.revision)}`;
  return {
    ...moved(moving, heir.after, gone.event.revision, context),
    changes: [heir, changeOf(other, gone)],
    pins: claims.map((claim) => ({ _id: claim.reportId, eventId: event._id, by })),
    partings: [],
  };
}

export interface SplitInput {
  /** Newest claims of all reports that are or were last in the event. */
  claims: readonly ClaimDocument[];
  /** Those that go, by report. */
  moving: ReadonlySet<string>;
  /** Those that a person has decided about, by report: they stay where they come to be. */
  decided: ReadonlySet<string>;
  to: { id: string; before: EventDocument | null };
  /** Corrections that a merge had brought with what now goes. */
  corrections: Corrections;
}

/** Takes reports out of `event` to an event of their own: a new one, or one that had been merged into it and now comes back. */
export function planSplit(event: EventDocument, input: SplitInput, given: EditContext): EditPlan {
  const { claims, to } = input;
  const context = { ...given, now: latest(given.now, event, to.before) };
  const moving = claims.filter((claim) => input.moving.has(claim.reportId));
  const staying = claims.filter((claim) => !input.moving.has(claim.reportId));
  const lineage = to.before === null ? [] : to.before.lineage.filter((id) => event.lineage.includes(id));
  const edit: Edit = {
    type: 'split',
    other: to.id,
    reportIds: moving.map((claim) => claim.reportId).sort(),
    lineage,
    corrections: input.corrections,
  };
  const rest = revised(event._id, event, edit, reportsOf(staying), heldIds(moving), context);
  const revived = to.before === null ? null : { ...to.before, lineage: [...new Set([to.id, ...lineage])] };
  const splitOff: Edit = { type: 'split-off', other: event._id };
  const off = revised(to.id, revived, splitOff, reportsOf(moving), heldIds(moving), context);
  const by = `${event._id}@${String(rest.after.revision)}`;
  return {
    ...moved(moving, off.after, rest.after.revision, context),
    changes: [rest, { ...off, before: to.before }],
    pins: claims
      .filter((claim) => input.decided.has(claim.reportId))
      .map(({ reportId }) => ({ _id: reportId, eventId: input.moving.has(reportId) ? to.id : event._id, by })),
    partings: [partingOf(event._id, to.id, by)],
  };
}

/**
 * Of reports that came to an event after another was merged into it, those that belong to what had been merged: they tell of it,
 * and more so than of what stays.
 */
export function nearerTo(
  brought: readonly Report[],
  own: readonly Report[],
  later: readonly Report[],
  kindFamily: KindFamily,
): Set<string> {
  const features = (reports: readonly Report[]): ClaimFeatures[] =>
    reports.slice(0, SCORED_CLAIMS).map((report) => featuresOf(report, kindFamily));
  const [theirs, ours] = [features(brought), features(own)];
  const nearer = later.filter((report) => {
    const one = featuresOf(report, kindFamily);
    const [there, here] = [scoreReportToEvent(one, theirs), scoreReportToEvent(one, ours)];
    return there.merge && (!here.merge || there.score > here.score);
  });
  return new Set(nearer.map((report) => report.reportId));
}

/** What is left of a correction to take back, as a correction; null when later edits have replaced all of it. */
export function inverseOf(edit: Edit & { type: 'correct' }, now: Corrections): (Edit & { type: 'correct' }) | null {
  const released = edit.fields.filter((field) => !(field in edit.set) && !(field in now));
  const fields = [...fieldsThatStand(now, edit.set), ...released];
  if (fields.length === 0) return null;
  const others = (of: Corrections): (keyof Corrections)[] =>
    (Object.keys(of) as (keyof Corrections)[]).filter((field) => !fields.includes(field));
  return { type: 'correct', fields, set: without(edit.was, others(edit.was)), was: without(now, others(now)) };
}

function revised(
  id: string,
  before: EventDocument | null,
  edit: Edit,
  claims: readonly Report[],
  reportIds: string[],
  context: EditContext,
  heardElsewhere = false,
): EventChange {
  const heard = heardElsewhere || (before?.heardLive ?? claims.some((claim) => !claim.backfill));
  const history = before === null ? claims.every((claim) => claim.backfill) : before.bornBackfill && !heard;
  const result = revise({
    id,
    before,
    claims,
    cause: causeOf(context, reportIds),
    now: context.now,
    themes: context.themes,
    kindFamily: context.kindFamily,
    // Whoever was told hears that it is gone, history or not.
    backfill: history && edit.type !== 'retract',
    heard,
    edit,
  });
  return changeOf(before, result);
}

function changeOf(before: EventDocument | null, { event, revision, message }: Revised): EventChange {
  return { before, after: event, revisions: [revision], messages: [message] };
}

function causeOf({ author, reason, undoes }: EditContext, reportIds: string[]): RevisionDocument['cause'] {
  return { type: 'edit', reportIds, author, reason, ...(undoes === undefined ? {} : { undoes }) };
}

/** The claims that hold go to another event; those of reports that were taken back stay where they ended. */
function moved(
  claims: readonly ClaimDocument[],
  to: EventDocument,
  endsAt: number,
  { author, reason }: EditContext,
): Pick<EditPlan, 'freshClaims' | 'endedClaims' | 'assignments'> {
  const holding = claims.filter((claim) => claim.eventId !== null);
  const place = `${to._id}@${String(to.revision)}`;
  return {
    endedClaims: holding.map((claim) => ({ ...claim, current: false, eventId: null, toRevision: endsAt })),
    freshClaims: holding.map((claim) => ({
      ...claim,
      _id: `${claim.reportId}@${String(claim.version)}>${place}`,
      eventId: to._id,
      lastEventId: to._id,
      fromRevision: to.revision,
      toRevision: OPEN_END,
      merge: {
        decision: 'edited',
        score: null,
        closest: null,
        parts: [{ name: 'editor', value: 0, note: `${author}: ${reason}` }],
      },
    })),
    assignments: holding.map(({ reportId, version }) => ({
      subject: 'report.assigned',
      messageId: deriveId('msg', 'report.assigned', reportId, String(version), place),
      payload: { reportId, version, eventId: to._id, eventRevision: to.revision },
    })),
  };
}

function partingOf(one: string, other: string, by: string): PartingDocument {
  const events: [string, string] = one < other ? [one, other] : [other, one];
  return { _id: events.join('|'), events, by };
}

/** One time for both events, so that no moment lies between the two sides of an edit. */
function latest(now: Date, ...events: (EventDocument | null)[]): Date {
  return new Date(
    Math.max(now.getTime(), ...events.map((event) => (event === null ? 0 : Date.parse(event.snapshot.updatedAt)))),
  );
}

const nothing = (): EditPlan => ({
  changes: [],
  freshClaims: [],
  endedClaims: [],
  pins: [],
  partings: [],
  assignments: [],
});

function reportsOf(claims: readonly ClaimDocument[]): Report[] {
  return claims.filter((claim) => claim.eventId !== null).flatMap((claim) => claim.report ?? []);
}

const heldIds = (claims: readonly ClaimDocument[]): string[] =>
  claims.filter((claim) => claim.eventId !== null).map((claim) => claim.reportId);
