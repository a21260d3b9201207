import { traceparentOf } from '@themeline/observability';
import type { DeliveryDocument } from '../alerts.collections';

type Given = Pick<DeliveryDocument, 'subscriptionId' | 'channelId' | 'host' | 'correlationId' | 'revisedAt'> &
  Partial<Pick<DeliveryDocument, 'purpose' | 'alertIds' | 'notice'>>;

/** A delivery that is due at once and has not been attempted. It carries alerts unless it says otherwise. */
export function freshDelivery(id: string, now: Date, given: Given): DeliveryDocument {
  const traceparent = traceparentOf(given.correlationId);
  return {
    _id: id,
    purpose: 'alerts',
    alertIds: [],
    notice: null,
    ...given,
    ...(traceparent === undefined ? {} : { traceparent }),
    state: 'pending',
    attempts: [],
    tries: 0,
    nextAttemptAt: now,
    dueAt: now,
    leaseUntil: null,
    leaseHolder: null,
    fence: 0,
    held: false,
    createdAt: now,
  };
}
