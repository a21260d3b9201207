import { z } from 'zod';
import { webUrl } from './text.schema';

/** Where alerts can go. `feed` and `stream` are fetched by the subscriber, to the others they are sent. */
export const CHANNEL_TYPES = ['webhook', 'email', 'slack', 'discord', 'feed', 'stream'] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** `unconfirmed`: an address that has not agreed yet. `unsubscribed`: one that wants no more, for ever. */
export const CHANNEL_STATES = ['active', 'unconfirmed', 'disabled', 'unsubscribed'] as const;

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A time of day on the clock of a place, to the minute. `08:00` */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 08:00');

/** A zone of the IANA database. `America/New_York` */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: (issue) => `no such time zone: '${String(issue.input)}' (for example Europe/Berlin)` });

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are understood too, but know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** When a channel speaks: at once, or at set times with all that has gathered. Hours begin by the zone's clock. */
export const cadence = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('immediate') }),
  z.strictObject({ mode: z.literal('hourly'), timeZone: timeZone.default('UTC') }),
  z.strictObject({ mode: z.literal('daily'), at: clockTime.default('08:00'), timeZone: timeZone.default('UTC') }),
  z.strictObject({
    mode: z.literal('weekly'),
    at: clockTime.default('08:00'),
    weekday: z.enum(WEEKDAYS).default('monday'),
    timeZone: timeZone.default('UTC'),
  }),
]);
export type Cadence = z.infer<typeof cadence>;

/** Every day from one time to another, over midnight where `from` is the later; what falls due in between is sent at `to`. */
export const quietHours = z
  .strictObject({ from: clockTime, to: clockTime, timeZone: timeZone.default('UTC') })
  .refine(({ from, to }) => from !== to, { path: ['to'], error: 'must differ from `from`' });
export type QuietHours = z.infer<typeof quietHours>;

const timing = {
  cadence: cadence.default({ mode: 'immediate' }),
  quietHours: quietHours.nullable().default(null),
};

const headerName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be an HTTP header name')
  .refine(
    (name) => !/^(host|content-.*|transfer-encoding|connection|webhook-.*|expect|upgrade|te|trailer)$/i.test(name),
    'is set by Themeline itself',
  );

const webhookChannelIn = z.strictObject({
  type: z.literal('webhook'),
  url: webUrl,
  headers: z
    .record(
      headerName,
      z
        .string()
        .max(1_000)
        .regex(/^[\t\x20-\x7e]*$/, 'must be printable ASCII'),
    )
    .default({}),
  ...timing,
});

/** One address, without a name, comments or lists: what SMTP's RCPT TO takes and nothing that a header could be made of. */
const emailAddress = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email({ error: 'must be an e-mail address' }));

const emailChannelIn = z.strictObject({ type: z.literal('email'), address: emailAddress, ...timing });
const slackChannelIn = z.strictObject({ type: z.literal('slack'), url: webUrl, ...timing });
const discordChannelIn = z.strictObject({ type: z.literal('discord'), url: webUrl, ...timing });
const feedChannelIn = z.strictObject({ type: z.literal('feed') });
const streamChannelIn = z.strictObject({ type: z.literal('stream') });

export const channelIn = z.discriminatedUnion('type', [
  webhookChannelIn,
  emailChannelIn,
  slackChannelIn,
  discordChannelIn,
  feedChannelIn,
  streamChannelIn,
]);
export type ChannelIn = z.infer<typeof channelIn>;

/** With the id of a channel that is there: that one, changed; without: a new one. */
const known = { id: z.string().max(64).optional() };

export const channelPatch = z.discriminatedUnion('type', [
  webhookChannelIn.extend(known),
  emailChannelIn.extend(known),
  slackChannelIn.extend(known),
  discordChannelIn.extend(known),
  feedChannelIn.extend(known),
  streamChannelIn.extend(known),
]);
export type ChannelPatch = z.infer<typeof channelPatch>;

const standing = {
  id: z.string(),
  state: z.enum(CHANNEL_STATES),
  disabledReason: z.string().nullable(),
  /** Only of a webhook, feed or stream, and only in the answer that made it or rotated its secret. */
  secret: z.string().optional(),
};
const sending = { ...standing, cadence, quietHours: quietHours.nullable() };

export const channelOut = z.discriminatedUnion('type', [
  /** `headers`: names only, for values may be passwords. */
  z.object({ type: z.literal('webhook'), url: z.string(), headers: z.array(z.string()), ...sending }),
  /** `address` null: forgotten, because it was unsubscribed. */
  z.object({ type: z.literal('email'), address: z.string().nullable(), ...sending }),
  z.object({ type: z.literal('slack'), url: z.string(), ...sending }),
  z.object({ type: z.literal('discord'), url: z.string(), ...sending }),
  z.object({ type: z.literal('feed'), ...standing }),
  z.object({ type: z.literal('stream'), ...standing }),
]);
export type ChannelOut = z.infer<typeof channelOut>;

/** Messages an hour to one channel; what exceeds it is gathered and sent as one digest. Feeds and streams have no limit. */
export const maxAlertsPerHour = z.number().int().min(1).max(10_000);
