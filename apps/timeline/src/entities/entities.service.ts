import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@themeline/contracts';
import { decodeCursor, encodeCursor } from '@themeline/http';
import { foldedWords } from '@themeline/merging';
import type { Vocabulary } from '@themeline/vocabulary';
import { z } from 'zod';
import { VOCABULARY } from '../timeline.tokens';
import { EntitiesRepository } from './entities.repository';

export type EntityPage = Page<{ id: string; name: string; type: string; events: number }>;

const entityCursor = z.object({ after: z.string().max(200) });

@Injectable()
export class EntitiesService {
  constructor(
    private readonly repository: EntitiesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /** Entities by the beginnings of their names' words, in order of id; one that `q` is an alias of comes first. */
  async list(q: string | undefined, limit: number, cursor: string | undefined): Promise<EntityPage> {
    const after = cursor === undefined ? null : decodeCursor(cursor, entityCursor).after;
    const exact = q === undefined ? null : this.vocabulary.resolveEntity(q);
    const rows = await this.repository.findByWords(q === undefined ? [] : foldedWords(q), after, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    const found = shown.filter((row) => row._id !== exact?.id).map(({ _id, name, type }) => ({ id: _id, name, type }));
    if (exact !== null && after === null) found.unshift({ id: exact.id, name: exact.name, type: exact.type });
    const counts = await this.repository.countEvents(found.map((entity) => entity.id));
    return {
      items: found.map((entity) => ({ ...entity, events: counts.get(entity.id) ?? 0 })),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ after: last._id }) : null,
    };
  }
}
