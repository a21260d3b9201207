import fc from 'fast-check';
import { allowance, spend, type SendingHour } from './hourly.limit';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1, 10, minutes));

test('an hour begins with a message and allows so many', () => {
  const hour = spend(spend(null, at(0), 1), at(20), 2);
  expect(hour).toEqual({ startedAt: at(0), sent: 3 });
  expect(allowance(4, hour, at(30))).toEqual({ left: 1, opensAt: null });
  expect(allowance(3, hour, at(30))).toEqual({ left: 0, opensAt: at(60) });
  expect(allowance(3, hour, at(60))).toEqual({ left: 3, opensAt: null });
  expect(allowance(null, hour, at(30))).toEqual({ left: Infinity, opensAt: null });
  expect(spend(hour, at(60), 1)).toEqual({ startedAt: at(60), sent: 1 });
});

test('whoever keeps to it sends no more than the limit in any of its hours, and is never shut out for longer than one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }),
      (limit, waits) => {
        let hour: SendingHour | null = null;
        let minutes = 0;
        const sent: number[] = [];
        for (const wait of waits) {
          minutes += wait;
          const { left, opensAt } = allowance(limit, hour, at(minutes));
          if (left === 0) {
            expect((opensAt?.getTime() ?? 0) - at(minutes).getTime()).toBeGreaterThan(0);
            expect((opensAt?.getTime() ?? 0) - at(minutes).getTime()).toBeLessThanOrEqual(3_600_000);
            continue;
          }
          hour = spend(hour, at(minutes), 1);
          expect(hour.sent).toBeLessThanOrEqual(limit);
          sent.push(minutes);
        }
        // Two hours that follow each other may meet: twice the limit in sixty minutes is the most.
        for (const start of sent) {
          expect(sent.filter((minute) => minute >= start && minute < start + 60).length).toBeLessThanOrEqual(2 * limit);
        }
      },
    ),
  );
});
