import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import type { RevisionDocument, RollupDocument } from '../timeline.collections';
import type { Frequencies } from './access.plan';
import type { Criteria } from './filter.criteria';
import { requiredTerms } from './word.query';

/** Above it a word is common, however much. */
const COUNTED = 20_000;
/** After this a count is taken again. */
const FRESH_MS = 60_000;
const REMEMBERED = 10_000;

/** How often tags and words occur, about: for choosing an index, never for an answer. */
@Injectable()
export class FrequencyRepository {
  private readonly known = new Map<string, { count: number; until: number }>();

  constructor(private readonly database: Database) {}

  async of({ tags, words, since }: Criteria, seq: number): Promise<Frequencies> {
    const terms = words === null ? [] : requiredTerms(words);
    const [all, ofTags, ofTerms] = await Promise.all([
      this.ofTags(['']),
      Promise.all(tags.map((group) => this.ofTags(group))),
      Promise.all(terms.map(({ word, prefix }) => this.ofTerm(word, prefix))),
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

  private ofTerm(word: string, prefix: boolean): Promise<number> {
    return this.remembered(prefix ? `${word}*` : `=${word}`, () =>
      this.database
        .collection<RevisionDocument>('revisions')
        .countDocuments(
          { terms: prefix ? { $regex: `^${word}` } : word, knownSeq: { $gte: 0 } },
          { limit: COUNTED, hint: { terms: 1, knownSeq: 1 } },
        ),
    );
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
