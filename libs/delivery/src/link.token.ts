import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkPurpose = 'confirm' | 'unsubscribe';

/** What a link is good for. */
export interface LinkClaim {
  purpose: LinkPurpose;
  channelId: string;
  address: string;
}

/**
 * A token for a link in a mail: until when it is good (milliseconds in base 36, `0` for ever) and an HMAC-SHA256 over that and
 * the claim under the channel's own secret, so that it dies with the channel or its address. `mf3k2a9c.4Zb…`
 */
export function signLink(secret: string, claim: LinkClaim, expiresAt: Date | null): string {
  const until = (expiresAt?.getTime() ?? 0).toString(36);
  return `${until}.${mac(secret, claim, until).toString('base64url')}`;
}

/** `good`, `expired`, or `forged`: which is also that of another channel, address or purpose. */
export function verifyLink(secret: string, claim: LinkClaim, token: string, now: Date): 'good' | 'expired' | 'forged' {
  const [until = '', signature = '', ...rest] = token.split('.');
  const given = Buffer.from(signature, 'base64url');
  const right = mac(secret, claim, until);
  if (rest.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return 'forged';
  const expiresAt = parseInt(until, 36);
  return expiresAt === 0 || expiresAt > now.getTime() ? 'good' : 'expired';
}

function mac(secret: string, { purpose, channelId, address }: LinkClaim, until: string): Buffer {
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, channelId, address, until]))
    .digest();
}
