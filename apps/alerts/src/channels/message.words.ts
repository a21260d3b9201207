import type { Telling } from '@themeline/delivery';
import type { FeedNotice } from '../alerts.collections';
import type { Content } from './channel.sender';

/** What is told of alerts, to people. */
export const tellingsOf = ({ told }: Extract<Content, { purpose: 'alerts' }>): Telling[] =>
  told.map(({ alert: { development, why }, event }) => ({ development, why, event }));

/** What there is to say other than alerts, in a sentence. */
export function noticeText(content: Exclude<Content, { purpose: 'alerts' }>): string {
  switch (content.purpose) {
    case 'notice': {
      if ('feed' in content.notice) return feedText(content.notice);
      const { channel, reason } = content.notice;
      return `The ${channel.type} channel ${channel.id} of this subscription was switched off: ${reason}. Resume the subscription to have it tried again.`;
    }
    case 'test':
      return 'This is a test: alerts of this subscription arrive here.';
    case 'confirmation':
      return 'This address was asked whether it agrees to get alerts.';
  }
}

function feedText({ feed, health, since, reason }: FeedNotice): string {
  const last = since === null ? 'ever' : `since ${since.slice(0, 10)}`;
  const state = {
    dead: `has not answered well ${last}`,
    silent: `has brought nothing new ${last}`,
    ended: `is gone for good`,
  }[health];
  return `The feed ${feed.name} (${feed.url}) ${state}${reason === null ? '' : `: ${reason}`}. GET /v1/feeds/${feed.id} tells more.`;
}
