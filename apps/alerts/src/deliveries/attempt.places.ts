interface ChannelStanding {
  host: string;
  running: number;
  /** More is due than it may have at once: it is asked for by itself. */
  crowded: boolean;
  /** Attempts in a row without any answer. */
  silences: number;
  slow: boolean;
  /** Nothing is sent before; milliseconds since the epoch. */
  restUntil: number;
}

/** What an attempt showed of its receiver. */
export interface Impression {
  answered: boolean;
  latencyMs: number;
  /** When it wants to be asked again. */
  restUntil: Date | null;
}

/** Longer than this and a channel may only take a few places. */
const SLOW_MS = 2_000;
const SLOW_SHARE = 8;
/** How long a receiver that does not answer is left alone: doubled from the one to the other. */
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 30_000;

/**
 * Who may have how many attempts at once, in this process. Each host has so many places and each channel no more than
 * that; a slow channel has a few, and one that does not answer has one, with growing rests. So what waits for a slow or
 * dead receiver, however much, takes the places of no other.
 */
export class AttemptPlaces {
  private readonly channels = new Map<string, ChannelStanding>();
  private readonly hosts = new Map<string, number>();
  private readonly crowded = new Set<string>();

  constructor(private readonly perHost: () => number) {}

  /** How many more attempts a channel may have now. */
  room(channelId: string, host: string, now: number): number {
    return Math.min(this.roomOf(host), this.ownRoom(channelId, now));
  }

  /** The same, whatever its host's other channels have. */
  ownRoom(channelId: string, now: number): number {
    const channel = this.channels.get(channelId);
    const perHost = this.perHost();
    if (channel === undefined) return perHost;
    if (channel.restUntil > now) return 0;
    const own = channel.silences > 0 ? 1 : channel.slow ? Math.max(1, Math.floor(perHost / SLOW_SHARE)) : perHost;
    return own - channel.running;
  }

  /** How many more attempts all channels of a host together may have. */
  roomOf(host: string): number {
    return this.perHost() - (this.hosts.get(host) ?? 0);
  }

  /** Whether one that comes now need not wait for others of its channel or host. */
  isOpen(channelId: string, host: string, now: number): boolean {
    return !this.isCrowded(channelId, host) && this.room(channelId, host, now) > 0;
  }

  /** Whether others of its channel or host wait for the place of one that ends. */
  isCrowded(channelId: string, host: string): boolean {
    return this.crowded.has(host) || this.channels.get(channelId)?.crowded === true;
  }

  /** The channels for which more waits than they may have places. */
  crowdedChannels(): { channelId: string; host: string }[] {
    return [...this.channels]
      .filter(([, { crowded }]) => crowded)
      .map(([channelId, { host }]) => ({ channelId, host }));
  }

  /** The hosts for whose channels together more waits than they have places. */
  crowdedHosts(): string[] {
    return [...this.crowded];
  }

  crowdChannel(channelId: string, host: string): void {
    this.channel(channelId, host).crowded = true;
  }

  crowdHost(host: string): void {
    this.crowded.add(host);
  }

  /** All that is due of it has been seen. */
  thinChannel(channelId: string): void {
    const channel = this.channels.get(channelId);
    if (channel !== undefined) channel.crowded = false;
    this.forget(channelId);
  }

  /** All that is due of it, crowded channels apart, has been seen. */
  thinHost(host: string): void {
    this.crowded.delete(host);
  }

  begin(channelId: string, host: string): void {
    this.channel(channelId, host).running += 1;
    this.hosts.set(host, (this.hosts.get(host) ?? 0) + 1);
  }

  end(channelId: string, host: string): void {
    const left = (this.hosts.get(host) ?? 1) - 1;
    if (left === 0) this.hosts.delete(host);
    else this.hosts.set(host, left);
    this.channel(channelId, host).running -= 1;
    this.forget(channelId);
  }

  note(channelId: string, host: string, { answered, latencyMs, restUntil }: Impression, now: number): void {
    const channel = this.channel(channelId, host);
    channel.silences = answered ? 0 : channel.silences + 1;
    channel.slow = latencyMs > SLOW_MS;
    const rest = answered ? 0 : Math.min(FIRST_REST_MS * 2 ** (channel.silences - 1), LONGEST_REST_MS);
    channel.restUntil = Math.max(restUntil?.getTime() ?? 0, rest === 0 ? 0 : now + rest);
  }

  private channel(channelId: string, host: string): ChannelStanding {
    let channel = this.channels.get(channelId);
    if (channel === undefined) {
      channel = { host, running: 0, crowded: false, silences: 0, slow: false, restUntil: 0 };
      this.channels.set(channelId, channel);
    }
    return channel;
  }

  /** What is known of a channel that is well and idle need not be kept. */
  private forget(channelId: string): void {
    const channel = this.channels.get(channelId);
    if (channel === undefined) return;
    const { running, crowded, silences, slow, restUntil } = channel;
    if (running === 0 && !crowded && silences === 0 && !slow && restUntil === 0) this.channels.delete(channelId);
  }
}
