import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32;
const SECRET = /^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A secret that is not `whsec_` and base64. The message does not repeat it. */
export class InvalidSecretError extends Error {
  readonly code = 'invalid-webhook-secret';

  constructor() {
    super('a webhook secret must be whsec_ and base64');
    this.name = 'InvalidSecretError';
  }
}

export interface SignatureHeaders extends Record<string, string> {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** A new secret of 256 random bits. `whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD…` */
export function generateSecret(random: (bytes: number) => Buffer = randomBytes): string {
  return PREFIX + random(SECRET_BYTES).toString('base64');
}

/**
 * The three headers of Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, the timestamp in whole seconds,
 * one signature per secret separated by spaces (two while a secret is being rotated).
 * `{'webhook-id': 'dlv_7a…', 'webhook-timestamp': '1769990400', 'webhook-signature': 'v1,K5oZ… v1,Jx8f…'}`
 * Throws InvalidSecretError, and RangeError when no secret is given or the id holds a dot.
 */
export function signWebhook(secrets: readonly string[], id: string, timestamp: Date, body: string): SignatureHeaders {
  if (secrets.length === 0) throw new RangeError('a webhook needs at least one secret');
  // With dots in the id, `id.timestamp.body` could be read in two ways.
  if (id.includes('.')) throw new RangeError(`a message id must not hold a dot: '${id}'`);
  const seconds = String(Math.floor(timestamp.getTime() / 1000));
  const signatures = secrets.map((secret) => {
    if (!SECRET.test(secret)) throw new InvalidSecretError();
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}
