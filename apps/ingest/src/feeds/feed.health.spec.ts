import { healthOf } from './feed.health';
import type { FeedDocument } from './feeds.collections';

const DAY = 86_400_000;
const NOW = new Date('2026-06-30T00:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const well = {
  state: 'active',
  failures: 0,
  createdAt: ago(400),
  lastSuccessAt: ago(0),
  lastItemAt: ago(1),
  rhythmMs: DAY,
} as FeedDocument;

test.each<[string, Partial<FeedDocument>, string]>([
  ['brings what it used to', {}, 'well'],
  ['was never polled', { lastSuccessAt: null }, 'new'],
  ['failed of late', { failures: 3, lastSuccessAt: ago(6) }, 'failing'],
  ['has failed for a week', { failures: 9, lastSuccessAt: ago(7) }, 'dead'],
  ['never worked within its first week', { failures: 9, lastSuccessAt: null, createdAt: ago(7) }, 'dead'],
  ['is quiet for less than a month', { lastItemAt: ago(29) }, 'well'],
  ['is quiet for a month, far beyond its rhythm', { lastItemAt: ago(30) }, 'silent'],
  ['is quiet for a month, which it often is', { lastItemAt: ago(30), rhythmMs: 10 * DAY }, 'well'],
  ['is quiet for ten times its rhythm', { lastItemAt: ago(100), rhythmMs: 10 * DAY }, 'silent'],
  ['has had nothing in it since it was added', { lastItemAt: null, createdAt: ago(31), rhythmMs: null }, 'silent'],
  ['was paused, however it failed', { state: 'paused', failures: 9, lastSuccessAt: ago(70) }, 'paused'],
  ['answered 410', { state: 'ended' }, 'ended'],
])('a feed that %s', (_, changed, health) => {
  expect(healthOf({ ...well, ...changed }, NOW)).toBe(health);
});
