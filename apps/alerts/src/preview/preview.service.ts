import { Injectable } from '@nestjs/common';
import type { Development, PreviewIn, PreviewOut } from '@themeline/contracts';
import { badRequest } from '@themeline/http';
import { ProjectionRepository } from '../projection/projection.repository';
import { noSuchTheme } from '../subscriptions/subscription.input';
import { ThemeExplainer } from '../themes/theme.explainer';
import { ThemesRepository } from '../themes/themes.repository';
import { messagesOf } from './message.volume';
import { Rehearsal, type RehearsedAlert } from './rehearsal';

const DAY_MS = 86_400_000;
const SAMPLES = 20;
/** Gone through at once; a few seconds' work, done in slices. */
const MAX_REVISIONS = 200_000;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

@Injectable()
export class PreviewService {
  constructor(
    private readonly projection: ProjectionRepository,
    private readonly themes: ThemesRepository,
    private readonly explainer: ThemeExplainer,
  ) {}

  async preview(wanted: PreviewIn, now: Date): Promise<PreviewOut> {
    await this.verifyThemes(wanted.match.themes);
    const asked = new Date(now.getTime() - wanted.days * DAY_MS);
    const rehearsal = new Rehearsal(wanted.match, wanted);
    const alerts: RehearsedAlert[] = [];
    let revisions = 0;
    let first: Date | null = null;
    for await (const state of this.projection.since(asked, MAX_REVISIONS)) {
      first ??= state.at;
      revisions += 1;
      alerts.push(...rehearsal.hear(state));
    }
    const complete = revisions < MAX_REVISIONS;
    const from = complete || first === null ? asked : first;
    const shown = alerts.slice(-SAMPLES).reverse();
    const samples = await this.explainer.explained(
      shown.map((alert) => ({ ...alert, event: alert.state.event })),
      now.getTime(),
    );
    return {
      from: from.toISOString(),
      to: now.toISOString(),
      revisions,
      complete,
      alerts: alerts.length,
      perDay: countPerDay(alerts, from, now),
      perDevelopment: countPerDevelopment(alerts),
      samples: samples.map(sampleOf),
      channels: (wanted.channels ?? []).map((channel, index) => {
        const times = alerts.map(({ state }) => state.at);
        // What is fetched is not sent.
        const messages = 'cadence' in channel ? messagesOf(times, channel.cadence) : 0;
        const days = Math.max(1, (now.getTime() - from.getTime()) / DAY_MS);
        return { index, type: channel.type, messages, perDay: Number((messages / days).toFixed(2)) };
      }),
    };
  }

  private async verifyThemes(themes: readonly string[]): Promise<void> {
    const unknown = new Set(await this.themes.unknown(themes));
    const errors = themes.flatMap((theme, index) =>
      unknown.has(theme) ? [{ path: `match.themes[${String(index)}]`, message: noSuchTheme(theme) }] : [],
    );
    if (errors.length > 0) throw badRequest(errors.map(({ message }) => message).join('; '), errors);
  }
}

function countPerDay(alerts: readonly RehearsedAlert[], from: Date, to: Date): PreviewOut['perDay'] {
  const counts = new Map<string, number>();
  for (let at = Date.parse(dayOf(from)); at <= to.getTime(); at += DAY_MS) counts.set(dayOf(new Date(at)), 0);
  for (const { state } of alerts) counts.set(dayOf(state.at), (counts.get(dayOf(state.at)) ?? 0) + 1);
  return [...counts].map(([day, count]) => ({ day, count }));
}

function countPerDevelopment(alerts: readonly RehearsedAlert[]): PreviewOut['perDevelopment'] {
  const counts = new Map<Development, number>();
  for (const { development } of alerts) counts.set(development, (counts.get(development) ?? 0) + 1);
  return [...counts].map(([development, count]) => ({ development, count }));
}

function sampleOf({ development, why, state }: RehearsedAlert): PreviewOut['samples'][number] {
  const { reports: _reports, ...event } = state.event;
  return { development, why, at: state.at.toISOString(), revision: state.revision, event };
}
