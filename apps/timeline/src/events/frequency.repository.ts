import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import type { RevisionDocument, RollupDocument } from '../timeline.collections';
import type { Frequencies } from './access.plan';
import type { Criteria } from './filter.criteria';
import { requiredTerms } from './word.query';

/** So many of a word's events are counted; of a more common one all are guessed from how close together these lie. */
const COUNTED = 2_000;
/** The events of a common beginning are counted in so many of the newest places. */
const NEWEST_PLACES = 5_000;
const TERM_INDEX = { terms: 1, knownSeq: 1 } as const;
/** After this a count is taken again. */
const FRESH_MS = 60_000;
const REMEMBERED = 10_000;

/** How often tags and words occur, about: for choosing an index, never for an answer. */
@Injectable()
export class FrequencyRepository {
  private readonly known = new Map<string, { count: number; until: number }>();

  constructor(private readonly database: Database) {}

  private get revisions() {
    return this.database.collection<RevisionDocument>('revisions');
  }

  /** `headline`: words are counted only where they are in the headline. */
  async of({ tags, words, since }: Criteria, seq: number, headline = false): Promise<Frequencies> {
    const terms = words === null ? [] : requiredTerms(words);
    const [all, ofTags, ofTerms] = await Promise.all([
      this.ofTags(['']),
      Promise.all(tags.map((group) => this.ofTags(group))),
      Promise.all(
        terms.map(({ word, prefix }) => {
          const term = headline ? `=${word}` : word;
          return prefix ? this.ofPrefix(term, seq) : this.ofTerm(term, seq);
        }),
      ),
    ]);
    return { all, tags: ofTags, terms: ofTerms, since: since === null ? all : Math.max(0, seq - since) };
  }

  private async ofTags(tags: readonly string[]): Promise<number> {
    const counts = await Promise.all(
      tags.map((tag) =>
        this.remembered(tag, async () => {
          const row = await this.database
            .collection<RollupDocument>('rollups')
            .findOne({ _id: tag }, { projection: { total: 1 } });
          return row?.total ?? 0;
        }),
      ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private ofTerm(term: string, seq: number): Promise<number> {
    return this.remembered(term, async () => {
      const [newest] = await this.revisions
        .aggregate<{ count: number; first: number }>(
          [
            { $match: { terms: term, knownSeq: { $gte: 0 } } },
            { $sort: { knownSeq: -1 } },
            { $limit: COUNTED },
            { $group: { _id: null, count: { $sum: 1 }, first: { $min: '$knownSeq' } } },
          ],
          { hint: TERM_INDEX },
        )
        .toArray();
      const { count, first } = newest ?? { count: 0, first: 0 };
      return count < COUNTED ? count : (count * seq) / Math.max(1, seq - first);
    });
  }

  private ofPrefix(prefix: string, seq: number): Promise<number> {
    const countSince = (place: number): Promise<number> =>
      this.revisions.countDocuments(
        { terms: { $regex: `^${prefix}` }, knownSeq: { $gte: place } },
        { limit: COUNTED, hint: TERM_INDEX },
      );
    return this.remembered(`${prefix}*`, async () => {
      const count = await countSince(0);
      if (count < COUNTED || seq <= NEWEST_PLACES) return count;
      return Math.max(count, ((await countSince(seq - NEWEST_PLACES)) * seq) / NEWEST_PLACES);
    });
  }

  /** What was counted a while ago is counted again, and nobody waits for it: it is only a guess. */
  private async remembered(name: string, count: () => Promise<number>): Promise<number> {
    const found = this.known.get(name);
    if (found === undefined) return this.remember(name, count);
    if (found.until <= Date.now()) {
      found.until = Date.now() + FRESH_MS;
      this.remember(name, count).catch(() => undefined);
    }
    return found.count;
  }

  private async remember(name: string, count: () => Promise<number>): Promise<number> {
    const fresh = await count();
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(name, { count: fresh, until: Date.now() + FRESH_MS });
    return fresh;
  }
}
