import { Injectable } from '@nestjs/common';
import type { ThemeRule, TimelineEvent, Why } from '@themeline/contracts';
import { explainTheme } from '@themeline/matching';
import { ThemesRepository } from './themes.repository';

/** A rule that was changed explains by its old words for so long at most. */
const TRUSTED_MS = 10_000;

/** Says by which words of a theme's rule an event belongs to it. */
@Injectable()
export class ThemeExplainer {
  private readonly rules = new Map<string, { rule: ThemeRule | null; until: number }>();

  constructor(private readonly themes: ThemesRepository) {}

  /**
   * The same with one entry more for each theme that matched by its rule:
   * `{field: 'themes', values: ['chips']}, {field: 'themes.chips', values: ["phrase 'chip tools'"]}`
   */
  async explained<A extends { why: Why; event: TimelineEvent }>(alerts: readonly A[], now: number): Promise<A[]> {
    const wanted = new Set(alerts.flatMap(({ why }) => themesIn(why)));
    const missing = [...wanted].filter((id) => (this.rules.get(id)?.until ?? 0) <= now);
    if (missing.length > 0) {
      const found = await this.themes.rules(missing);
      for (const id of missing) this.rules.set(id, { rule: found.get(id) ?? null, until: now + TRUSTED_MS });
    }
    return alerts.map((alert) => ({ ...alert, why: this.withReasons(alert.why, alert.event) }));
  }

  private withReasons(why: Why, event: TimelineEvent): Why {
    return [
      ...why,
      ...themesIn(why).flatMap((id) => {
        const rule = this.rules.get(id)?.rule ?? null;
        const values = rule === null ? [] : explainTheme(rule, event);
        return values.length === 0 ? [] : [{ field: `themes.${id}`, values }];
      }),
    ];
  }
}

const themesIn = (why: Why): string[] => why.find(({ field }) => field === 'themes')?.values ?? [];
