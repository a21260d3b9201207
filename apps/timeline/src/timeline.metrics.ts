import { counter, gauge, histogram } from '@themeline/observability';

export const eventsCreated = counter('events_created_total', 'Events made of a first report');
export const reportsMerged = counter('reports_merged_total', 'Reports put into an event that was there');
export const batchesStale = counter(
  'merge_batches_stale_total',
  'Batches planned again because another replica had been faster',
);
export const mergeSeconds = histogram('merge_seconds', 'Time to plan and commit a batch of reports');
export const mergeLatency = histogram(
  'merge_latency_seconds',
  'Time from the acceptance of a live report to the commit of its event',
);
export const sequencerLag = gauge(
  'sequencer_lag_seconds',
  'Age of the oldest revision that has no place in the one order yet',
);
export const themesToApply = gauge(
  'themes_to_apply',
  'Events that the newest theme rules have not been applied to yet',
);
