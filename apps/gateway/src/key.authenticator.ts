import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Identity } from '@themeline/contracts';
import { type Authenticate, IDENTITY_TTL_MS, ProblemError } from '@themeline/http';
import { counter } from '@themeline/observability';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway.settings';
import { hashKey, mayBeKey } from './key.format';
import { KeysRepository, type StoredKey } from './keys.repository';
import { type Allowance, TokenBuckets } from './token.bucket';
import { TOKEN_ID, TokensRepository } from './tokens.repository';
import { urlToken } from './url.token';

/** DI token of the gateway's `Authenticate`. */
export const BY_KEY = Symbol('gateway:by-key');

/** A revoked key works on other gateways for this long at most. */
const LOOKUP_TTL_MS = 5_000;
const MOST_LOOKUPS = 10_000;
const FLUSH_USES_MS = 30_000;

const refused = counter('gateway_keys_refused_total', 'Requests without a good key or over a limit', ['reason']);

/** What is known of who calls, whether they sent a key or have a token in the address. */
type Credential = Pick<StoredKey, '_id' | 'owner' | 'scopes' | 'expiresAt'>;
/** A key in an address would be everywhere that addresses are written down, so each is taken only where it belongs. */
type Place = 'header' | 'url';

interface Lookup {
  key: Promise<Credential | null>;
  at: number;
}

/** Finds who calls by the key that they send or the token in the address, and holds them to their rate. */
@Injectable()
export class KeyAuthenticator implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(KeyAuthenticator.name);
  private readonly lookups = new Map<string, Lookup>();
  private readonly rates: TokenBuckets;
  private readonly failures: TokenBuckets;
  private uses = new Map<string, Date>();
  private flushing: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: KeysRepository,
    private readonly tokens: TokensRepository,
    @Inject(GATEWAY_SETTINGS) settings: GatewaySettings,
  ) {
    this.rates = new TokenBuckets(settings.ratePerMinute, settings.burst);
    this.failures = new TokenBuckets(settings.wrongKeysPerMinute, settings.wrongKeysPerMinute);
  }

  onModuleInit(): void {
    this.flushing = setInterval(() => void this.flushUses(), FLUSH_USES_MS);
    this.flushing.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.flushing);
    await this.flushUses();
  }

  readonly authenticate: Authenticate = async (request: FastifyRequest, reply: FastifyReply): Promise<Identity> => {
    const key = await this.identify(request);
    const allowance = this.rates.take(key._id, performance.now());
    void reply.headers({
      'ratelimit-limit': String(this.rates.burst),
      'ratelimit-remaining': String(allowance.remaining),
      'ratelimit-reset': String(allowance.reset),
    });
    if (!allowance.allowed) throw tooMany('rate', `too many requests with the key '${key._id}'`, allowance);
    this.uses.set(key._id, new Date());
    return { keyId: key._id, owner: key.owner, scopes: key.scopes, expiresAt: Date.now() + IDENTITY_TTL_MS };
  };

  /** A revoked key or token is no longer known from the next request on. */
  forget(keyId: string): void {
    for (const [hash, { key }] of this.lookups) {
      void key.then(
        (found) => {
          if (found?._id === keyId) this.lookups.delete(hash);
        },
        () => undefined,
      );
    }
  }

  private async identify(request: FastifyRequest): Promise<Credential> {
    const sent = bearerToken(request.headers.authorization);
    const place: Place = sent === null ? 'url' : 'header';
    const token = sent ?? urlToken(request);
    if (token === null) throw unauthorized('a key is asked for: Authorization: Bearer tl_…');
    const hash = hashKey(token);
    const now = performance.now();
    if (!this.isFresh(this.lookups.get(`${place}:${hash}`), now)) {
      // Before the database is asked, so that guessing costs it nothing.
      const allowance = this.failures.peek(request.ip, now);
      if (!allowance.allowed) throw tooMany('failures', 'too many wrong keys from this address', allowance);
    }
    const key = mayBeKey(token) ? await this.lookUp(place, hash, now) : null;
    if (key === null || (key.expiresAt !== null && key.expiresAt <= new Date())) {
      this.failures.take(request.ip, now);
      throw unauthorized(`this ${place === 'url' ? 'token' : 'key'} is unknown, was revoked or has expired`);
    }
    return key;
  }

  private isFresh(lookup: Lookup | undefined, now: number): lookup is Lookup {
    return lookup !== undefined && now - lookup.at < LOOKUP_TTL_MS;
  }

  private lookUp(place: Place, hash: string, now: number): Promise<Credential | null> {
    const name = `${place}:${hash}`;
    const known = this.lookups.get(name);
    if (this.isFresh(known, now)) return known.key;
    const key: Promise<Credential | null> = place === 'header' ? this.keys.findByHash(hash) : this.findToken(hash);
    this.lookups.delete(name);
    this.lookups.set(name, { key, at: now });
    // Only good keys are worth remembering: the others are kept down by the limit on failures.
    key.then(
      (found) => {
        if (found === null) this.lookups.delete(name);
      },
      () => this.lookups.delete(name),
    );
    const [oldest] = this.lookups.keys();
    if (this.lookups.size > MOST_LOOKUPS && oldest !== undefined) this.lookups.delete(oldest);
    return key;
  }

  private async findToken(hash: string): Promise<Credential | null> {
    const token = await this.tokens.findByHash(hash);
    return token === null ? null : { ...token, scopes: ['read'] };
  }

  /** Coarse on purpose: one write for all requests of half a minute. */
  private async flushUses(): Promise<void> {
    const uses = this.uses;
    this.uses = new Map();
    const ofTokens = new Map([...uses].filter(([id]) => id.startsWith(TOKEN_ID)));
    const ofKeys = new Map([...uses].filter(([id]) => !id.startsWith(TOKEN_ID)));
    await Promise.all([this.keys.recordUse(ofKeys), this.tokens.recordUse(ofTokens)]).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'last uses of keys were not written');
    });
  }
}

/** `Bearer tl_…` → `tl_…` */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]{1,512})$/i.exec(header ?? '')?.[1] ?? null;
}

function unauthorized(detail: string): ProblemError {
  refused.inc({ reason: 'key' });
  return new ProblemError(401, 'Unauthorized', detail, undefined, { 'www-authenticate': 'Bearer realm="themeline"' });
}

function tooMany(reason: string, detail: string, { retryAfter }: Allowance): ProblemError {
  refused.inc({ reason });
  return new ProblemError(429, 'Too Many Requests', `${detail}: try again in ${retryAfter} s`, undefined, {
    'retry-after': String(retryAfter),
  });
}
