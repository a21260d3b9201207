import { Injectable } from '@nestjs/common';

/** A check that takes longer counts as failed. */
export const CHECK_TIMEOUT_MS = 2_000;

export interface CheckResult {
  name: string;
  ready: boolean;
  /** Why not; the check's own words. */
  reason?: string;
  latencyMs: number;
}

export interface ReadinessReport {
  ready: boolean;
  checks: CheckResult[];
}

/**
 * What must work before a service takes requests. `readiness.add('mongodb', () => ping())`: a check that throws or takes
 * more than two seconds makes `/health/ready` answer 503 and name it.
 */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, () => Promise<void>>();
  private draining = false;

  /** A second check of the same name replaces the first. */
  add(name: string, check: () => Promise<void>): void {
    this.checks.set(name, check);
  }

  /** From now on not ready, so that load balancers turn away before the server closes. */
  drain(): void {
    this.draining = true;
  }

  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all([...this.checks].map(([name, check]) => run(name, check)));
    if (this.draining) checks.push({ name: 'process', ready: false, reason: 'is shutting down', latencyMs: 0 });
    return { ready: checks.every((check) => check.ready), checks };
  }
}

async function run(name: string, check: () => Promise<void>): Promise<CheckResult> {
  const startedAt = performance.now();
  const latencyMs = (): number => Math.round(performance.now() - startedAt);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    await Promise.race([check(), timeout]);
    return { name, ready: true, latencyMs: latencyMs() };
  } catch (error) {
    return {
      name,
      ready: false,
      reason: error instanceof Error ? error.message : String(error),
      latencyMs: latencyMs(),
    };
  } finally {
    clearTimeout(timer);
  }
}
