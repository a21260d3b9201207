import type { Cadence } from '@themeline/contracts';
import { messagesOf } from './message.volume';

const times = ['2026-03-02T06:10Z', '2026-03-02T06:50Z', '2026-03-02T07:30Z', '2026-03-03T05:59Z', '2026-03-09T12:00Z'];
const timeZone = 'UTC';

test.each<[string, Cadence, number]>([
  ['each by itself', { mode: 'immediate' }, 5],
  ['one for each hour with something in it', { mode: 'hourly', timeZone }, 4],
  ['those between two mornings together', { mode: 'daily', at: '06:00', timeZone }, 2],
  ['one for each week', { mode: 'weekly', weekday: 'monday', at: '06:00', timeZone }, 2],
])('%s', (_, cadence, messages) => {
  expect(
    messagesOf(
      times.map((at) => new Date(at)),
      cadence,
    ),
  ).toBe(messages);
  expect(messagesOf([], cadence)).toBe(0);
});
