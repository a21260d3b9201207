import { BeforeApplicationShutdown, Inject, Injectable, OnApplicationBootstrap } from '@nestjs/common';
import type { ThemeIn, ThemeOut, ThemeRule } from '@themeline/contracts';
import { badRequest, conflict, notFound } from '@themeline/http';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { Database, Leases } from '@themeline/persistence';
import type { Vocabulary } from '@themeline/vocabulary';
import { LeasedLoop } from '../leased.loop';
import { EventRefresher } from '../merge/event.refresher';
import { TimelineWriter } from '../merge/timeline.writer';
import { SequencerService } from '../sequence/sequencer.service';
import { themesToApply } from '../timeline.metrics';
import { VOCABULARY } from '../timeline.tokens';
import { themeOutOf, ThemesRepository } from './themes.repository';

const POLL_MS = 1_000;
const BATCH = 100;

/** The themes and their rules, and the background work that applies changed rules to the events that are there. */
@Injectable()
export class ThemesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: LeasedLoop;

  constructor(
    private readonly repository: ThemesRepository,
    private readonly refresher: EventRefresher,
    private readonly writer: TimelineWriter,
    private readonly sequencer: SequencerService,
    private readonly outbox: Outbox,
    private readonly database: Database,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
    leases: Leases,
  ) {
    this.loop = new LeasedLoop('themes', leases, POLL_MS, () => this.applyToPast());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.repository.seed(this.vocabulary.themes, new Date());
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  async list(): Promise<ThemeOut[]> {
    return (await this.repository.list()).map(themeOutOf);
  }

  async read(id: string): Promise<ThemeOut> {
    const row = await this.repository.find(id);
    if (row === null) throw noSuchTheme(id);
    return themeOutOf(row);
  }

  async add(theme: ThemeIn): Promise<ThemeOut> {
    this.checkRule(theme.rule);
    const row = await this.repository.add(theme, new Date());
    if (row === null) throw conflict(`there is a theme '${theme.id}' already`);
    this.loop.wake();
    return themeOutOf(row);
  }

  async change(id: string, theme: ThemeIn): Promise<ThemeOut> {
    if (theme.id !== id) {
      throw badRequest(`a theme keeps its id: '${id}' cannot become '${theme.id}'`, [
        { path: 'id', message: `must be '${id}'` },
      ]);
    }
    this.checkRule(theme.rule);
    const row = await this.repository.change(theme, new Date());
    if (row === null) throw noSuchTheme(id);
    this.loop.wake();
    return themeOutOf(row);
  }

  async remove(id: string): Promise<void> {
    if ((await this.repository.remove(id, new Date())) === null) throw noSuchTheme(id);
    this.loop.wake();
  }

  /** @throws ProblemError 400 naming the kind that there is not */
  checkRule(rule: ThemeRule): void {
    const errors = rule.kinds.flatMap((kind, index) =>
      this.vocabulary.kindById.has(kind)
        ? []
        : [{ path: `rule.kinds[${String(index)}]`, message: `no such kind: '${kind}'` }],
    );
    const [first] = errors;
    if (first !== undefined) throw badRequest(first.message, errors);
  }

  /**
   * Gives the next events that are behind the newest rules their themes. Every event carries the version that was applied last, so
   * one that is merged with old rules while a rule changes is found here as well; the number of those behind is the progress.
   */
  private async applyToPast(): Promise<boolean> {
    const themes = await this.repository.current();
    const behind = await this.repository.findBehind(themes.version, BATCH);
    if (behind.length === 0) {
      themesToApply.set(0);
      return false;
    }
    themesToApply.set(await this.repository.countBehind(themes.version));
    const reason = `themes, version ${String(themes.version)}`;
    const cause = { type: 'theme' as const, reportIds: [], author: null, reason };
    const revised = await this.refresher.plan(behind, cause, themes, new Date());
    const sameThemes = (change: (typeof revised)[number]): boolean =>
      change.before.snapshot.themes.join() === change.event.snapshot.themes.join();
    const changed = revised.filter((change) => !sameThemes(change));
    try {
      await this.database.transaction(async (session) => {
        await this.repository.markApplied(
          session,
          revised.filter(sameThemes).map((change) => change.before),
          themes.version,
        );
        await this.writer.write(
          session,
          changed.map(({ before, event, revision, message }) => ({
            before,
            after: event,
            revisions: [revision],
            messages: [message],
          })),
        );
      });
    } catch (error) {
      // A report came to one of them: they are all still behind, and read again.
      if (!(error instanceof StaleBatch)) throw error;
      return true;
    }
    if (changed.length > 0) this.sequencer.wake();
    return true;
  }
}

function noSuchTheme(id: string): Error {
  return notFound(`no such theme: '${id}'`);
}
