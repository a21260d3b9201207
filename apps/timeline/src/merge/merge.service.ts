import { Inject, Injectable } from '@nestjs/common';
import { deriveId, type Report, type SubjectOf } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, isCommonKey, keysOf, type KindFamily } from '@themeline/merging';
import { type BatchWork, type Incoming, type OutboxMessage, StaleBatch } from '@themeline/messaging';
import type { ClientSession } from '@themeline/persistence';
import type { Vocabulary } from '@themeline/vocabulary';
import { SequencerService } from '../sequence/sequencer.service';
import { type ThemeSet, ThemesRepository } from '../themes/themes.repository';
import {
  type BridgeDocument,
  type ClaimDocument,
  type EventDocument,
  OPEN_END,
  type RevisionDocument,
} from '../timeline.collections';
import { batchesStale, eventsCreated, mergeLatency, mergeSeconds, reportsMerged } from '../timeline.metrics';
import { VOCABULARY } from '../timeline.tokens';
import { revise } from './event.reviser';
import { MergeRepository } from './merge.repository';
import { type EventChange, TimelineWriter } from './timeline.writer';
import { claimOf, type Home, searchOf, type Step, type Touched, WorkingSet } from './working.set';

type Message = Incoming<SubjectOf<'timeline-reports'>>;

/** Everything that a batch writes. */
interface BatchPlan {
  changes: EventChange[];
  /** Keys of new events, with the versions at which no event was found under them. */
  madeKeys: Map<string, number>;
  /** Keys under which events that were there are found from now on. */
  foundKeys: Set<string>;
  freshClaims: ClaimDocument[];
  endedClaims: ClaimDocument[];
  withdrawn: string[];
  assignments: OutboxMessage[];
  bridges: BridgeDocument[];
}

/** Puts reports into events. */
@Injectable()
export class MergeService {
  private readonly kindFamily: KindFamily;

  constructor(
    private readonly repository: MergeRepository,
    private readonly writer: TimelineWriter,
    private readonly themes: ThemesRepository,
    private readonly sequencer: SequencerService,
    @Inject(VOCABULARY) vocabulary: Vocabulary,
  ) {
    this.kindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
  }

  /** Decides what a batch of messages does; the effect is written by the work that comes back. */
  async plan(messages: readonly Message[]): Promise<BatchWork> {
    const started = performance.now();
    const plan = await this.decide(messages).catch((error: unknown) => {
      if (error instanceof StaleBatch) batchesStale.inc();
      throw error;
    });
    return {
      commit: async (session) => {
        try {
          await this.write(session, plan);
        } catch (error) {
          if (error instanceof StaleBatch) batchesStale.inc();
          throw error;
        }
      },
      committed: () => {
        this.sequencer.wake();
        for (const change of plan.changes) this.repository.remember(change.after);
        mergeSeconds.observe((performance.now() - started) / 1000);
        measure(plan, messages);
      },
    };
  }

  private async decide(messages: readonly Message[]): Promise<BatchPlan> {
    const now = new Date();
    const reports = messages.flatMap((message) =>
      message.subject === 'report.accepted' ? [message.payload.report] : [],
    );
    const reportIds = messages.map((message) =>
      message.subject === 'report.accepted' ? message.payload.report.reportId : message.payload.reportId,
    );
    const read = new Map<Report, ClaimFeatures>();
    const featuresIn = (report: Report): ClaimFeatures => {
      const features = read.get(report) ?? featuresOf(report, this.kindFamily);
      read.set(report, features);
      return features;
    };
    const keys = [...new Set(reports.flatMap((report) => keysOf(featuresIn(report))))];
    const [themes, claims, keyVersions] = await Promise.all([
      this.themes.current(),
      this.repository.findCurrentClaims([...new Set(reportIds)]),
      // Before the candidates: an event that is made after this changes one of them.
      this.repository.findKeyVersions(keys),
      this.repository.noteEntities(reports),
    ]);
    // A key's version counts the events that were made under it, or began to be found under it.
    const common = new Set(keys.filter((key) => isCommonKey(key, keyVersions.get(key) ?? 0)));
    const withdrawn = new Set(
      messages.flatMap((message) => (message.subject === 'report.withdrawn' ? [message.payload.reportId] : [])),
    );
    const staying = claims.filter((claim) => claim.eventId !== null && !withdrawn.has(claim.reportId));
    const holding = new Set(staying.map((claim) => claim.reportId));
    const seeking = reports.filter((report) => !holding.has(report.reportId));
    const leaving = claims.map((claim) => claim.reportId).filter((reportId) => !holding.has(reportId));
    const [candidates, homes] = await Promise.all([
      this.repository.findCandidates(seeking.map((report) => searchOf(featuresIn(report), common))),
      this.homesOf(leaving),
    ]);
    const set = new WorkingSet(claims, candidates, homes, common);
    const messageOf = new Map<string, Message>();
    for (const message of messages) {
      if (message.subject === 'report.accepted') {
        const { report } = message.payload;
        set.accept(report, featuresIn(report));
        messageOf.set(versionId(report.reportId, report.version), message);
      } else {
        const { reportId, version, reason } = message.payload;
        set.withdraw(reportId, version, reason);
        messageOf.set(versionId(reportId, version), message);
      }
    }
    return this.applySteps(set, claims, { versions: keyVersions, common }, themes, now, messageOf);
  }

  /** Where reports go that were known and are in no event: where a person put them, else to the event that began with them. */
  private async homesOf(reportIds: readonly string[]): Promise<Map<string, Home>> {
    if (reportIds.length === 0) return new Map();
    const pins = await this.repository.findPins(reportIds);
    const wanted = new Map(reportIds.map((id) => [id, pins.get(id) ?? deriveId('evt', id)]));
    const heirs = await this.repository.findHeirs([...new Set(wanted.values())]);
    return new Map(
      [...wanted].flatMap(([reportId, wantedId]) => {
        const eventId = heirs.get(wantedId)?._id;
        return eventId === undefined ? [] : [[reportId, { eventId, bound: pins.has(reportId) }] as const];
      }),
    );
  }

  private async applySteps(
    set: WorkingSet,
    current: readonly ClaimDocument[],
    keys: { versions: ReadonlyMap<string, number>; common: ReadonlySet<string> },
    themes: ThemeSet,
    now: Date,
    messageOf: ReadonlyMap<string, Message>,
  ): Promise<BatchPlan> {
    const existing = set.touched.filter((touched) => !touched.isNew);
    const events = new Map(
      (await this.repository.findEvents(existing.map((touched) => touched.id))).map((event) => [event._id, event]),
    );
    for (const { id, scoredAt } of existing) {
      if (scoredAt !== null && events.get(id)?.revision !== scoredAt)
        throw new StaleBatch(`'${id}' was revised while it was read`);
    }
    const book = new ClaimBook([...current, ...(await this.repository.findHolding([...events.keys()]))]);
    const plan: BatchPlan = {
      changes: [],
      madeKeys: new Map(),
      foundKeys: new Set(),
      freshClaims: [],
      endedClaims: [],
      withdrawn: [],
      assignments: [],
      bridges: set.bridges,
    };
    for (const touched of set.touched) {
      const before = events.get(touched.id) ?? null;
      if (before === null && !touched.isNew) throw new StaleBatch(`'${touched.id}' was not there to be read`);
      if ((before?.heir ?? null) !== null) throw new StaleBatch(`'${touched.id}' was merged away while it was read`);
      const change = this.changeOf(touched, before, book, themes, now, messageOf, plan);
      plan.changes.push(change);
      if (before === null) {
        for (const step of touched.steps) {
          if (step.type !== 'put') continue;
          for (const key of keysOf(step.features)) {
            // Nobody looks under a common key, so nobody needs to see that it changed.
            if (!keys.common.has(key)) plan.madeKeys.set(key, keys.versions.get(key) ?? 0);
          }
        }
      } else {
        for (const key of change.after.keys) {
          if (!before.keys.includes(key) && !keys.common.has(key)) plan.foundKeys.add(key);
        }
      }
    }
    for (const [reportId, version] of set.tombstones) book.bury(reportId, version);
    plan.freshClaims = book.fresh;
    plan.endedClaims = book.ended;
    return plan;
  }

  /** One revision for each run of steps of one sort: reports, loaded history, withdrawals. */
  private changeOf(
    touched: Touched,
    before: EventDocument | null,
    book: ClaimBook,
    themes: ThemeSet,
    now: Date,
    messageOf: ReadonlyMap<string, Message>,
    plan: BatchPlan,
  ): EventChange {
    let state = before;
    const revisions: RevisionDocument[] = [];
    const messages: OutboxMessage[] = [];
    for (const run of runsOf(touched.steps)) {
      const revision: number = (state?.revision ?? 0) + 1;
      for (const step of run) {
        const { reportId, version } = step.type === 'put' ? step.report : { ...step.claim, version: step.version };
        if (step.type === 'put') book.put(step, touched.id, revision);
        else {
          book.remove(reportId, step.version, revision);
          plan.withdrawn.push(reportId);
        }
        const correlationId = messageOf.get(versionId(reportId, version))?.correlationId;
        plan.assignments.push({
          subject: 'report.assigned',
          messageId: deriveId('msg', 'report.assigned', reportId, String(version), step.type),
          payload: { reportId, version, eventId: step.type === 'put' ? touched.id : null, eventRevision: revision },
          ...(correlationId === undefined ? {} : { correlationId }),
        });
      }
      const [first] = run;
      const revised = revise({
        id: touched.id,
        before: state,
        claims: book.heldBy(touched.id),
        cause: {
          type: first?.type === 'remove' ? 'withdrawal' : 'report',
          reportIds: run.map((step) => (step.type === 'put' ? step.report.reportId : step.claim.reportId)),
          author: null,
          reason: first?.type === 'remove' ? first.reason : null,
        },
        now,
        themes,
        kindFamily: this.kindFamily,
        backfill: isHistory(first),
        heard: first?.type === 'put' && !first.report.backfill,
      });
      state = revised.event;
      revisions.push(revised.revision);
      const cause = first === undefined ? undefined : messageOf.get(stepId(first))?.correlationId;
      messages.push(cause === undefined ? revised.message : { ...revised.message, correlationId: cause });
    }
    if (state === null) throw new Error(`'${touched.id}' was touched by nothing`);
    return { before, after: state, revisions, messages };
  }

  private async write(session: ClientSession, plan: BatchPlan): Promise<void> {
    await this.repository.markKeys(session, plan.madeKeys, plan.foundKeys);
    await this.writer.write(session, plan.changes, plan.assignments);
    await this.repository.writeClaims(session, plan.freshClaims, plan.endedClaims, plan.withdrawn);
    await this.repository.noteBridges(session, plan.bridges);
  }
}

const versionId = (reportId: string, version: number): string => `${reportId}@${String(version)}`;

function stepId(step: Step): string {
  return step.type === 'put'
    ? versionId(step.report.reportId, step.report.version)
    : versionId(step.claim.reportId, step.version);
}

/** A withdrawal is news even of what was loaded as history: only those who were told hear of it. */
function isHistory(step: Step | undefined): boolean {
  return step?.type === 'put' && step.report.backfill;
}

function runsOf(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = [];
  let last: Step | undefined;
  for (const step of steps) {
    const run = runs[runs.length - 1];
    if (run !== undefined && last?.type === step.type && isHistory(last) === isHistory(step)) run.push(step);
    else runs.push([step]);
    last = step;
  }
  return runs;
}

/** The claims of a batch as they become: which hold, which are new, which of the stored ones are changed. */
class ClaimBook {
  private readonly currentByReport = new Map<string, ClaimDocument>();
  private readonly byEvent = new Map<string, Set<ClaimDocument>>();
  private readonly stored = new Set<string>();
  private readonly changed = new Map<string, ClaimDocument>();
  private readonly made = new Map<string, ClaimDocument>();

  constructor(claims: readonly ClaimDocument[]) {
    for (const claim of claims) {
      if (this.stored.has(claim._id)) continue;
      this.stored.add(claim._id);
      this.currentByReport.set(claim.reportId, claim);
      this.hold(claim);
    }
  }

  get fresh(): ClaimDocument[] {
    return [...this.made.values()];
  }

  get ended(): ClaimDocument[] {
    return [...this.changed.values()];
  }

  heldBy(eventId: string): Report[] {
    return [...(this.byEvent.get(eventId) ?? [])].flatMap((claim) => claim.report ?? []);
  }

  put(step: Step & { type: 'put' }, eventId: string, revision: number): void {
    const old = this.currentByReport.get(step.report.reportId);
    if (old !== undefined) {
      // A claim that this same revision brought was never seen.
      if (old.eventId !== null && old.fromRevision === revision && this.made.has(old._id)) this.drop(old);
      else this.end(old, { current: false, ...(old.eventId === null ? {} : { toRevision: revision }) });
    }
    const claim = { ...claimOf(step.report, eventId, step.note), fromRevision: revision, toRevision: OPEN_END };
    this.made.set(claim._id, claim);
    this.currentByReport.set(claim.reportId, claim);
    this.hold(claim);
  }

  remove(reportId: string, version: number, revision: number): void {
    const claim = this.currentByReport.get(reportId);
    if (claim === undefined) return;
    const report = claim.report === null ? null : { ...claim.report, summary: null, evidence: null, mentions: [] };
    this.end(claim, { toRevision: revision, withdrawnVersion: version, report });
  }

  /** A withdrawal of a report that never came. */
  bury(reportId: string, version: number): void {
    const id = versionId(reportId, 0);
    this.made.set(id, {
      _id: id,
      reportId,
      version: 0,
      current: true,
      eventId: null,
      lastEventId: null,
      fromRevision: 0,
      toRevision: 0,
      publishedAt: null,
      report: null,
      merge: null,
      withdrawnVersion: version,
    });
  }

  private end(claim: ClaimDocument, fields: Partial<ClaimDocument>): void {
    this.release(claim);
    const next = { ...claim, ...fields, eventId: null };
    if (this.made.has(claim._id)) this.made.set(claim._id, next);
    else this.changed.set(claim._id, next);
    if (next.current) this.currentByReport.set(next.reportId, next);
  }

  private drop(claim: ClaimDocument): void {
    this.release(claim);
    this.made.delete(claim._id);
  }

  private hold(claim: ClaimDocument): void {
    if (claim.eventId === null) return;
    const held = this.byEvent.get(claim.eventId) ?? new Set<ClaimDocument>();
    held.add(claim);
    this.byEvent.set(claim.eventId, held);
  }

  private release(claim: ClaimDocument): void {
    if (claim.eventId !== null) this.byEvent.get(claim.eventId)?.delete(claim);
  }
}

function measure(plan: BatchPlan, messages: readonly Message[]): void {
  const now = Date.now();
  eventsCreated.inc(plan.changes.filter((change) => change.before === null).length);
  reportsMerged.inc(plan.freshClaims.filter((claim) => claim.merge?.decision === 'merged').length);
  for (const message of messages) {
    if (message.subject !== 'report.accepted' || message.payload.report.backfill) continue;
    mergeLatency.observe(Math.max(0, now - Date.parse(message.payload.report.receivedAt)) / 1000);
  }
}
