import type { ReportIn } from '@themeline/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient } from '../support/api-client';
import { happening } from '../support/happenings';
import { seededRandom } from '../support/seeded-random';
import { boundedCall } from '../../deploy/local/bounded.call';

const FIRST_SOURCE = 'Wire';
const SECOND_SOURCE = 'Evening Herald';
/** Of a hundred happenings so many are told by a second source, and of those with one source so many are taken down. */
const TOLD_TWICE = 40;
const TAKEN_DOWN = 8;
/** Of a hundred posts so many are sent once more, as by a client that did not hear the answer. */
const SENT_AGAIN = 10;
const MOST_IN_A_POST = 8;
const SECOND_AFTER_MS = 4_000;
const TIMEOUT_MS = 15_000;
const RETRY_MS = 250;
/** An answer that did not come by then never will. */
const PATIENCE_MS = 180_000;

/** One request of the load, at so many milliseconds after its begin. */
export type Step =
  | { at: number; type: 'post'; key: string; reports: (ReportIn & { externalId: string })[] }
  | { at: number; type: 'take-down'; happening: number };

export interface Happening {
  n: number;
  sources: string[];
  takenDown: boolean;
}

export interface LoadPlan {
  steps: Step[];
  happenings: Happening[];
}

/** The same load for the same seed. */
export function planLoad(seed: number, seconds: number, reportsPerSecond: number): LoadPlan {
  const random = seededRandom(seed);
  const chance = (percent: number): boolean => random() * 100 < percent;
  const steps: Step[] = [];
  const happenings: Happening[] = [];
  const total = Math.round((seconds * reportsPerSecond * 100) / (100 + TOLD_TWICE));
  const later: { at: number; report: ReportIn & { externalId: string } }[] = [];
  let posts = 0;
  const post = (at: number, reports: (ReportIn & { externalId: string })[]): void => {
    const key = `load-${String(seed)}-${String((posts += 1))}`;
    steps.push({ at, type: 'post', key, reports });
    if (chance(SENT_AGAIN)) steps.push({ at: at + random() * 2_000, type: 'post', key, reports });
  };
  for (let n = 0; n < total;) {
    const at = (n / total) * seconds * 1_000;
    const size = Math.min(total - n, 1 + Math.floor(random() * MOST_IN_A_POST));
    const reports = Array.from({ length: size }, (_, k) => telling(n + k, FIRST_SOURCE));
    for (let k = n; k < n + size; k += 1) {
      const twice = chance(TOLD_TWICE);
      if (twice) later.push({ at: at + random() * SECOND_AFTER_MS, report: telling(k, SECOND_SOURCE) });
      const takenDown = !twice && chance(TAKEN_DOWN);
      if (takenDown) steps.push({ at: at + 500 + random() * SECOND_AFTER_MS, type: 'take-down', happening: k });
      happenings.push({ n: k, sources: twice ? [FIRST_SOURCE, SECOND_SOURCE] : [FIRST_SOURCE], takenDown });
    }
    post(at, reports);
    n += size;
  }
  for (const { at, report } of later) post(at, [report]);
  return { steps: steps.sort((a, b) => a.at - b.at), happenings };
}

function telling(n: number, source: string): ReportIn & { externalId: string } {
  return happening(n, source) as ReportIn & { externalId: string };
}

/** What a request came to. */
export interface Sent {
  step: Step;
  tries: number;
  /** Statuses and errors of the tries that failed, in order. */
  failures: string[];
  answeredMs: number;
}

/** Plays a plan against the gateways, each request until it is answered with 2xx, and writes down what was accepted. */
export class Load {
  readonly sent: Sent[] = [];
  /** `externalId` and source → report id, of all that was answered with 2xx. */
  readonly accepted = new Map<string, string>();
  /** Happening → the event that it was when it was taken down. */
  readonly takenDown = new Map<number, string>();
  /** What was not taken in the end, or went into no event. */
  readonly failed: string[] = [];
  /** Those ids for which a second answer named another one. */
  readonly renamed: string[] = [];
  private turn = 0;

  constructor(
    private readonly plan: LoadPlan,
    private readonly gateways: readonly ApiClient[],
  ) {}

  async run(): Promise<void> {
    const startedAt = performance.now();
    const running: Promise<void>[] = [];
    for (const step of this.plan.steps) {
      const wait = step.at - (performance.now() - startedAt);
      if (wait > 0) await pause(wait);
      running.push(
        this.perform(step).catch((error: unknown) => {
          this.failed.push((error as Error).message);
        }),
      );
    }
    await Promise.all(running);
  }

  private async perform(step: Step): Promise<void> {
    if (step.type === 'post') {
      const { items } = await this.until<{ items: { reportId: string }[] }>(step, 'POST', '/v1/reports', step.reports, {
        'idempotency-key': step.key,
      });
      for (const [index, report] of step.reports.entries()) {
        const reportId = items[index]?.reportId ?? '';
        const key = keyOf(report);
        const before = this.accepted.get(key);
        if (before !== undefined && before !== reportId) this.renamed.push(`${key}: ${before}, then ${reportId}`);
        this.accepted.set(key, reportId);
      }
      return;
    }
    const key = keyOf(telling(step.happening, FIRST_SOURCE));
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.accepted.has(key)) {
      if (performance.now() > deadline) throw new Error(`${key} was never accepted`);
      await pause(RETRY_MS);
    }
    const path = `/v1/reports/${this.accepted.get(key) ?? ''}`;
    // Sooner than that it may never be told of, or be; both are right, and only one can be expected.
    while (!this.takenDown.has(step.happening)) {
      if (performance.now() > deadline) throw new Error(`${key} went into no event`);
      const { eventId } = await this.until<{ eventId: string | null }>(step, 'GET', path);
      if (eventId === null) await pause(RETRY_MS);
      else this.takenDown.set(step.happening, eventId);
    }
    await this.until(step, 'DELETE', path);
  }

  private async until<T>(
    step: Step,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const startedAt = performance.now();
    const failures: string[] = [];
    for (;;) {
      const gateway = this.gateways[(this.turn += 1) % this.gateways.length];
      const answer = await attempt(gateway as ApiClient, method, path, body, headers);
      // A second try finds that the first one took it down.
      const done = answer.status >= 200 && answer.status < 300;
      if (done || (method === 'DELETE' && answer.status === 404 && failures.length > 0)) {
        if (method !== 'GET')
          this.sent.push({ step, tries: failures.length + 1, failures, answeredMs: performance.now() - startedAt });
        return answer.body as T;
      }
      failures.push(answer.why);
      if (answer.status >= 400 && answer.status < 500 && ![401, 404, 408, 409, 429].includes(answer.status))
        throw new Error(`${method} ${path} answers ${answer.why}: ${JSON.stringify(answer.body)}`);
      if (performance.now() - startedAt > PATIENCE_MS)
        throw new Error(
          `${method} ${path} was not taken in ${String(failures.length)} tries: ${failures.slice(-3).join(', ')}`,
        );
      await pause(Math.max(RETRY_MS, answer.retryAfterMs));
    }
  }
}

export const keyOf = ({ externalId, source }: { externalId?: string | undefined; source: { name: string } }): string =>
  `${String(externalId)} by ${source.name}`;

export const keyOfTelling = (n: number, source: string): string => keyOf(telling(n, source));

interface Answer {
  /** 0 where there was none. */
  status: number;
  body: unknown;
  why: string;
  retryAfterMs: number;
}

async function attempt(
  gateway: ApiClient,
  method: string,
  path: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  try {
    const answer = await boundedCall(`${gateway.url}${path}`, TIMEOUT_MS, {
      method,
      headers: {
        authorization: `Bearer ${gateway.adminKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      body: answer.text === '' ? null : (JSON.parse(answer.text) as unknown),
      why: String(answer.status),
      retryAfterMs: Number(answer.headers['retry-after'] ?? 0) * 1_000,
    };
  } catch (error) {
    const { code, name } = error as Error & { code?: string };
    return { status: 0, body: null, why: code ?? name, retryAfterMs: 0 };
  }
}
