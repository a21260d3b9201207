import type {
  AlertOut,
  DeadLetterOut,
  DeliveryOut,
  EventRevision,
  Page,
  ReportOut,
  SubscriptionOut,
  TimelineEvent,
} from '@themeline/contracts';
import { DEVELOPMENTS } from '@themeline/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client';
import { kindOf } from '../support/happenings';
import { keyOfTelling, type Happening, type Load } from './load';
import type { Call, Receivers } from './receivers';
import type { Troubles } from './troubles';

const QUIET_MS = 240_000;
const LOOK_EVERY_MS = 1_000;
/** After all that is expected has come: time for what must not come. */
const AFTERMATH_MS = 5_000;
/** An answer is written down by then, unless something is broken. */
const WRITTEN_WITHIN_MS = 5_000;
const AT_ONCE = 8;
const MOST_SHOWN = 20;

/** What must not be, one line each. */
export interface Findings {
  lost: string[];
  doubled: string[];
  broken: string[];
}

/** How much was looked at. */
export interface Counts {
  reports: number;
  events: number;
  revisions: number;
  alerts: number;
  deliveries: number;
  calls: number;
  /** Messages that came more than once, always under the same id. */
  repeats: number;
  deadLetters: number;
}

interface Watcher {
  path: string;
  subscription: SubscriptionOut;
  /** What it is to be told of an event, as `development@revision`. */
  expects: (told: Told) => string[];
}

/** One happening and what the timeline made of it. */
interface Told {
  happening: Happening;
  event: TimelineEvent;
  revisions: EventRevision[];
}

const lineOf = ({ development, revision }: { development: string; revision: number }): string =>
  development === 'recorded' ? 'recorded' : `${development}@${String(revision)}`;

/** Subscriptions that are told of a run's load, each by a receiver of its own. */
export class Watch {
  private readonly watchers: Watcher[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly receivers: Receivers,
    private readonly troubles: Troubles,
  ) {}

  get paths(): string[] {
    return this.watchers.map(({ path }) => path);
  }

  async subscribe(): Promise<void> {
    await this.add('/bans', { kinds: ['ban'] }, undefined, ({ happening, revisions }) =>
      kindOf(happening.n) === 'ban' ? ['recorded', ...since('retracted', revisions)] : [],
    );
    await this.add('/all', {}, [...DEVELOPMENTS], ({ revisions }) => [
      'recorded',
      ...revisions.flatMap(({ revision, developments }) =>
        developments.filter((one) => one !== 'recorded').map((development) => lineOf({ development, revision })),
      ),
    ]);
    await this.add('/confirmed', { minSources: 2 }, ['recorded'], ({ happening }) =>
      happening.sources.length === 2 ? ['recorded'] : [],
    );
  }

  private async add(
    path: string,
    match: object,
    developments: string[] | undefined,
    expects: Watcher['expects'],
  ): Promise<void> {
    const { status, body } = await this.api.call<SubscriptionOut>('POST', '/v1/subscriptions', {
      name: path,
      match,
      ...(developments === undefined ? {} : { developments }),
      channels: [{ type: 'webhook', url: this.receivers.url(path) }],
    });
    if (status !== 201) throw new Error(`no subscription for ${path}: ${JSON.stringify(body)}`);
    this.receivers.trust(path, body.channels[0]?.secret ?? '');
    this.watchers.push({ path, subscription: body, expects });
  }

  /** Waits until nothing is missing, or no longer; then says what is wrong. */
  async verify(
    load: Load,
    happenings: readonly Happening[],
    poison: number,
  ): Promise<{ findings: Findings; counts: Counts }> {
    const deadline = performance.now() + QUIET_MS;
    for (;;) {
      const missing = await this.look(load, happenings, poison).then(
        ({ findings }) => findings.lost.length,
        // Servers may still be electing.
        () => Infinity,
      );
      if (missing === 0 || performance.now() > deadline) break;
      await pause(LOOK_EVERY_MS);
    }
    await pause(AFTERMATH_MS);
    return this.look(load, happenings, poison);
  }

  private async look(
    load: Load,
    happenings: readonly Happening[],
    poison: number,
  ): Promise<{ findings: Findings; counts: Counts }> {
    const findings: Findings = {
      lost: [...load.failed],
      doubled: [],
      broken: [...load.renamed.map((line) => `report ${line}`)],
    };
    const events = await this.events();
    const told = await this.checkEvents(load, happenings, events, findings);
    await this.checkHistories(told, findings);
    await this.checkCounts(events, findings);
    const counts: Counts = {
      reports: load.accepted.size,
      events: events.length,
      revisions: told.reduce((sum, { revisions }) => sum + revisions.length, 0),
      alerts: 0,
      deliveries: 0,
      calls: this.receivers.calls.length,
      repeats: 0,
      deadLetters: 0,
    };
    for (const watcher of this.watchers) await this.checkTelling(watcher, told, findings, counts);
    for (const forged of this.receivers.forged) findings.broken.push(`signature: ${forged}`);
    const letters = await all<DeadLetterOut>(this.api, '/v1/dead-letters');
    counts.deadLetters = letters.length;
    const unreadable = letters.filter(({ payload }) => typeof payload === 'string' || isPoison(payload));
    for (const letter of letters.filter((one) => !unreadable.includes(one)))
      findings.broken.push(`dead letter ${letter.durable} ${letter.messageId}: ${letter.reason}`);
    if (unreadable.length < poison) findings.lost.push(`${String(poison - unreadable.length)} of the poison messages`);
    return { findings, counts };
  }

  /** The retracted ones too. */
  private async events(): Promise<TimelineEvent[]> {
    const [live, retracted] = await Promise.all([
      all<TimelineEvent>(this.api, '/v1/events?limit=200&undated=include'),
      all<TimelineEvent>(this.api, '/v1/events?limit=200&undated=include&development=retracted'),
    ]);
    return [...live.filter(({ id }) => !retracted.some((other) => other.id === id)), ...retracted];
  }

  /** Every accepted report has exactly one event, and every happening is one. */
  private async checkEvents(
    load: Load,
    happenings: readonly Happening[],
    events: readonly TimelineEvent[],
    findings: Findings,
  ): Promise<Told[]> {
    const places = new Map<string, TimelineEvent[]>();
    for (const event of events) {
      for (const { reportId } of event.reports) places.set(reportId, [...(places.get(reportId) ?? []), event]);
    }
    const told: Told[] = [];
    const claimed = new Set<string>();
    for (const happening of happenings) {
      const ids = happening.sources.map((source) => load.accepted.get(keyOfTelling(happening.n, source)) ?? '');
      const found = happening.takenDown
        ? events.filter(({ id }) => id === load.takenDown.get(happening.n))
        : [...new Set(ids.flatMap((id) => places.get(id) ?? []))];
      const [event] = found;
      if (event === undefined) findings.lost.push(`happening ${String(happening.n)} has no event`);
      if (found.length > 1)
        findings.doubled.push(
          `happening ${String(happening.n)} has the events ${found.map(({ id }) => id).join(', ')}`,
        );
      if (event !== undefined && happening.takenDown !== event.retracted)
        findings.lost.push(`happening ${String(happening.n)}: retracted is ${String(event.retracted)}`);
      for (const id of happening.takenDown ? [] : ids) {
        const at = places.get(id)?.length ?? 0;
        if (at === 0) findings.lost.push(`report ${id} of happening ${String(happening.n)} is in no event`);
        if (at > 1)
          findings.doubled.push(`report ${id} of happening ${String(happening.n)} is in ${String(at)} events`);
      }
      for (const { id } of found) claimed.add(id);
      if (event !== undefined) told.push({ happening, event, revisions: [] });
    }
    for (const { id, headline } of events.filter((event) => !claimed.has(event.id)))
      findings.doubled.push(`event ${id} '${headline}' is of no happening`);
    await inTurns([...load.accepted.values()], async (id) => {
      const { body } = await this.api.call<ReportOut>('GET', `/v1/reports/${id}`);
      const [event] = places.get(id) ?? [];
      if (body.state === 'accepted') findings.lost.push(`report ${id} is not known to have gone anywhere`);
      else if (event !== undefined && body.eventId !== event.id)
        findings.broken.push(`report ${id} is said to be in ${String(body.eventId)} and is in ${event.id}`);
    });
    return told;
  }

  /** Revisions of an event are 1, 2, 3 …, and all of them together have the places 1, 2, 3 … of the timeline. */
  private async checkHistories(told: Told[], findings: Findings): Promise<void> {
    const places: number[] = [];
    await inTurns(told, async (one) => {
      const { event } = one;
      one.revisions = (await all<EventRevision>(this.api, `/v1/events/${event.id}/revisions`)).sort(
        (a, b) => a.revision - b.revision,
      );
      const numbers = one.revisions.map(({ revision }) => revision);
      if (numbers.some((revision, index) => revision !== index + 1) || numbers.at(-1) !== event.revision)
        findings.broken.push(`event ${event.id} at ${String(event.revision)} has the revisions ${numbers.join(', ')}`);
      if (one.revisions[0]?.developments.includes('recorded') !== true)
        findings.broken.push(`event ${event.id} does not begin by being recorded`);
      for (const [index, { seq, revision }] of one.revisions.entries()) {
        const before = one.revisions[index - 1]?.seq ?? 0;
        if (seq === null) findings.lost.push(`revision ${String(revision)} of ${event.id} has no place`);
        else {
          places.push(seq);
          if (before !== null && seq <= before)
            findings.broken.push(`revision ${String(revision)} of ${event.id} comes before the last`);
        }
      }
    });
    const sorted = places.sort((a, b) => a - b);
    const gap = sorted.findIndex((seq, index) => seq !== index + 1);
    if (gap >= 0 && findings.lost.length === 0)
      findings.broken.push(`the places of the timeline go ${String(sorted[gap - 1])}, ${String(sorted[gap])}`);
  }

  /** What the stored counts say is what can be counted. */
  private async checkCounts(events: readonly TimelineEvent[], findings: Findings): Promise<void> {
    const live = events.filter(({ retracted }) => !retracted);
    const { body } = await this.api.call<{ total: number; series?: { value: string; total: number }[] }>(
      'GET',
      '/v1/histogram?interval=year&by=kind&undated=include',
    );
    const wrong: string[] = [];
    if (Math.round(body.total) !== live.length) wrong.push(`in all ${String(body.total)} for ${String(live.length)}`);
    for (const kind of new Set(live.map((event) => event.kind))) {
      const stored = body.series?.find(({ value }) => value === kind)?.total ?? 0;
      const counted = live.filter((event) => event.kind === kind).length;
      if (Math.round(stored) !== counted) wrong.push(`${kind} ${String(stored)} for ${String(counted)}`);
    }
    // They are folded in the background.
    if (wrong.length > 0) findings.lost.push(`counts: ${wrong.join(', ')}`);
  }

  /** Every expected alert once, each delivered at least once, and a repeat under the same id where the answer was lost. */
  private async checkTelling(
    { path, subscription, expects }: Watcher,
    told: readonly Told[],
    findings: Findings,
    counts: Counts,
  ): Promise<void> {
    const alerts = await all<AlertOut>(this.api, `/v1/subscriptions/${subscription.id}/alerts?limit=200`);
    counts.alerts += alerts.length;
    const left = new Map<string, number>();
    for (const alert of alerts) {
      const line = `${alert.eventId} ${lineOf(alert)}`;
      left.set(line, (left.get(line) ?? 0) + 1);
    }
    for (const one of told) {
      for (const expected of expects(one)) {
        const line = `${one.event.id} ${expected}`;
        if (!left.has(line)) findings.lost.push(`${path}: no alert ${line}`);
        else left.set(line, (left.get(line) ?? 0) - 1);
      }
    }
    for (const [line, extra] of left)
      if (extra > 0) findings.doubled.push(`${path}: ${String(extra)} alerts too many: ${line}`);

    const deliveries = await all<DeliveryOut>(this.api, `/v1/subscriptions/${subscription.id}/deliveries?limit=200`);
    counts.deliveries += deliveries.length;
    const calls = new Map<string, Call[]>();
    for (const call of this.receivers.calls.filter((one) => one.path === path))
      calls.set(call.id, [...(calls.get(call.id) ?? []), call]);
    const delivered = new Set<string>();
    for (const { id, messageId, alertIds, state, attempts } of deliveries) {
      const come = calls.get(messageId) ?? [];
      if (state !== 'delivered') findings.lost.push(`${path}: delivery ${id} is ${state}`);
      else if (!come.some(isAnswered)) findings.lost.push(`${path}: delivery ${id} never came`);
      for (const alertId of alertIds) {
        if (delivered.has(alertId)) findings.doubled.push(`${path}: alert ${alertId} has two deliveries`);
        delivered.add(alertId);
      }
      const other = come.find(({ body }) => body.data.alert.id !== alertIds[0]);
      if (other !== undefined) findings.broken.push(`${path}: message ${messageId} told ${other.body.data.alert.id}`);
      // Whatever came after a 2xx that was written down would be a repeat without a reason.
      if (attempts.slice(0, -1).some(({ status }) => status !== null && status < 300))
        findings.doubled.push(`${path}: delivery ${id} was tried again after its answer was known`);
      counts.repeats += Math.max(0, come.filter(isAnswered).length - 1);
      for (const { at } of repeatsWithoutReason(come, this.troubles))
        findings.doubled.push(
          `${path}: message ${messageId} came again although its answer of ${new Date(at).toISOString()} was not lost`,
        );
    }
    for (const { id } of alerts) if (!delivered.has(id)) findings.lost.push(`${path}: alert ${id} has no delivery`);
    const known = new Set(deliveries.map(({ messageId }) => messageId));
    for (const messageId of calls.keys())
      if (!known.has(messageId)) findings.doubled.push(`${path}: message ${messageId} is of no delivery`);
  }
}

const isAnswered = ({ mood }: Pick<Call, 'mood'>): boolean => mood === 'well';

/** Whose trouble may lose an answer between the receiver and where it is written down. */
const writesAnswers = (name: string): boolean => name.startsWith('alerts-') || name.startsWith('mongod-');

/**
 * Of the calls with one message, as they came, those that were answered well, were followed by another one all the same, and
 * came while nothing was wrong with whoever writes answers down.
 */
export function repeatsWithoutReason<T extends Pick<Call, 'mood' | 'at'>>(
  calls: readonly T[],
  troubles: Pick<Troubles, 'touch'>,
): T[] {
  return calls
    .slice(0, -1)
    .filter((call) => isAnswered(call) && !troubles.touch(writesAnswers, call.at, call.at + WRITTEN_WITHIN_MS));
}

const isPoison = (payload: unknown): boolean => typeof payload === 'object' && payload !== null && 'poison' in payload;

/** `retracted@2`, if it was. */
function since(development: string, revisions: readonly EventRevision[]): string[] {
  return revisions
    .filter(({ developments }) => (developments as string[]).includes(development))
    .map(({ revision }) => lineOf({ development, revision }));
}

export const totalOf = ({ lost, doubled, broken }: Findings): number => lost.length + doubled.length + broken.length;

/** The findings as lines, each sort to a length that can be read. */
export function describe(findings: Findings): string[] {
  return Object.entries(findings as unknown as Record<string, string[]>).flatMap(([sort, lines]) => [
    ...lines.slice(0, MOST_SHOWN).map((line) => `${sort}: ${line}`),
    ...(lines.length > MOST_SHOWN ? [`${sort}: and ${String(lines.length - MOST_SHOWN)} more`] : []),
  ]);
}

async function all<T>(api: ApiClient, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const separator = path.includes('?') ? '&' : '?';
    const next: string = cursor === null ? '' : `${separator}cursor=${encodeURIComponent(cursor)}`;
    const { status, body }: { status: number; body: Page<T> } = await api.call<Page<T>>('GET', `${path}${next}`);
    if (status !== 200) throw new Error(`${path} answers ${String(status)}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return items;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    }),
  );
}
