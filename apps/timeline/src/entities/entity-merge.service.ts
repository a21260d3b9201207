import { BeforeApplicationShutdown, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { badRequest, conflict, notFound } from '@themeline/http';
import { StaleBatch } from '@themeline/messaging';
import { Database, Leases } from '@themeline/persistence';
import { LeasedLoop } from '../leased.loop';
import { EventRefresher } from '../merge/event.refresher';
import { TimelineWriter } from '../merge/timeline.writer';
import { SequencerService } from '../sequence/sequencer.service';
import { ThemesRepository } from '../themes/themes.repository';
import { EntitiesRepository } from './entities.repository';

const POLL_MS = 2_000;
const BATCH = 100;

/** Two entities that are one: the merge is a fact beside the events, and their tags follow in the background. */
@Injectable()
export class EntityMergeService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: LeasedLoop;

  constructor(
    private readonly entities: EntitiesRepository,
    private readonly themes: ThemesRepository,
    private readonly refresher: EventRefresher,
    private readonly writer: TimelineWriter,
    private readonly sequencer: SequencerService,
    private readonly database: Database,
    leases: Leases,
  ) {
    this.loop = new LeasedLoop('entities', leases, POLL_MS, () => this.follow());
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /**
   * From now on `other` is an alias of `id`, for what is stored and for what comes.
   *
   * @throws ProblemError 404 for an id that there is not, 409 for one that was merged away, 400 for an entity and itself
   */
  async merge(id: string, other: string): Promise<void> {
    if (id === other) {
      throw badRequest(`'${id}' cannot be merged into itself`, [{ path: 'with', message: 'must be another entity' }]);
    }
    for (const one of [id, other]) {
      const entity = await this.entities.find(one);
      if (entity === null) throw notFound(`no such entity: '${one}'`);
      if (entity.mergedInto !== undefined) {
        throw conflict(`'${one}' was merged into '${entity.mergedInto}' already`);
      }
    }
    await this.database.transaction((session) => this.entities.merge(session, id, other));
    this.loop.wake();
  }

  /**
   * Gives the next events that still name an entity under what is an alias now its name. It looks for them again and again: a replica that had
   * not heard of the merge may write one more.
   */
  private async follow(): Promise<boolean> {
    const themes = await this.themes.current();
    if (themes.merged.size === 0) return false;
    const behind = await this.entities.findNaming([...themes.merged.keys()], BATCH);
    if (behind.length === 0) return false;
    const cause = { type: 'edit' as const, reportIds: [], author: null, reason: 'entities were merged' };
    const changes = await this.refresher.plan(behind, cause, themes, new Date());
    try {
      await this.database.transaction((session) =>
        this.writer.write(
          session,
          changes.map(({ before, event, revision, message }) => ({
            before,
            after: event,
            revisions: [revision],
            messages: [message],
          })),
        ),
      );
    } catch (error) {
      // A report came to one of them: they still have the old name, and are read again.
      if (!(error instanceof StaleBatch)) throw error;
    }
    this.sequencer.wake();
    return true;
  }
}
