import { AttemptPlaces, type Impression } from './attempt.places';

const SILENT: Impression = { answered: false, latencyMs: 15_000, restUntil: null };
const WELL: Impression = { answered: true, latencyMs: 10, restUntil: null };

test('a host has its places, and its channels share them', () => {
  const places = new AttemptPlaces(() => 16);
  for (let count = 0; count < 10; count += 1) places.begin('a', 'host');
  expect(places.room('a', 'host', 0)).toBe(6);
  expect(places.room('b', 'host', 0)).toBe(6);
  expect(places.room('c', 'other', 0)).toBe(16);
  for (let count = 0; count < 10; count += 1) places.end('a', 'host');
  expect(places.room('b', 'host', 0)).toBe(16);
});

test('who does not answer has one place, after rests that grow up to half a minute, until it does', () => {
  const places = new AttemptPlaces(() => 16);
  places.note('a', 'host', SILENT, 1_000);
  expect(places.room('a', 'host', 1_099)).toBe(0);
  expect(places.room('a', 'host', 1_100)).toBe(1);
  expect(places.room('b', 'host', 1_000)).toBe(16);
  for (let count = 0; count < 20; count += 1) places.note('a', 'host', SILENT, 2_000);
  expect(places.room('a', 'host', 31_999)).toBe(0);
  expect(places.room('a', 'host', 32_000)).toBe(1);
  places.note('a', 'host', WELL, 32_000);
  expect(places.room('a', 'host', 32_000)).toBe(16);
});

test('a slow one has a few, so that others of its host have the most', () => {
  const places = new AttemptPlaces(() => 16);
  places.note('a', 'host', { ...WELL, latencyMs: 5_000 }, 0);
  expect(places.room('a', 'host', 0)).toBe(2);
});

test('who says when to come again is left alone until then', () => {
  const places = new AttemptPlaces(() => 16);
  places.note('a', 'host', { ...WELL, restUntil: new Date(5_000) }, 0);
  expect(places.room('a', 'host', 4_999)).toBe(0);
  expect(places.room('a', 'host', 5_000)).toBe(16);
});

test('crowded channels and hosts are known until all of theirs has been seen', () => {
  const places = new AttemptPlaces(() => 16);
  places.crowdChannel('a', 'host');
  places.crowdHost('other');
  expect(places.crowdedChannels()).toEqual([{ channelId: 'a', host: 'host' }]);
  expect(places.crowdedHosts()).toEqual(['other']);
  places.thinChannel('a');
  places.thinHost('other');
  expect(places.crowdedChannels()).toEqual([]);
  expect(places.crowdedHosts()).toEqual([]);
});
