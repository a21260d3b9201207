import { Inject, Injectable } from '@nestjs/common';
import { type Identity, type TimelineEvent } from '@themeline/contracts';
import { badRequest, conflict, notFound, ProblemError } from '@themeline/http';
import type { KindFamily } from '@themeline/merging';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey } from '@themeline/persistence';
import type { Vocabulary } from '@themeline/vocabulary';
import { EventsRepository } from '../events/events.repository';
import { EventsService } from '../events/events.service';
import { MergeRepository } from '../merge/merge.repository';
import { TimelineWriter } from '../merge/timeline.writer';
import { SequencerService } from '../sequence/sequencer.service';
import { ThemesRepository } from '../themes/themes.repository';
import type { CorrectedField, Edit, EventDocument, RevisionDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { readCorrection } from './correction.reader';
import type { CorrectionIn, MergeIn, SplitIn, UndoIn } from './edit.input';
import { type EditContext, type EditPlan, inverseOf, nearerTo, planAlone, planMerge, planSplit } from './edit.planner';
import { correctionOf } from './edit.rules';
import { placeForSplit } from './split.place';

/** How often an edit is worked out again because reports came to the other event meanwhile. */
const MAX_ATTEMPTS = 20;

/** Who edits which state of which event. */
export interface EditOf {
  id: string;
  /** The revision that the editor has seen. */
  seen: number;
  reason: string;
  caller: Identity;
}

/** What editors do with events. Each is a revision with author and reason, and each can be undone. */
@Injectable()
export class EditingService {
  private readonly kindFamily: KindFamily;

  constructor(
    private readonly repository: MergeRepository,
    private readonly history: EventsRepository,
    private readonly events: EventsService,
    private readonly writer: TimelineWriter,
    private readonly themes: ThemesRepository,
    private readonly sequencer: SequencerService,
    private readonly outbox: Outbox,
    private readonly database: Database,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {
    this.kindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
  }

  correct(of: EditOf, input: CorrectionIn): Promise<TimelineEvent> {
    return this.edit(of, async (event, context) => {
      const read = readCorrection(input, event.snapshot, this.vocabulary, context.themes.ids);
      if ('errors' in read) throw badRequest(read.errors[0]?.message ?? 'the correction is not valid', read.errors);
      const fields = Object.keys(read.set) as CorrectedField[];
      return this.alone(event, correctionOf(event.corrections, fields, read.set), context);
    });
  }

  retract(of: EditOf): Promise<TimelineEvent> {
    return this.edit(of, (event, context) => {
      if (event.retractedBy === 'editor') throw conflict(`the event '${event._id}' is retracted already`);
      return this.alone(event, { type: 'retract' }, context);
    });
  }

  merge(of: EditOf, input: MergeIn): Promise<TimelineEvent> {
    return this.edit(of, async (event, context) => {
      const other = await this.standing(input.with);
      if (other._id === event._id) throw conflict(`an event cannot be merged with itself: '${event._id}'`);
      if (input.withRevision !== undefined && input.withRevision !== other.revision) {
        throw changedSince(other._id, input.withRevision, other.revision);
      }
      return this.join(event, other, context);
    });
  }

  async split(of: EditOf, input: SplitIn): Promise<{ event: TimelineEvent; splitOff: TimelineEvent }> {
    let splitOff: EventDocument | undefined;
    const event = await this.edit(of, async (before, context) => {
      const plan = await this.take(before, input.reports, context);
      splitOff = plan.changes[1]?.after;
      return plan;
    });
    if (splitOff === undefined) throw new Error(`a split of '${of.id}' made no event`);
    return { event, splitOff: await this.events.show(splitOff) };
  }

  undo(of: EditOf, { revision }: UndoIn): Promise<TimelineEvent> {
    return this.edit(of, async (event, context) => {
      const step = await this.history.findRevision(event._id, revision);
      if (step === null) throw notFound(`the event '${event._id}' has no revision ${String(revision)}`);
      return this.takeBack(event, step, { ...context, undoes: revision });
    });
  }

  /** The inverse of what a revision did, if it can still be done. */
  private async takeBack(event: EventDocument, step: RevisionDocument, context: EditContext): Promise<EditPlan> {
    const cannot = (why: string): Error =>
      conflict(`revision ${String(step.revision)} of '${event._id}' cannot be undone: ${why}`);
    const { edit } = step;
    switch (edit?.type) {
      case undefined:
        return this.takeOut(event, step, context, cannot);
      case 'correct': {
        const inverse = inverseOf(edit, event.corrections);
        if (inverse === null) throw cannot('nothing of it stands any more');
        return this.alone(event, inverse, context);
      }
      case 'retract':
        if (event.retractedBy !== 'editor') throw cannot('the event is not retracted');
        return this.alone(event, { type: 'restore' }, context);
      case 'restore':
        if (event.retractedBy === 'editor') throw cannot('the event is retracted');
        return this.alone(event, { type: 'retract' }, context);
      case 'merge':
        return this.giveBack(event, { ...edit, revision: step.revision }, context, cannot);
      case 'split': {
        const [other] = await this.repository.findEvents([edit.other]);
        if (other === undefined || other.heir !== null) throw cannot(`'${edit.other}' is merged away`);
        return this.join(event, other, context);
      }
      case 'merged-away':
      case 'split-off':
        throw cannot(`undo it at '${edit.other}'`);
    }
  }

  private async alone(event: EventDocument, edit: Edit, context: EditContext): Promise<EditPlan> {
    return planAlone(event, edit, await this.repository.findHolding([event._id]), context);
  }

  private async join(event: EventDocument, other: EventDocument, context: EditContext): Promise<EditPlan> {
    for (const side of [event, other]) requireShown(side);
    return planMerge(event, other, await this.repository.findLastIn([event._id, other._id]), context);
  }

  /** These reports tell of something else; those that stay are bound to stay. */
  private async take(event: EventDocument, reportIds: readonly string[], context: EditContext): Promise<EditPlan> {
    requireShown(event);
    const claims = await this.repository.findLastIn([event._id]);
    const held = new Set(claims.filter((claim) => claim.eventId === event._id).map((claim) => claim.reportId));
    const moving = new Set(reportIds);
    const errors = reportIds.flatMap((id, index) =>
      held.has(id) ? [] : [{ path: `reports[${String(index)}]`, message: `no such report in '${event._id}': '${id}'` }],
    );
    if (errors[0] !== undefined) throw badRequest(errors[0].message, errors);
    if (moving.size === held.size) {
      const message = 'must leave at least one report in the event';
      throw badRequest(`a split ${message}`, [{ path: 'reports', message }]);
    }
    const to = await placeForSplit(
      this.repository,
      event,
      claims.filter((claim) => moving.has(claim.reportId)),
    );
    const decided = new Set(claims.map((claim) => claim.reportId));
    return planSplit(event, { claims, moving, decided, to, corrections: {} }, context);
  }

  /** Undoes a merge of events: what came with the other event goes back to it, and so does what came later and is nearer to it. */
  private async giveBack(
    event: EventDocument,
    edit: Edit & { type: 'merge' } & { revision: number },
    context: EditContext,
    cannot: (why: string) => Error,
  ): Promise<EditPlan> {
    requireShown(event);
    const [other] = await this.repository.findEvents([edit.other]);
    if (other?.heir !== event._id) throw cannot(`'${edit.other}' is not merged into it any more`);
    const claims = await this.repository.findLastIn([event._id]);
    const own = new Set(await this.repository.findReportsAt(event._id, edit.revision - 1));
    const brought = new Set(edit.reportIds);
    const held = claims.filter((claim) => claim.eventId !== null);
    const reports = (which: (reportId: string) => boolean) =>
      held.filter((claim) => which(claim.reportId)).flatMap((claim) => claim.report ?? []);
    const later = nearerTo(
      reports((id) => brought.has(id)),
      reports((id) => own.has(id)),
      reports((id) => !own.has(id) && !brought.has(id)),
      this.kindFamily,
    );
    const moving = new Set(
      claims.map((claim) => claim.reportId).filter((reportId) => brought.has(reportId) || later.has(reportId)),
    );
    const to = { id: other._id, before: other };
    const decided = new Set([...own, ...brought]);
    return planSplit(event, { claims, moving, decided, to, corrections: edit.corrections }, context);
  }

  /** Undoes a merge by score: the reports that a revision brought go to an event of their own. */
  private async takeOut(
    event: EventDocument,
    step: RevisionDocument,
    context: EditContext,
    cannot: (why: string) => Error,
  ): Promise<EditPlan> {
    if (step.cause.type !== 'report' || step.revision === 1) throw cannot('it was neither an edit nor a merge');
    const brought = new Set(step.cause.reportIds);
    const claims = (await this.repository.findHolding([event._id])).filter((claim) => brought.has(claim.reportId));
    const joined = claims.filter((claim) => claim.fromRevision === step.revision && claim.merge?.decision === 'merged');
    if (joined.length === 0) throw cannot('none of its reports was merged by it and is still as it was');
    return this.take(
      event,
      joined.map((claim) => claim.reportId),
      context,
    );
  }

  /** Reads, decides and writes, again where something else was faster; but never on another state than the editor has seen. */
  private async edit(
    { id, seen, reason, caller }: EditOf,
    decide: (event: EventDocument, context: EditContext) => Promise<EditPlan>,
  ): Promise<TimelineEvent> {
    for (let attempt = 1; ; attempt += 1) {
      const event = await this.standing(id);
      if (event.revision !== seen) throw changedSince(id, seen, event.revision);
      const plan = await decide(event, {
        author: caller.owner,
        reason,
        now: new Date(),
        themes: await this.themes.current(),
        kindFamily: this.kindFamily,
      });
      try {
        await this.write(plan);
      } catch (error) {
        if (!(error instanceof StaleBatch) && !isDuplicateKey(error)) throw error;
        if (attempt === MAX_ATTEMPTS) throw conflict(`the event '${id}' is being written by others; try again`);
        continue;
      }
      this.sequencer.wake();
      return this.events.show(plan.changes[0]?.after ?? event);
    }
  }

  private async write(plan: EditPlan): Promise<void> {
    const found = new Set(
      plan.changes.flatMap(({ before, after }) => after.keys.filter((key) => before?.keys.includes(key) !== true)),
    );
    await this.database.transaction(async (session) => {
      await this.repository.markKeys(session, new Map(), found);
      await this.writer.write(session, plan.changes);
      await this.repository.writeClaims(session, plan.freshClaims, plan.endedClaims, []);
      await this.repository.pin(session, plan.pins, plan.partings);
      await this.outbox.add(session, plan.assignments);
    });
  }

  /** An event that is not merged away. */
  private async standing(id: string): Promise<EventDocument> {
    const [event] = await this.repository.findEvents([id]);
    if (event === undefined) throw notFound(`no such event: '${id}'`);
    if (event.heir !== null) throw conflict(`the event '${id}' was merged into '${event.heir}'`);
    return event;
  }
}

function requireShown(event: EventDocument): void {
  if (event.retractedBy !== null) throw conflict(`the event '${event._id}' is retracted`);
}

function changedSince(id: string, seen: number, now: number): ProblemError {
  return new ProblemError(
    412,
    'Precondition Failed',
    `the event '${id}' has changed: revision ${String(seen)} was seen, it is at ${String(now)}`,
  );
}
