import { isCopy, resemblance, sketchOf } from './text.sketch';

const wire =
  'The harbour authority of Vik said on Tuesday that a crane had fallen on the quay at dawn, that nobody was hurt, and that ships would be sent to the north basin until the wreck was cleared away.';
const retouched = wire.replace('on Tuesday', 'this week').replace('cleared away', 'cleared');
const own =
  'At dawn a crane came down in Vik. No one was under it, the port says; vessels go to another basin for now while workers take the steel apart piece by piece on the quay.';

test('a retouched copy is one, another telling of the same is none', () => {
  expect(resemblance(sketchOf(wire), sketchOf(wire))).toBe(1);
  expect(isCopy(sketchOf(wire), sketchOf(retouched))).toBe(true);
  expect(resemblance(sketchOf(wire), sketchOf(own))).toBeLessThan(0.2);
});

test('short texts are alike by chance', () => {
  expect(sketchOf('A crane fell in Vik')).toEqual([]);
  expect(resemblance([], [])).toBe(0);
});

test('punctuation, case and accents make no other text', () => {
  expect(sketchOf(wire.toUpperCase().replace(/,/g, ' –'))).toEqual(sketchOf(wire));
});
