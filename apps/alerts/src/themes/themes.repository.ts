import { Injectable } from '@nestjs/common';
import { type ClientSession, Database } from '@themeline/persistence';
import type { ThemeRule } from '@themeline/contracts';
import type { ThemeDocument } from '../alerts.collections';

export interface ThemeChange {
  themeId: string;
  version: number;
  rule: ThemeRule | null;
}

/** Which themes exist, as far as timeline has told. */
@Injectable()
export class ThemesRepository {
  constructor(private readonly database: Database) {}

  private get themes() {
    return this.database.collection<ThemeDocument>('themes');
  }

  /** Writes what is newer than what is known; the rest changes nothing. */
  async apply(session: ClientSession, changes: readonly ThemeChange[]): Promise<void> {
    const ids = changes.map(({ themeId }) => themeId);
    const known = await this.themes.find({ _id: { $in: ids } }, { session }).toArray();
    const versions = new Map(known.map(({ _id, version }) => [_id, version]));
    for (const { themeId, version, rule } of changes) {
      if (version <= (versions.get(themeId) ?? 0)) continue;
      versions.set(themeId, version);
      await this.themes.updateOne(
        { _id: themeId },
        { $set: { version, removed: rule === null, rule } },
        { session, upsert: true },
      );
    }
  }

  async any(): Promise<boolean> {
    return (await this.themes.findOne({}, { projection: { _id: 1 } })) !== null;
  }

  async rules(themeIds: readonly string[]): Promise<Map<string, ThemeRule>> {
    const rows = await this.themes.find({ _id: { $in: [...themeIds] }, rule: { $type: 'object' } }).toArray();
    return new Map(rows.flatMap(({ _id, rule }) => (rule === null ? [] : [[_id, rule] as const])));
  }

  /** Those of the names that are no theme, in the order given. */
  async unknown(themeIds: readonly string[]): Promise<string[]> {
    if (themeIds.length === 0) return [];
    const rows = await this.themes
      .find({ _id: { $in: [...themeIds] }, removed: false }, { projection: { _id: 1 } })
      .toArray();
    const known = new Set(rows.map(({ _id }) => _id));
    return themeIds.filter((themeId) => !known.has(themeId));
  }
}
