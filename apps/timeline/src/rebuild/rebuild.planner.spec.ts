import { comparePairs, constraintsOf, differencesOf, nameGroups } from './rebuild.planner';

const live = new Map([
  ['rep_1', 'evt_a'],
  ['rep_2', 'evt_a'],
  ['rep_3', 'evt_a'],
  ['rep_4', 'evt_b'],
  ['rep_5', 'evt_c'],
]);

describe('constraints', () => {
  test('a person’s events are chains of reports, and parted ones keep one report of each apart', () => {
    const pins = new Map([
      ['rep_3', 'evt_a'],
      ['rep_1', 'evt_a'],
      ['rep_2', 'evt_a'],
      ['rep_4', 'evt_b'],
      ['rep_gone', 'evt_b'],
    ]);
    expect(constraintsOf(pins, [['evt_a', 'evt_b']], live)).toEqual({
      together: [
        ['rep_1', 'rep_2'],
        ['rep_2', 'rep_3'],
      ],
      apart: [['rep_1', 'rep_4']],
    });
  });

  test('events of which nothing holds bind nothing', () => {
    expect(constraintsOf(new Map([['rep_gone', 'evt_x']]), [['evt_x', 'evt_a']], live)).toEqual({
      together: [],
      apart: [],
    });
  });
});

describe('names', () => {
  test('a group keeps the id that has most of its reports; an id goes to one group only', () => {
    expect(nameGroups([['rep_1'], ['rep_2', 'rep_3'], ['rep_4', 'rep_5']], live)).toEqual([
      { id: expect.stringMatching(/^evt_(?![abc]$)/), reportIds: ['rep_1'] },
      { id: 'evt_a', reportIds: ['rep_2', 'rep_3'] },
      { id: 'evt_b', reportIds: ['rep_4', 'rep_5'] },
    ]);
  });
});

describe('comparison', () => {
  test('the same grouping agrees in all pairs and differs in nothing', () => {
    const same = nameGroups([['rep_1', 'rep_2', 'rep_3'], ['rep_4'], ['rep_5']], live);
    expect(comparePairs(same, live)).toEqual({ both: 3, onlyLive: 0, onlyRebuilt: 0, share: 1 });
    expect(differencesOf(same, live)).toEqual([]);
  });

  test('pairs that only one of them has, and what would be joined and parted', () => {
    const other = nameGroups([['rep_1', 'rep_2'], ['rep_3', 'rep_4'], ['rep_5']], live);
    expect(comparePairs(other, live)).toEqual({ both: 1, onlyLive: 2, onlyRebuilt: 1, share: 0.25 });
    expect(differencesOf(other, live)).toEqual([
      { type: 'join', events: ['evt_a', 'evt_b'], groups: [['rep_3', 'rep_4']] },
      { type: 'part', events: ['evt_a'], groups: [['rep_1', 'rep_2'], ['rep_3']] },
    ]);
  });

  test('single reports everywhere: there is no pair to differ in', () => {
    const alone = new Map([['rep_1', 'evt_a']]);
    expect(comparePairs(nameGroups([['rep_1']], alone), alone).share).toBe(1);
  });
});
