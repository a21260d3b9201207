import { BeforeApplicationShutdown, Inject, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import type { KindFamily } from '@themeline/merging';
import { ruleOut } from '@themeline/merging';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { Database, isDuplicateKey, Leases } from '@themeline/persistence';
import type { Vocabulary } from '@themeline/vocabulary';
import { LeasedLoop } from '../leased.loop';
import { MergeRepository } from '../merge/merge.repository';
import { TimelineWriter } from '../merge/timeline.writer';
import { SequencerService } from '../sequence/sequencer.service';
import { ThemesRepository } from '../themes/themes.repository';
import type { BridgeDocument, EventDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { type EditPlan, planMerge } from './edit.planner';

const POLL_MS = 1_000;
const BATCH = 20;
/** Who does it, in the history. */
const AUTHOR = 'themeline';

/**
 * Joins events that a later report showed to be one. Merging notes them in the transaction that takes the report in, so none is forgotten; they
 * are joined here, one after another, as an editor would, except that nothing is bound: a person's word stays above it, and can undo it.
 */
@Injectable()
export class BridgingService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: LeasedLoop;
  private readonly kindFamily: KindFamily;

  constructor(
    private readonly repository: MergeRepository,
    private readonly writer: TimelineWriter,
    private readonly themes: ThemesRepository,
    private readonly sequencer: SequencerService,
    private readonly outbox: Outbox,
    private readonly database: Database,
    leases: Leases,
    @Inject(VOCABULARY) vocabulary: Vocabulary,
  ) {
    this.kindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
    this.loop = new LeasedLoop('bridging', leases, POLL_MS, () => this.joinNoted());
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  private async joinNoted(): Promise<boolean> {
    const noted = await this.repository.findBridges(BATCH);
    let done = 0;
    for (const bridge of noted) if (await this.join(bridge)) done += 1;
    return done === BATCH;
  }

  /** False where something else was faster: it is tried again at the next round. */
  private async join(bridge: BridgeDocument): Promise<boolean> {
    const plan = await this.planFor(bridge);
    try {
      await this.write(bridge, plan);
    } catch (error) {
      if (error instanceof StaleBatch || isDuplicateKey(error)) return false;
      throw error;
    }
    this.sequencer.wake();
    return true;
  }

  /** Null where they are one already, or a person or another report has come between. The older event is the heir. */
  private async planFor({ events, reportId }: BridgeDocument): Promise<EditPlan | null> {
    const standing = await this.repository.findHeirs(events);
    const sides = [...new Map([...standing.values()].map((event) => [event._id, event])).values()].sort(byAge);
    const [heir, other] = sides;
    if (heir === undefined || other === undefined) return null;
    if (sides.some((event) => event.retractedBy !== null) || ruleOut(heir.profiles, other.profiles)) return null;
    if (await this.repository.arePartedBy(heir.lineage, other.lineage)) return null;
    const claims = await this.repository.findLastIn([heir._id, other._id]);
    const plan = planMerge(heir, other, claims, {
      author: AUTHOR,
      reason: `the report ${reportId} tells of both`,
      now: new Date(),
      themes: await this.themes.current(),
      kindFamily: this.kindFamily,
    });
    return { ...plan, pins: [] };
  }

  private async write(bridge: BridgeDocument, plan: EditPlan | null): Promise<void> {
    await this.database.transaction(async (session) => {
      if (plan !== null) {
        const found = plan.changes.flatMap(({ before, after }) =>
          after.keys.filter((key) => before?.keys.includes(key) !== true),
        );
        await this.repository.markKeys(session, new Map(), new Set(found));
        await this.writer.write(session, plan.changes);
        await this.repository.writeClaims(session, plan.freshClaims, plan.endedClaims, []);
        await this.outbox.add(session, plan.assignments);
      }
      await this.repository.removeBridge(session, bridge._id);
    });
  }
}

function byAge(a: EventDocument, b: EventDocument): number {
  const [x, y] = [`${a.snapshot.recordedAt} ${a._id}`, `${b.snapshot.recordedAt} ${b._id}`];
  return x < y ? -1 : x > y ? 1 : 0;
}
