import { planAccess } from './access.plan';
import { criteriaOf } from './filter.criteria';

const inMonth = criteriaOf({ entity: ['zu'], from: '2024-03-01', to: '2024-03-31' }, ['zu'], null);
const certainly = criteriaOf(
  { entity: ['zu'], from: '2024-03-01', to: '2024-03-31', dateMatch: 'certain' },
  ['zu'],
  null,
);
const of = (count: number) => ({ all: 1_000_000, tags: [count], terms: [], since: 1_000_000 });

test('a rare entity within days is gathered by its dates, a common one read in the order asked for', () => {
  const hintFor = (count: number, criteria = inMonth): string[] =>
    Object.keys(planAccess(criteria, '-recorded', 51, of(count)).hint);
  expect(hintFor(2_000)).toEqual(['tags', 'span', 'dateKey', 'eventId']);
  expect(hintFor(100_000)).toEqual(['tags', 'knownSeq']);
  // What is open need not be looked at.
  expect(hintFor(100_000, certainly)).toEqual(['tags', 'span', 'dateKey', 'eventId']);
});
