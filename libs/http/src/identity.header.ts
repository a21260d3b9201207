import { identity as identitySchema, type Identity } from '@themeline/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Carries the caller from the gateway to the services. */
export const IDENTITY_HEADER = 'x-themeline-identity';

/** How long a signed header is good for: long enough for clocks a little apart, too short to be worth stealing. */
export const IDENTITY_TTL_MS = 60_000;

/** base64url(JSON) + '.' + base64url(HMAC-SHA256). `eyJrZXlJZCI6….Zm9v…` */
export function signIdentity(identity: Identity, secret: string): string {
  const payload = Buffer.from(JSON.stringify(identity)).toString('base64url');
  return `${payload}.${mac(payload, secret).toString('base64url')}`;
}

/** The caller, or null when the header is missing, forged, malformed or expired. `now` in milliseconds since the epoch. */
export function verifyIdentity(header: string | undefined, secret: string, now: number): Identity | null {
  const [payload, signature, ...rest] = (header ?? '').split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const right = mac(payload, secret);
  // The second comparison refuses other spellings of the same bytes.
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  if (signature !== right.toString('base64url')) return null;
  const decoded = identitySchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  return decoded.success && decoded.data.expiresAt > now ? decoded.data : null;
}

const mac = (payload: string, secret: string): Buffer => createHmac('sha256', secret).update(payload).digest();
