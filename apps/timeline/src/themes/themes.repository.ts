import { Injectable } from '@nestjs/common';
import {
  deriveId,
  type EntityRef,
  entityType,
  type ThemeIn,
  type ThemeOut,
  type ThemeRule,
} from '@themeline/contracts';
import { Outbox } from '@themeline/messaging';
import { type ClientSession, Database, isDuplicateKey } from '@themeline/persistence';
import type { EntityDocument, EventDocument, StateDocument, ThemeDocument } from '../timeline.collections';

/** What events are read with: the rules of all themes at one version of the whole, and which entities were merged. */
export interface ThemeSet {
  version: number;
  /** By the id of an entity that is an alias now: whose. */
  merged: ReadonlyMap<string, Pick<EntityRef, 'id' | 'name' | 'type'>>;
  rules: { id: string; rule: ThemeRule }[];
  ids: ReadonlySet<string>;
}

/** Before any were read. */
export const NO_THEMES: ThemeSet = { version: -1, merged: new Map(), rules: [], ids: new Set() };

type State = Extract<StateDocument, { _id: 'themes' | 'entities' }>;

@Injectable()
export class ThemesRepository {
  private cached = NO_THEMES;
  private cachedMerges = -1;

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  private get themes() {
    return this.database.collection<ThemeDocument>('themes');
  }

  private get states() {
    return this.database.collection<State>('state');
  }

  async current(): Promise<ThemeSet> {
    const states = await this.states.find({ _id: { $in: ['themes', 'entities'] } }).toArray();
    const versionOf = (id: State['_id']): number => states.find(({ _id }) => _id === id)?.version ?? 0;
    return this.of({ themes: versionOf('themes'), entities: versionOf('entities') });
  }

  /** At these versions, which were just read: the same object as before while they are the same. */
  async of({ themes: version, entities: merges }: Readonly<Record<State['_id'], number>>): Promise<ThemeSet> {
    if (this.cached.version === version && this.cachedMerges === merges) return this.cached;
    // A change in between makes the rules newer than the version says: then they are applied once more than needed.
    const [rows, merged] = await Promise.all([this.list(), this.findMerged()]);
    const rules = rows.map(({ _id, rule }) => ({ id: _id, rule }));
    this.cached = { version, merged, rules, ids: new Set(rules.map(({ id }) => id)) };
    this.cachedMerges = merges;
    return this.cached;
  }

  async version(): Promise<number> {
    return (await this.states.findOne({ _id: 'themes' }))?.version ?? 0;
  }

  private async findMerged(): Promise<ThemeSet['merged']> {
    const entities = this.database.collection<EntityDocument>('entities');
    const aliases = await entities.find({ mergedInto: { $exists: true } }).toArray();
    const heirs = await entities
      .find({ _id: { $in: aliases.flatMap(({ mergedInto }) => mergedInto ?? []) } })
      .toArray();
    const byId = new Map(heirs.map(({ _id, name, type }) => [_id, { id: _id, name, type: entityType.parse(type) }]));
    return new Map(
      aliases.flatMap(({ _id, mergedInto }) => {
        const heir = byId.get(mergedInto ?? '');
        return heir === undefined ? [] : [[_id, heir] as const];
      }),
    );
  }

  list(): Promise<ThemeDocument[]> {
    return this.themes.find({ removed: false }).sort({ _id: 1 }).toArray();
  }

  async find(id: string): Promise<ThemeDocument | null> {
    return this.themes.findOne({ _id: id, removed: false });
  }

  /** The themes of a new installation, once for ever, whoever of several replicas is first. */
  async seed(themes: readonly ThemeIn[], now: Date): Promise<void> {
    if ((await this.states.findOne({ _id: 'themes' })) !== null) return;
    const rows = themes.map((theme) => documentOf(theme, 1, now));
    try {
      await this.database.transaction(async (session) => {
        await this.states.insertOne({ _id: 'themes', version: 1 }, { session });
        if (rows.length > 0) await this.themes.insertMany(rows, { session });
        await this.tell(session, rows);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Null when there is one already. A theme that comes back goes on counting its versions. */
  add(theme: ThemeIn, now: Date): Promise<ThemeDocument | null> {
    return this.replace(theme.id, (old) =>
      old === null || old.removed ? documentOf(theme, (old?.version ?? 0) + 1, now) : null,
    );
  }

  /** Null when there is none. */
  change(theme: ThemeIn, now: Date): Promise<ThemeDocument | null> {
    return this.replace(theme.id, (old) =>
      old === null || old.removed ? null : documentOf(theme, old.version + 1, now),
    );
  }

  /** Null when there is none. */
  remove(id: string, now: Date): Promise<ThemeDocument | null> {
    return this.replace(id, (old) =>
      old === null || old.removed ? null : { ...old, version: old.version + 1, updatedAt: now, removed: true },
    );
  }

  /** Events that the rules of this version have not been applied to. */
  findBehind(version: number, limit: number): Promise<EventDocument[]> {
    return this.database
      .collection<EventDocument>('events')
      .find({ themeVersion: { $lt: version } })
      .limit(limit)
      .toArray();
  }

  countBehind(version: number): Promise<number> {
    return this.database.collection<EventDocument>('events').countDocuments({ themeVersion: { $lt: version } });
  }

  /** For events that the rules change nothing of. */
  async markApplied(session: ClientSession, events: readonly EventDocument[], version: number): Promise<void> {
    if (events.length === 0) return;
    await this.database.collection<EventDocument>('events').bulkWrite(
      events.map(({ _id, revision }) => ({
        updateOne: { filter: { _id, revision }, update: { $set: { themeVersion: version } } },
      })),
      { session },
    );
  }

  private async replace(
    id: string,
    next: (old: ThemeDocument | null) => ThemeDocument | null,
  ): Promise<ThemeDocument | null> {
    return this.database.transaction(async (session) => {
      const theme = next(await this.themes.findOne({ _id: id }, { session }));
      if (theme === null) return null;
      await this.themes.replaceOne({ _id: id }, theme, { session, upsert: true });
      await this.states.updateOne({ _id: 'themes' }, { $inc: { version: 1 } }, { session, upsert: true });
      await this.tell(session, [theme]);
      return theme;
    });
  }

  private tell(session: ClientSession, rows: readonly ThemeDocument[]): Promise<void> {
    return this.outbox.add(
      session,
      rows.map((row) => ({
        subject: 'theme.changed' as const,
        messageId: deriveId('msg', 'theme.changed', row._id, String(row.version)),
        payload: { themeId: row._id, version: row.version, theme: row.removed ? null : themeOutOf(row) },
      })),
    );
  }
}

export function themeOutOf(row: ThemeDocument): ThemeOut {
  const { _id, name, description, rule, version, updatedAt } = row;
  return { id: _id, name, description, rule, version, updatedAt: updatedAt.toISOString() };
}

function documentOf(theme: ThemeIn, version: number, now: Date): ThemeDocument {
  const { id, name, description, rule } = theme;
  return { _id: id, name, description: description ?? null, rule, version, updatedAt: now, removed: false };
}
