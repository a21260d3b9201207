import { counter, gauge, histogram } from '@themeline/observability';

export const matched = counter('alerts_matched_total', 'Subscriptions to which a development was due', ['development']);
export const told = counter('alerts_told_total', 'Alerts made', ['development']);
export const suppressed = counter('alerts_suppressed_total', 'Alerts not made, because they had been told before', [
  'development',
]);
export const indexed = gauge('subscriptions_indexed', 'Subscriptions in the index of a shard', ['shard']);
export const indexBytes = gauge(
  'subscriptions_index_bytes',
  'Memory outside of the heap that the index of a shard has taken',
  ['shard'],
);
export const deliveriesEnded = counter('delivery_attempts_total', 'Attempts by what they led to', ['outcome']);
export const deliverySeconds = histogram(
  'delivery_seconds',
  "Time from an event's revision to its delivery",
  [],
  [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 36_000],
);
export const overdueSeconds = gauge(
  'delivery_overdue_seconds',
  'How long the longest waiting due delivery has been due',
);
export const deliveriesInFlight = gauge('deliveries_in_flight', 'Attempts being made now');
