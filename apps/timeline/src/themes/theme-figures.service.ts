import { Inject, Injectable } from '@nestjs/common';
import { slugify, type ThemeOut, type ThemeRule, type TimelineEvent } from '@themeline/contracts';
import { type Momentum, momentumOf, USUAL_WEEKS } from '@themeline/matching';
import { matchThemes } from '@themeline/extraction';
import type { Vocabulary } from '@themeline/vocabulary';
import { eventQuery } from '../events/event.query';
import { EventSearch } from '../events/event.search';
import { EventsService } from '../events/events.service';
import { VOCABULARY } from '../timeline.tokens';
import { ThemeFiguresRepository } from './theme-figures.repository';
import { ThemesRepository } from './themes.repository';
import { ThemesService } from './themes.service';

/** So many candidates are read to see whether they fit; of more the share is estimated. */
const MOST_READ = 2_000;
const SAMPLES = 10;
const SHOWN = 10;
const DAY_MS = 86_400_000;

export interface ThemePreview {
  events: number;
  exact: boolean;
  samples: TimelineEvent[];
}

export interface ThemeProgress {
  theme: string;
  events: number;
  behind: number;
  finished: boolean;
}

export interface ThemeSummary {
  theme: ThemeOut;
  events: number;
  counts: Record<string, { value: string; count: number }[]>;
  momentum: Momentum;
  latest: TimelineEvent[];
  upcoming: TimelineEvent[];
  overdue: TimelineEvent[];
}

/** What a theme's page shows, and what a rule would do before it is one. */
@Injectable()
export class ThemeFiguresService {
  constructor(
    private readonly themes: ThemesService,
    private readonly rules: ThemesRepository,
    private readonly figures: ThemeFiguresRepository,
    private readonly events: EventsService,
    private readonly search: EventSearch,
    @Inject(VOCABULARY) private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * How many events a rule would take in, and the newest of them. Candidates are found by headline, summary and names and read with their
   * evidence; an event that only the evidence speaks for is found when the rule is applied.
   *
   * @throws ProblemError 400 naming the kind that there is not
   */
  async preview(rule: ThemeRule): Promise<ThemePreview> {
    this.themes.checkRule(rule);
    const entities = rule.entities.map((name) => this.vocabulary.resolveEntity(name)?.id ?? slugify(name));
    const rows = await this.figures.findCandidates(rule, entities, MOST_READ);
    const read = await this.search.withReports(rows);
    const themes = [{ id: 'preview', rule }];
    const fitting = read.filter((event) => matchThemes(subjectOf(event), themes).length > 0);
    const samples = fitting.slice(0, SAMPLES);
    if (rows.length < MOST_READ) return { events: fitting.length, exact: true, samples };
    const candidates = await this.figures.countCandidates(rule, entities);
    return { events: Math.round((candidates * fitting.length) / rows.length), exact: false, samples };
  }

  /** How far the newest rules have been applied to the events that were there. All rules are applied together. */
  async progress(id: string): Promise<ThemeProgress> {
    await this.themes.read(id);
    const [behind, events] = await Promise.all([
      this.rules.version().then((version) => this.rules.countBehind(version)),
      this.figures.countEvents(),
    ]);
    return { theme: id, events, behind, finished: behind === 0 };
  }

  async summary(id: string, now: Date): Promise<ThemeSummary> {
    const theme = await this.themes.read(id);
    const today = now.toISOString().slice(0, 10);
    const yesterday = new Date(now.getTime() - DAY_MS).toISOString().slice(0, 10);
    const of = (query: Record<string, unknown>) =>
      this.events.list(eventQuery.parse({ theme: [id], limit: String(SHOWN), ...query }));
    const coming = { status: ['planned', 'forecast'] };
    const [latest, upcoming, overdue, weeks] = await Promise.all([
      of({ status: ['occurred'] }),
      of({ ...coming, from: today, sort: 'date' }),
      // Not even an approximate date can still be met.
      of({ ...coming, to: yesterday, dateMatch: 'certain', sort: '-date' }),
      this.figures.countByWeek(id, USUAL_WEEKS + 1, now),
    ]);
    const all = await of({ limit: '1', facets: 'status,kind' });
    const [thisWeek = 0, ...before] = weeks;
    const counts = all.facets ?? {};
    return {
      theme,
      events: (counts['status'] ?? []).reduce((sum, { count }) => sum + count, 0),
      counts,
      momentum: momentumOf(thisWeek, before),
      latest: latest.items.events(),
      upcoming: upcoming.items.events(),
      overdue: overdue.items.events(),
    };
  }
}

/** As the rules see an event when they are applied. */
function subjectOf({ headline, summary, kind, entities, reports }: TimelineEvent) {
  return {
    headline,
    summary,
    evidence: reports
      .flatMap(({ claims, evidence }) => [claims.headline, ...(evidence === null ? [] : [evidence.text])])
      .join('\n'),
    kind,
    entities: entities.map(({ name }) => name),
  };
}
