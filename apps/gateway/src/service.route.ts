import { type Service, SERVICES } from '@themeline/contracts';

/** First path segments after `/v1/` and the service that answers them. */
const SEGMENTS: Readonly<Record<string, Service>> = {
  reports: 'ingest',
  articles: 'ingest',
  extract: 'ingest',
  dates: 'ingest',
  sources: 'ingest',
  feeds: 'ingest',
  imports: 'ingest',
  events: 'timeline',
  facets: 'timeline',
  histogram: 'timeline',
  themes: 'timeline',
  entities: 'timeline',
  export: 'timeline',
  stream: 'timeline',
  subscriptions: 'alerts',
  deliveries: 'alerts',
  alerts: 'alerts',
  open: 'alerts',
};

/**
 * The service of a path, by its first segment; `.csv` and the like do not count. `/v1/export.csv` → `timeline`. A dead letter's id says
 * whose it is: `/v1/dead-letters/ingest_4f…` → `ingest`. Null: nobody's.
 */
export function serviceOf(path: string): Service | null {
  const [, version, segment = '', id = ''] = path.split('/');
  if (version !== 'v1') return null;
  if (segment === 'dead-letters') return SERVICES.find((service) => id.startsWith(`${service}_`)) ?? null;
  const name = segment.startsWith('export.') ? 'export' : segment;
  return Object.hasOwn(SEGMENTS, name) ? (SEGMENTS[name] ?? null) : null;
}
