import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@themeline/contracts';
import { badRequest, decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { foldedWords } from '@themeline/merging';
import type { Vocabulary } from '@themeline/vocabulary';
import { z } from 'zod';
import { eventQuery } from '../events/event.query';
import { type EventPage, EventsService } from '../events/events.service';
import { ThemesRepository } from '../themes/themes.repository';
import type { EntityDocument } from '../timeline.collections';
import { VOCABULARY } from '../timeline.tokens';
import { EntitiesRepository } from './entities.repository';

export interface EntitySummary {
  id: string;
  name: string;
  type: string;
  events: number;
}
export type EntityPage = Page<EntitySummary>;
export type EntityDetails = EntitySummary & { aliases: string[] };
export type EntityBeside = EntitySummary & { together: number };

const MOST_BESIDE = 50;

const entityCursor = z.object({ after: z.string().max(200) });

@Injectable()
export class EntitiesService {
  constructor(
    private readonly repository: EntitiesRepository,
    private readonly events: EventsService,
    private readonly themes: ThemesRepository,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * Entities by the beginnings of the words of their names and aliases, in order of id; one that `q` is a known alias of comes first.
   *
   * @throws ProblemError 400 for a `q` in which there is no word: it would be all of them
   */
  async list(q: string | undefined, limit: number, cursor: string | undefined): Promise<EntityPage> {
    const after = cursor === undefined ? null : decodeCursor(cursor, entityCursor).after;
    const exact = q === undefined ? null : await this.resolve(q);
    const words = q === undefined ? [] : foldedWords(q);
    if (q !== undefined && words.length === 0) {
      const message = 'has no word in it';
      throw badRequest(`q ${message}`, [{ path: 'q', message }]);
    }
    const rows = await this.repository.findByWords(words, after, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown[shown.length - 1];
    const found = shown.filter((row) => row._id !== exact?.id).map(({ _id, name, type }) => ({ id: _id, name, type }));
    if (exact !== null && after === null) found.unshift(exact);
    return {
      items: await this.withCounts(found),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor({ after: last._id }) : null,
    };
  }

  /** @throws ProblemError 404 for an id that there is not */
  async read(id: string): Promise<EntityDetails> {
    const { _id, name, type, aliases } = await this.find(id);
    const counts = await this.repository.countEvents([_id]);
    return { id: _id, name, type, events: counts.get(_id) ?? 0, aliases: aliases ?? [] };
  }

  async timeline(id: string, limit: number, cursor: string | undefined): Promise<EventPage> {
    const { _id } = await this.find(id);
    return this.events.list(eventQuery.parse({ entity: [_id], sort: '-date', limit: String(limit), cursor }));
  }

  async beside(id: string): Promise<EntityBeside[]> {
    const { _id } = await this.find(id);
    const counts = await this.repository.countBeside(_id, MOST_BESIDE);
    const known = new Map((await this.repository.findAll(counts.map((row) => row.id))).map((row) => [row._id, row]));
    const together = new Map(counts.map((row) => [row.id, row.count]));
    const found = counts.map((row) => ({
      id: row.id,
      name: known.get(row.id)?.name ?? row.id,
      type: known.get(row.id)?.type ?? 'other',
    }));
    return (await this.withCounts(found)).map((entity) => ({ ...entity, together: together.get(entity.id) ?? 0 }));
  }

  private async find(id: string): Promise<EntityDocument> {
    const found = await this.repository.find(id);
    const heir = found?.mergedInto === undefined ? found : await this.repository.find(found.mergedInto);
    if (heir === null) throw notFound(`no such entity: '${id}'`);
    return heir;
  }

  /** Whose name or alias that is. */
  private async resolve(q: string): Promise<{ id: string; name: string; type: string } | null> {
    const known = this.vocabulary.resolveEntity(q);
    if (known === null) return null;
    const { merged } = await this.themes.current();
    return merged.get(known.id) ?? { id: known.id, name: known.name, type: known.type };
  }

  private async withCounts<T extends { id: string }>(found: readonly T[]): Promise<(T & { events: number })[]> {
    const counts = await this.repository.countEvents(found.map(({ id }) => id));
    return found.map((entity) => ({ ...entity, events: counts.get(entity.id) ?? 0 }));
  }
}
