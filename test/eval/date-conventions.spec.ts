import { differenceOf, translated } from './date-conventions';

const REFERENCE = '2021-06-16'; // a Wednesday

const inOurs = (phrase: string, answer: string): string => {
  const [lo = '', hi = ''] = answer.split('/');
  const ours = translated({ lo, hi }, phrase, REFERENCE);
  return ours === null ? 'no date' : `${ours.lo}/${ours.hi}`;
};

describe('an answer of a set with other conventions', () => {
  test.each([
    // a span goes on to the end of what it names last
    ['from 1998 to 2003', '1998-01-01/2002-12-31', '1998-01-01/2003-12-31'],
    ['April-June 2020', '2020-04-01/2020-05-31', '2020-04-01/2020-06-30'],
    ['from q2 of 2019 - q4 of 2019', '2019-04-01/2019-09-30', '2019-04-01/2019-12-31'],
    ['between 5 and 8 of August', '2020-08-05/2020-08-07', '2020-08-05/2020-08-08'],
    ['3/4/2020-3/9/2020', '2020-03-04/2020-03-08', '2020-03-04/2020-03-09'],
    ['between the sixth and the tenth of may', '2021-05-06/2021-05-09', '2021-05-06/2021-05-10'],
    ['from tuesday to thursday', '2021-06-15/2021-06-16', '2021-06-15/2021-06-17'],
    // and stays where the set went so far itself
    ['from 1998 to the end of 2003', '1998-01-01/2003-12-31', '1998-01-01/2003-12-31'],
    ['from Mar. 2nd to Apr. 2nd', '2020-03-02/2020-04-02', '2020-03-02/2020-04-02'],
    ['from 1998 to 2003', '1998-01-01/2003-12-31', '1998-01-01/2003-12-31'],
    ['from the end of May to the middle of July', '2020-06-01/2020-07-15', '2020-05-21/2020-07-20'],
    // units that hold the day which the set counted
    ['three weeks ago', '2021-05-26/2021-05-26', '2021-05-24/2021-05-30'],
    ['in four months', '2021-10-16/2021-10-16', '2021-10-01/2021-10-31'],
    ['two years later', '2023-06-16/2023-06-16', '2023-01-01/2023-12-31'],
    ['since March 2019', '2019-03-01/..', '2019-03-01/2019-03-31'],
    ['starting on May 4th', '2021-05-04/..', '2021-05-04/2021-05-04'],
    ['from mid 1995', '1995-05-01/..', '1995-05-01/1995-08-31'],
    ['before 2007', '../2007-01-01', '../2007-12-31'],
    ['by the end of this month', '../2021-07-01', '../2021-06-30'],
    ['mid-May', '2021-05-10/2021-05-20', '2021-05-11/2021-05-20'],
    ['the end of last year', '2020-07-01/2020-12-31', '2020-12-01/2020-12-31'],
    ['next friday', '2021-06-25/2021-06-25', '2021-06-18/2021-06-18'],
    ['previous Tuesday', '2021-06-08/2021-06-08', '2021-06-15/2021-06-15'],
    ['previous Wednesday', '2021-06-09/2021-06-09', '2021-06-09/2021-06-09'],
    ['the weekend', '2021-06-19/2021-06-20', '2021-06-12/2021-06-13'],
    ['later this week', '2021-06-17/2021-06-20', '2021-06-16/2021-06-20'],
    ['Tuesday after 4pm', '2021-06-15/..', '2021-06-15/2021-06-15'],
    ['right now', '2021-06-16/2021-06-16', 'no date'],
    ['the same month', '2021-06-01/2021-06-30', 'no date'],
  ])('%s: %s is %s here', (phrase, theirs, ours) => {
    expect(differenceOf(phrase)).not.toBeNull();
    expect(inOurs(phrase, theirs)).toBe(ours);
  });

  test.each([
    ['4 May 2020', '2020-05-04/2020-05-04'],
    ['last month', '2021-05-01/2021-05-31'],
    ['five to seven today', '2021-06-16/2021-06-16'],
    ['2 weeks from May 4', '2021-05-18/2021-05-18'],
  ])('%s: the conventions agree, %s stays', (phrase, theirs) => {
    expect(differenceOf(phrase)).toBeNull();
    expect(inOurs(phrase, theirs)).toBe(theirs);
  });

  test.each([
    ['from 1998 to 2003', '1998-01-01/2001-12-31'],
    ['April-June 2020', '2020-04-01/2020-05-15'],
    ['3/4/2020-3/9/2020', '2020-03-04/2020-03-11'],
    ['Thursday, two years from now', '2023-06-15/2023-06-15'],
  ])('%s: %s does not fit the rule and stays', (phrase, theirs) => {
    expect(inOurs(phrase, theirs)).toBe(theirs);
  });
});
