import { z } from 'zod';
import { instant, slug, text, utc } from './text.schema';

/** What a key may do. `admin` includes all others. */
export const SCOPES = ['read', 'ingest', 'edit', 'subscribe', 'admin'] as const;
export const scope = z.enum(SCOPES);
export type Scope = z.infer<typeof scope>;

/** Who calls, as the gateway vouches for it to the services. */
export const identity = z.object({
  keyId: z.string(),
  owner: z.string(),
  scopes: z.array(scope),
  /** Milliseconds since the epoch after which a service refuses the header. */
  expiresAt: z.number(),
});
export type Identity = z.infer<typeof identity>;

export const keyIn = z.strictObject({
  name: text(200),
  owner: slug,
  scopes: z.array(scope).min(1).max(SCOPES.length),
  expiresAt: instant.optional(),
});
export type KeyIn = z.infer<typeof keyIn>;

export const keyOut = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  scopes: z.array(scope),
  prefix: z.string(),
  createdAt: utc,
  expiresAt: utc.nullable(),
  lastUsedAt: utc.nullable(),
  /** Only in the answer that made the key. */
  secret: z.string().optional(),
});
export type KeyOut = z.infer<typeof keyOut>;

/** A token for the address line: it reads exports and the stream for its owner, and can do nothing else. */
export const tokenIn = z.strictObject({ name: text(200), expiresAt: instant.optional() });
export type TokenIn = z.infer<typeof tokenIn>;

export const tokenOut = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  createdAt: utc,
  expiresAt: utc.nullable(),
  lastUsedAt: utc.nullable(),
  /** Only in the answer that made it. */
  token: z.string().optional(),
});
export type TokenOut = z.infer<typeof tokenOut>;
