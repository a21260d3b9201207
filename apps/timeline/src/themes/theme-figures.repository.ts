import { Injectable } from '@nestjs/common';
import type { ThemeRule } from '@themeline/contracts';
import { foldedWords } from '@themeline/merging';
import { Database } from '@themeline/persistence';
import { type EventDocument, OPEN_END, type RevisionDocument } from '../timeline.collections';

const WEEK_MS = 7 * 86_400_000;

/** Events as they are now, and listed. */
const listed = { fromSeq: { $gt: 0 }, toSeq: OPEN_END, retracted: false, heir: null };

/** What is counted and sampled about themes and their rules. */
@Injectable()
export class ThemeFiguresRepository {
  constructor(private readonly database: Database) {}

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  /**
   * New events of a theme in each of the last `weeks` weeks, this one first, by when they became known. Loaded history became known all at
   * once and says nothing about a week: it is left out.
   */
  async countByWeek(theme: string, weeks: number, now: Date): Promise<number[]> {
    const rows = await this.revisions
      .aggregate<{ _id: number; count: number }>([
        {
          $match: {
            tags: { $all: [`theme:${theme}`, 'development:recorded'] },
            knownAt: { $gt: new Date(now.getTime() - weeks * WEEK_MS), $lte: now },
            ...listed,
          },
        },
        { $group: { _id: { $floor: { $divide: [{ $subtract: [now, '$knownAt'] }, WEEK_MS] } }, count: { $sum: 1 } } },
      ])
      .toArray();
    return Array.from({ length: weeks }, (_, week) => rows.find(({ _id }) => _id === week)?.count ?? 0);
  }

  /** Events that may fit the rule: all its words, an entity or a kind. The newest first. */
  findCandidates(rule: ThemeRule, entities: readonly string[], limit: number): Promise<RevisionDocument[]> {
    const clauses = clausesOf(rule, entities);
    if (clauses.length === 0) return Promise.resolve([]);
    return this.revisions
      .find({ $or: clauses, ...listed } as object)
      .sort({ knownSeq: -1 })
      .limit(limit)
      .toArray();
  }

  async countCandidates(rule: ThemeRule, entities: readonly string[]): Promise<number> {
    const clauses = clausesOf(rule, entities);
    return clauses.length === 0 ? 0 : this.revisions.countDocuments({ $or: clauses, ...listed } as object);
  }

  /** All events, also those that lists leave out. */
  countEvents(): Promise<number> {
    return this.database.collection<EventDocument>('events').estimatedDocumentCount();
  }
}

function clausesOf(rule: ThemeRule, entities: readonly string[]): object[] {
  const tags = [...rule.kinds.map((kind) => `kind:${kind}`), ...entities.map((id) => `entity:${id}`)];
  const phrases = rule.phrases.map(foldedWords).filter((words) => words.length > 0);
  return [
    ...(tags.length === 0 ? [] : [{ tags: { $in: tags } }]),
    ...phrases.map((words) => ({ terms: { $all: words } })),
  ];
}
