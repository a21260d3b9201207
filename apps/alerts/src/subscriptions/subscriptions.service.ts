import { Injectable } from '@nestjs/common';
import type {
  ChannelOut,
  Match,
  Page,
  SubscriptionIn,
  SubscriptionOut,
  SubscriptionPatch,
  WebhookChannelIn,
} from '@themeline/contracts';
import { generateSecret } from '@themeline/delivery';
import { badRequest, decodeCursor, encodeCursor, type FieldError, notFound } from '@themeline/http';
import { OutboundGuard, OutboundRefused } from '@themeline/outbound';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ChannelDocument, SubscriptionDocument } from '../alerts.collections';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { ThemesRepository } from '../themes/themes.repository';
import { noSuchTheme } from './subscription.input';
import { SubscriptionsRepository } from './subscriptions.repository';

/** A place in any list that is ordered by time and id. */
export const placeCursor = z.object({ at: z.iso.datetime().transform((at) => new Date(at)), id: z.string() });

type ChannelPatch = WebhookChannelIn & { id?: string | undefined };

/** `sub_5f0c…` */
const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly themes: ThemesRepository,
    private readonly guard: OutboundGuard,
  ) {}

  async create(owner: string, wanted: SubscriptionIn): Promise<SubscriptionOut> {
    await this.verify(wanted.match, wanted.channels);
    const now = new Date();
    const subscription = {
      _id: newId('sub'),
      owner,
      name: wanted.name,
      state: 'active' as const,
      match: wanted.match,
      developments: [...new Set(wanted.developments)],
      onBackfill: wanted.onBackfill,
      channels: wanted.channels.map(newChannel),
      createdAt: now,
      updatedAt: now,
      removedAt: null,
    };
    await this.subscriptions.insert(subscription);
    return present(subscription, new Set(subscription.channels.map(({ id }) => id)));
  }

  async list(owner: string, limit: number, cursor?: string): Promise<Page<SubscriptionOut>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, placeCursor);
    const found = await this.subscriptions.list(owner, limit + 1, after);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((subscription) => present(subscription)),
      nextCursor:
        found.length > limit && last !== undefined ? encodeCursor({ at: last.createdAt, id: last._id }) : null,
    };
  }

  async read(owner: string, id: string): Promise<SubscriptionOut> {
    return present(await this.owned(owner, id));
  }

  /** The subscription itself, or a 404 that does not tell whether somebody else has it. */
  async owned(owner: string, id: string): Promise<SubscriptionDocument> {
    return existing(await this.subscriptions.findOwned(owner, id), id);
  }

  async change(owner: string, id: string, patch: SubscriptionPatch): Promise<SubscriptionOut> {
    const before = await this.owned(owner, id);
    await this.verify(patch.match, patch.channels);
    refuseRepeated(patch.channels ?? []);
    const channels = patch.channels?.map((channel) => ({ wanted: channel, fresh: newChannel(channel) }));
    let added = new Set<string>();
    const after = existing(
      await this.subscriptions.change({ id, owner }, (present) => {
        const kept = channels?.map(({ wanted, fresh }, index) => patchedChannel(present, wanted, fresh, index));
        const known = new Set(present.channels.map((channel) => channel.id));
        added = new Set(kept?.map((channel) => channel.id).filter((channelId) => !known.has(channelId)));
        return {
          ...(patch.name === undefined ? {} : { name: patch.name }),
          ...(patch.match === undefined ? {} : { match: patch.match }),
          ...(patch.developments === undefined ? {} : { developments: [...new Set(patch.developments)] }),
          ...(patch.onBackfill === undefined ? {} : { onBackfill: patch.onBackfill }),
          ...(kept === undefined ? {} : { channels: kept }),
          updatedAt: new Date(),
        };
      }),
      id,
    );
    const standing = new Set(after.channels.map((channel) => channel.id));
    for (const channel of before.channels) {
      if (!standing.has(channel.id)) await this.deliveries.cancelPending(id, channel.id);
    }
    return present(after, added);
  }

  async pause(owner: string, id: string): Promise<SubscriptionOut> {
    const change = () => ({ state: 'paused' as const, updatedAt: new Date() });
    return present(existing(await this.subscriptions.change({ id, owner }, change), id));
  }

  /** Also gives channels that were disabled another chance. */
  async resume(owner: string, id: string): Promise<SubscriptionOut> {
    const resumed = await this.subscriptions.change({ id, owner }, ({ channels }) => ({
      state: 'active' as const,
      channels: channels.map((channel) => ({ ...channel, ...ENABLED })),
      updatedAt: new Date(),
    }));
    const subscription = existing(resumed, id);
    await this.deliveries.release(id);
    return present(subscription);
  }

  async remove(owner: string, id: string): Promise<void> {
    const removed = await this.subscriptions.change({ id, owner }, () => ({
      state: 'removed' as const,
      // Nobody needs the addresses and secrets of what is gone.
      channels: [],
      removedAt: new Date(),
      updatedAt: new Date(),
    }));
    existing(removed, id);
    await this.deliveries.cancelPending(id);
  }

  /** What a schema cannot know: which themes there are, and where an address leads. */
  private async verify(match: Match | undefined, channels: readonly { url: string }[] | undefined): Promise<void> {
    const unknown = new Set(await this.themes.unknown(match?.themes ?? []));
    const errors: FieldError[] = (match?.themes ?? []).flatMap((theme, index) =>
      unknown.has(theme) ? [{ path: `match.themes[${String(index)}]`, message: noSuchTheme(theme) }] : [],
    );
    await Promise.all(
      (channels ?? []).map(async ({ url }, index) => {
        try {
          await this.guard.checkUrl(url);
        } catch (error) {
          if (!(error instanceof OutboundRefused)) throw error;
          errors.push({ path: `channels[${String(index)}].url`, message: error.message });
        }
      }),
    );
    if (errors.length > 0) throw badRequest(errors.map(({ message }) => message).join('; '), errors);
  }
}

const ENABLED = { state: 'active' as const, disabledReason: null, failingSince: null };

function newChannel({ type, url, headers, cadence }: WebhookChannelIn): ChannelDocument {
  const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return { id: newId('chn'), type, url, headers: pairs, cadence, secrets: [generateSecret()], ...ENABLED };
}

/** With an id: that channel, with its secret, under the new address. Without: a new one. */
function patchedChannel(
  present: SubscriptionDocument,
  wanted: ChannelPatch,
  fresh: ChannelDocument,
  index: number,
): ChannelDocument {
  if (wanted.id === undefined) return fresh;
  const known = present.channels.find((channel) => channel.id === wanted.id);
  if (known === undefined) {
    const message = `no such channel: '${wanted.id}'`;
    throw badRequest(message, [{ path: `channels[${String(index)}].id`, message }]);
  }
  const { url, headers, cadence } = fresh;
  return { ...known, url, headers, cadence, ...(url === known.url ? {} : ENABLED) };
}

function refuseRepeated(channels: readonly ChannelPatch[]): void {
  const ids = channels.map(({ id }) => id);
  const index = ids.findIndex((id, place) => id !== undefined && ids.indexOf(id) < place);
  if (index < 0) return;
  const message = `the channel is given twice: '${String(ids[index])}'`;
  throw badRequest(message, [{ path: `channels[${String(index)}].id`, message }]);
}

function existing(subscription: SubscriptionDocument | null, id: string): SubscriptionDocument {
  if (subscription === null) throw notFound(`no such subscription: '${id}'`);
  return subscription;
}

/** `shown`: the channels whose secret the answer may hold, those made just now. */
function present(
  subscription: Omit<SubscriptionDocument, 'shard' | 'changeNumber'>,
  shown: ReadonlySet<string> = new Set(),
): SubscriptionOut {
  return {
    id: subscription._id,
    name: subscription.name,
    state: subscription.state === 'paused' ? 'paused' : 'active',
    match: subscription.match,
    developments: subscription.developments,
    channels: subscription.channels.map((channel): ChannelOut => ({
      id: channel.id,
      type: channel.type,
      url: channel.url,
      headers: channel.headers.map(({ name }) => name),
      cadence: channel.cadence,
      state: channel.state,
      disabledReason: channel.disabledReason,
      ...(shown.has(channel.id) ? { secret: channel.secrets[0] } : {}),
    })),
    onBackfill: subscription.onBackfill,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}
