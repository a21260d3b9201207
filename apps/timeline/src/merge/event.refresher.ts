import { Inject, Injectable } from '@nestjs/common';
import type { KindFamily } from '@themeline/merging';
import type { Vocabulary } from '@themeline/vocabulary';
import type { ThemeSet } from '../themes/themes.repository';
import type { EventDocument, RevisionDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { type Revised, revise } from './event.reviser';
import { MergeRepository } from './merge.repository';

/** Reads events off their claims again, where the claims are as they were and what they are read with has changed. */
@Injectable()
export class EventRefresher {
  private readonly kindFamily: KindFamily;

  constructor(
    private readonly claims: MergeRepository,
    @Inject(VOCABULARY) vocabulary: Vocabulary,
  ) {
    this.kindFamily = (kind) => vocabulary.kindById.get(kind)?.family ?? kind;
  }

  /** The next revision of each, which is history to everyone who is told. */
  async plan(
    events: readonly EventDocument[],
    cause: RevisionDocument['cause'],
    themes: ThemeSet,
    now: Date,
  ): Promise<(Revised & { before: EventDocument })[]> {
    const held = await this.claims.findHolding(events.map((event) => event._id));
    return events.map((before) => ({
      before,
      ...revise({
        id: before._id,
        before,
        claims: held.filter((claim) => claim.eventId === before._id).flatMap((claim) => claim.report ?? []),
        cause,
        now,
        themes,
        kindFamily: this.kindFamily,
        backfill: true,
        heard: false,
      }),
    }));
  }
}
