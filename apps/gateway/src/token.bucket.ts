export interface Allowance {
  allowed: boolean;
  /** Whole requests left at once. */
  remaining: number;
  /** Seconds until one more is allowed; 0 when one is. */
  retryAfter: number;
  /** Seconds until the whole burst is there again. */
  reset: number;
}

const MOST_BUCKETS = 10_000;

/**
 * A bucket of tokens for each name, refilled evenly. `new TokenBuckets(6000, 100)` allows 100 at once and 6000 a minute. Times are
 * milliseconds of any clock that does not go back.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private readonly perMs: number;

  constructor(
    perMinute: number,
    readonly burst: number,
  ) {
    this.perMs = perMinute / 60_000;
  }

  /** Takes a token if there is one. */
  take(name: string, now: number): Allowance {
    const tokens = this.tokens(name, now);
    const allowed = tokens >= 1;
    const left = allowed ? tokens - 1 : tokens;
    this.buckets.delete(name);
    this.buckets.set(name, { tokens: left, at: now });
    if (this.buckets.size > MOST_BUCKETS) this.forgetOldest();
    return this.allowance(left, allowed);
  }

  /** Whether there is a token, without taking it. */
  peek(name: string, now: number): Allowance {
    const tokens = this.tokens(name, now);
    return this.allowance(tokens, tokens >= 1);
  }

  private tokens(name: string, now: number): number {
    const bucket = this.buckets.get(name);
    return bucket === undefined ? this.burst : Math.min(this.burst, bucket.tokens + (now - bucket.at) * this.perMs);
  }

  private allowance(tokens: number, allowed: boolean): Allowance {
    return {
      allowed,
      remaining: Math.floor(tokens),
      retryAfter: allowed ? 0 : Math.ceil((1 - tokens) / this.perMs / 1_000),
      reset: Math.ceil((this.burst - tokens) / this.perMs / 1_000),
    };
  }

  /** The one used longest ago: it is the fullest of those that were used alike. */
  private forgetOldest(): void {
    const [oldest] = this.buckets.keys();
    if (oldest !== undefined) this.buckets.delete(oldest);
  }
}
