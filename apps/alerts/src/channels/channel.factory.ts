import type { ChannelIn, ChannelOut, ChannelPatch } from '@themeline/contracts';
import { generateSecret } from '@themeline/delivery';
import { badRequest } from '@themeline/http';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type ChannelDocument, isSent } from '../alerts.collections';
import { addressOf } from './channel.routes';

/** A channel as it was just made, with the secret that its owner is shown this once. */
export interface FreshChannel {
  channel: ChannelDocument;
  secret: string | null;
}

const ENABLED = { state: 'active' as const, disabledReason: null, failingSince: null };

/** What is stored of a secret that opens a feed or a stream. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Opens a feed or a stream. `tls_…` */
export const fetchSecret = (): string => `tls_${randomBytes(24).toString('base64url')}`;

export function newChannel(wanted: ChannelIn): FreshChannel {
  const id = `chn_${randomUUID().replaceAll('-', '')}`;
  switch (wanted.type) {
    case 'webhook': {
      const secret = generateSecret();
      const headers = Object.entries(wanted.headers).map(([name, value]) => ({ name, value }));
      return { secret, channel: { ...wanted, ...ENABLED, id, headers, secrets: [secret], rotatedAt: null } };
    }
    case 'email': {
      const linkSecret = randomBytes(32).toString('base64url');
      const unconfirmed = { ...ENABLED, state: 'unconfirmed' as const, bounces: 0 };
      return { secret: null, channel: { ...wanted, ...unconfirmed, id, linkSecret } };
    }
    case 'slack':
    case 'discord':
      return { secret: null, channel: { ...wanted, ...ENABLED, id } };
    case 'feed':
    case 'stream': {
      const secret = fetchSecret();
      const { type } = wanted;
      return { secret, channel: { type, id, state: 'active', disabledReason: null, secretHash: hashSecret(secret) } };
    }
  }
}

/**
 * The channels of a subscription after a change. With an id: that channel with its secrets and its standing, unless it
 * is given another address. Without: `fresh`, the one that was made of it. Throws a 400 that names a channel that there
 * is not, or not of that type.
 */
export function patchChannels(
  present: readonly ChannelDocument[],
  wanted: readonly { patch: ChannelPatch; fresh: FreshChannel }[],
): ChannelDocument[] {
  return wanted.map(({ patch, fresh }, index) => {
    if (patch.id === undefined) return fresh.channel;
    const known = present.find((channel) => channel.id === patch.id);
    const path = `channels[${String(index)}]`;
    if (known === undefined) refuse(`${path}.id`, `no such channel: '${patch.id}'`);
    if (known.type !== patch.type) refuse(`${path}.type`, `the channel '${patch.id}' is of the type '${known.type}'`);
    return patched(known, fresh.channel);
  });
}

function patched(known: ChannelDocument, fresh: ChannelDocument): ChannelDocument {
  if (!isSent(fresh) || !isSent(known)) return known;
  const moved = addressOf(fresh) !== addressOf(known);
  const { cadence, quietHours } = fresh;
  if (fresh.type === 'webhook' && known.type === 'webhook') {
    const { url, headers } = fresh;
    return { ...known, url, headers, cadence, quietHours, ...(moved ? ENABLED : {}) };
  }
  // A new address starts anew: for mail it has to agree first.
  return moved ? { ...fresh, id: known.id } : { ...known, cadence, quietHours };
}

/** Disabled channels get another chance; nobody but the recipient confirms an address or takes an unsubscription back. */
export function enabled(channel: ChannelDocument): ChannelDocument {
  if (!isSent(channel)) return channel;
  const fresh = channel.type === 'email' ? { ...channel, bounces: 0 } : channel;
  return channel.state === 'disabled' ? { ...fresh, ...ENABLED } : { ...channel, failingSince: null };
}

export function refuseRepeated(channels: readonly ChannelPatch[]): void {
  const ids = channels.map(({ id }) => id);
  const again = ids.findIndex((id, place) => id !== undefined && ids.indexOf(id) < place);
  if (again >= 0) refuse(`channels[${String(again)}].id`, `the channel is given twice: '${String(ids[again])}'`);
  for (const type of ['feed', 'stream'] as const) {
    const places = channels.flatMap((channel, place) => (channel.type === type ? [place] : []));
    if (places[1] !== undefined) refuse(`channels[${String(places[1])}].type`, `one ${type} is enough`);
  }
}

function refuse(path: string, message: string): never {
  throw badRequest(message, [{ path, message }]);
}

/** `secret`: only for a channel that was made just now. */
export function presentChannel(channel: ChannelDocument, secret: string | null = null): ChannelOut {
  const { id, state, disabledReason } = channel;
  const standing = { id, state, disabledReason };
  const shown = secret === null ? {} : { secret };
  if (!isSent(channel)) return { type: channel.type, ...standing, ...shown };
  const { cadence, quietHours } = channel;
  const out = { ...standing, cadence, quietHours };
  switch (channel.type) {
    case 'webhook': {
      const headers = channel.headers.map(({ name }) => name);
      return { type: channel.type, url: channel.url, headers, ...out, ...shown };
    }
    case 'email':
      return { type: channel.type, address: channel.address, ...out };
    case 'slack':
    case 'discord':
      return { type: channel.type, url: channel.url, ...out };
  }
}
