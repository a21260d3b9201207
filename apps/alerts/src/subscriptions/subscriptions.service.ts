import { Inject, Injectable } from '@nestjs/common';
import type {
  ChannelIn,
  Match,
  Page,
  SubscriptionIn,
  SubscriptionOut,
  SubscriptionPatch,
  Watch,
} from '@themeline/contracts';
import { badRequest, conflict, decodeCursor, encodeCursor, type FieldError, notFound } from '@themeline/http';
import { OutboundGuard, OutboundRefused } from '@themeline/outbound';
import type { ClientSession } from '@themeline/persistence';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SubscriptionDocument } from '../alerts.collections';
import {
  enabled,
  type FreshChannel,
  newChannel,
  patchChannels,
  presentChannel,
  refuseRepeated,
} from '../channels/channel.factory';
import { addressOf } from '../channels/channel.routes';
import { Confirmations } from '../channels/confirmations';
import { MAIL_SETTINGS, type MailSettings } from '../channels/mail.settings';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { GatheringRepository } from '../digests/gathering.repository';
import { ThemesRepository } from '../themes/themes.repository';
import { noSuchTheme } from './subscription.input';
import { SUBSCRIPTION_SETTINGS, type SubscriptionSettings } from './subscription.settings';
import { SubscriptionsRepository } from './subscriptions.repository';

const HISTORY_DELAY_MS = 2_000;

/** A place in any list that is ordered by time and id. */
export const placeCursor = z.object({ at: z.iso.datetime().transform((at) => new Date(at)), id: z.string() });

/** Channel id → its secret, for channels that were made just now. */
type Secrets = ReadonlyMap<string, string | null>;

const secretsOf = (fresh: readonly FreshChannel[]): Secrets =>
  new Map(fresh.map(({ channel, secret }) => [channel.id, secret]));

@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly gathering: GatheringRepository,
    private readonly themes: ThemesRepository,
    private readonly guard: OutboundGuard,
    private readonly confirmations: Confirmations,
    @Inject(MAIL_SETTINGS) private readonly mail: MailSettings,
    @Inject(SUBSCRIPTION_SETTINGS) private readonly settings: SubscriptionSettings,
  ) {}

  /** `beside` gets the answer, in the transaction that writes the subscription. */
  async create(
    owner: string,
    wanted: SubscriptionIn,
    beside?: (session: ClientSession, made: SubscriptionOut) => Promise<void>,
  ): Promise<SubscriptionOut> {
    await this.verify(wanted.match, wanted.channels);
    refuseThemeless(wanted.match, wanted.watch);
    refuseRepeated(wanted.channels);
    const fresh = wanted.channels.map(newChannel);
    const now = new Date();
    const subscription = {
      _id: `sub_${randomUUID().replaceAll('-', '')}`,
      owner,
      name: wanted.name,
      state: 'active' as const,
      match: wanted.match,
      developments: [...new Set(wanted.developments)],
      onBackfill: wanted.onBackfill,
      history: wanted.history,
      // By then what was reported before it is known here too.
      historyDue: wanted.history === 'none' ? null : new Date(now.getTime() + HISTORY_DELAY_MS),
      maxAlertsPerHour: wanted.maxAlertsPerHour,
      watch: wanted.watch,
      channels: fresh.map(({ channel }) => channel),
      createdAt: now,
      updatedAt: now,
      removedAt: null,
    };
    await this.confirmations.allow(subscription.channels);
    const made = present(subscription, secretsOf(fresh));
    const isMade = await this.subscriptions.insert(subscription, this.settings.perOwner, (session) =>
      beside === undefined ? Promise.resolve() : beside(session, made),
    );
    if (!isMade) {
      throw conflict(`'${owner}' has ${String(this.settings.perOwner)} subscriptions, as many as an owner may have`);
    }
    await this.confirmations.ask(subscription._id, [], subscription.channels);
    return made;
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
    refuseThemeless(patch.match ?? before.match, patch.watch ?? before.watch);
    refuseRepeated(patch.channels ?? []);
    const wanted = patch.channels?.map((channel) => ({ patch: channel, fresh: newChannel(channel) }));
    const known = new Set(before.channels.map(addressOf));
    await this.confirmations.allow(
      (wanted ?? []).map(({ fresh }) => fresh.channel).filter((channel) => !known.has(addressOf(channel))),
    );
    const after = existing(
      await this.subscriptions.change({ id, owner }, (present) => {
        return {
          ...(patch.name === undefined ? {} : { name: patch.name }),
          ...(patch.match === undefined ? {} : { match: patch.match }),
          ...(patch.developments === undefined ? {} : { developments: [...new Set(patch.developments)] }),
          ...(patch.onBackfill === undefined ? {} : { onBackfill: patch.onBackfill }),
          ...(patch.watch === undefined ? {} : { watch: patch.watch }),
          ...(patch.maxAlertsPerHour === undefined ? {} : { maxAlertsPerHour: patch.maxAlertsPerHour }),
          ...(wanted === undefined ? {} : { channels: patchChannels(present.channels, wanted) }),
          updatedAt: new Date(),
        };
      }),
      id,
    );
    const standing = new Set(after.channels.map((channel) => channel.id));
    for (const channel of before.channels) {
      if (!standing.has(channel.id)) await this.deliveries.cancelPending(id, channel.id);
    }
    await this.gathering.stirAll(id, new Date());
    await this.confirmations.ask(id, before.channels, after.channels);
    return present(after, secretsOf((wanted ?? []).map(({ fresh }) => fresh)));
  }

  async pause(owner: string, id: string): Promise<SubscriptionOut> {
    const change = () => ({ state: 'paused' as const, updatedAt: new Date() });
    return present(existing(await this.subscriptions.change({ id, owner }, change), id));
  }

  /** Also gives channels that were disabled another chance. */
  async resume(owner: string, id: string): Promise<SubscriptionOut> {
    const resumed = await this.subscriptions.change({ id, owner }, ({ channels }) => ({
      state: 'active' as const,
      channels: channels.map(enabled),
      updatedAt: new Date(),
    }));
    const subscription = existing(resumed, id);
    await this.deliveries.release(id);
    await this.gathering.stirAll(id, new Date());
    return present(subscription);
  }

  async remove(owner: string, id: string): Promise<void> {
    const removed = await this.subscriptions.change({ id, owner }, () => ({
      state: 'removed' as const,
      // Nobody needs the name, addresses and secrets of what is gone.
      name: '',
      channels: [],
      removedAt: new Date(),
      updatedAt: new Date(),
    }));
    existing(removed, id);
    await this.deliveries.cancelPending(id);
    await this.deliveries.forget(id);
    await this.gathering.stirAll(id, new Date());
  }

  /** What a schema cannot know: which themes there are, and where an address leads. */
  private async verify(match: Match | undefined, channels: readonly ChannelIn[] | undefined): Promise<void> {
    const unknown = new Set(await this.themes.unknown(match?.themes ?? []));
    const errors: FieldError[] = (match?.themes ?? []).flatMap((theme, index) =>
      unknown.has(theme) ? [{ path: `match.themes[${String(index)}]`, message: noSuchTheme(theme) }] : [],
    );
    await Promise.all(
      (channels ?? []).map(async (channel, index) => {
        if (channel.type === 'email' && this.mail.smtpUrl === null) {
          errors.push({
            path: `channels[${String(index)}].type`,
            message: 'no mail is sent from here: SMTP_URL is not set',
          });
        }
        if (!('url' in channel)) return;
        try {
          await this.guard.checkUrl(channel.url);
        } catch (error) {
          if (!(error instanceof OutboundRefused)) throw error;
          errors.push({ path: `channels[${String(index)}].url`, message: error.message });
        }
      }),
    );
    if (errors.length > 0) throw badRequest(errors.map(({ message }) => message).join('; '), errors);
  }
}

function existing(subscription: SubscriptionDocument | null, id: string): SubscriptionDocument {
  if (subscription === null) throw notFound(`no such subscription: '${id}'`);
  return subscription;
}

/** `secrets`: of the channels that were made just now. */
function present(
  subscription: Omit<SubscriptionDocument, 'shard' | 'changeNumber'>,
  secrets: Secrets = new Map(),
): SubscriptionOut {
  return {
    id: subscription._id,
    name: subscription.name,
    state: subscription.state === 'paused' ? 'paused' : 'active',
    match: subscription.match,
    developments: subscription.developments,
    channels: subscription.channels.map((channel) => presentChannel(channel, secrets.get(channel.id))),
    onBackfill: subscription.onBackfill,
    maxAlertsPerHour: subscription.maxAlertsPerHour,
    watch: subscription.watch,
    history: subscription.history,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}

/** A theme's course can be watched only where a theme is named. */
function refuseThemeless({ themes }: Match, { silenceDays, momentum }: Watch): void {
  if (themes.length > 0 || (silenceDays === null && !momentum)) return;
  const message = 'silenceDays and momentum are about the themes of the match, which names none';
  throw badRequest(message, [{ path: 'watch', message }]);
}
