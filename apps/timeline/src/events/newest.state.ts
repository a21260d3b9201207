import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import { type ThemeSet, ThemesRepository } from '../themes/themes.repository';
import type { StateDocument } from '../timeline.collections';

/** What an answer about now depends on besides the events: the newest place in the one order, the themes and merged entities. */
export interface Newest {
  seq: number;
  /** The same object as long as nothing in it has changed. */
  themes: ThemeSet;
}

/** Reads the newest state for answers that must not wait for it first. */
@Injectable()
export class NewestState {
  private last: Newest | null = null;
  /** The last two looks saw the same. */
  private still = false;

  constructor(
    private readonly database: Database,
    private readonly themes: ThemesRepository,
  ) {}

  /**
   * What `read` makes of the newest state. While the timeline stands still it begins with what was newest a moment ago and the state
   * is looked up meanwhile, so that an answer waits for one journey to the database less; where something came in between
   * it is read again, and what became of the first reading does not matter. The answer is always that of a state that was newest
   * after the call began.
   */
  async at<T>(read: (newest: Newest) => Promise<T>): Promise<T> {
    const { last, still } = this;
    if (last === null || !still) return read(await this.look());
    const early = read(last);
    // Told below where it counts.
    early.catch(() => undefined);
    const newest = await this.look();
    return isSame(newest, last) ? early : read(newest);
  }

  private async look(): Promise<Newest> {
    const states = await this.database.collection<StateDocument>('state').find().toArray();
    let seq = 0;
    const versions = { themes: 0, entities: 0 };
    for (const state of states) {
      if (state._id === 'sequence') seq = state.seq;
      else if (state._id !== 'rollups') versions[state._id] = state.version;
    }
    const newest = { seq, themes: await this.themes.of(versions) };
    this.still = this.last !== null && isSame(newest, this.last);
    this.last = newest;
    return newest;
  }
}

const isSame = (one: Newest, other: Newest): boolean => one.seq === other.seq && one.themes === other.themes;
