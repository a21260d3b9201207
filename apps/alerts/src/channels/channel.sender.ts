import type { TimelineEvent } from '@themeline/contracts';
import type { Answer, Verdict } from '@themeline/delivery';
import type {
  AlertDocument,
  ChannelNotice,
  FeedNotice,
  SendingChannel,
  SubscriptionDocument,
} from '../alerts.collections';

/** An alert with the event as it was when it was told. */
export interface ToldAlert {
  alert: AlertDocument;
  event: TimelineEvent;
}

/** What there is to say. */
export type Content =
  /** One alert at least, the most important first. */
  | { purpose: 'alerts'; told: readonly ToldAlert[] }
  /** Asks an address whether it agrees. */
  | { purpose: 'confirmation' }
  /** Tells of another channel's trouble, or of a feed's. */
  | { purpose: 'notice'; notice: ChannelNotice | FeedNotice }
  /** Says that the channel works. */
  | { purpose: 'test' };

/** What is to be brought to a channel. */
export interface Message<P extends Content = Content> {
  /** The same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  subscription: SubscriptionDocument;
  content: P;
  /** When there was something to say. */
  at: Date;
}

/** What came of an attempt, and what follows from it. */
export interface Outcome extends Answer {
  verdict: Verdict;
}

/** Brings messages to one type of channel. An attempt that fails is an outcome, not an error. */
export interface ChannelSender<C extends SendingChannel = SendingChannel> {
  send(message: Message, channel: C): Promise<Outcome>;
}
