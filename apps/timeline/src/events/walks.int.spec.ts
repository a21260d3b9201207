import type { TimelineEvent } from '@themeline/contracts';
import { accepted, report, TimelineReplicas } from '../../../../test/support/timeline-replicas';
import { SORTS } from './event.order';
import { EventSearch } from './event.search';

let timeline: TimelineReplicas;
let search: EventSearch;

beforeAll(async () => {
  timeline = await TimelineReplicas.start(1);
  search = timeline.replica(0).get(EventSearch, { strict: false });
});

afterAll(() => timeline.stop());

test('a walk yields each event once, with its reports, in the order and state of a list, whatever is written meanwhile', async () => {
  const reports = Array.from({ length: 620 }, (_, n) =>
    report({
      who: `Aspen ${String(n)}`,
      headline: `Aspen ${String(n)} opens a mill`,
      date: `2024-0${String((n % 9) + 1)}`,
      importance: n % 100,
    }),
  );
  await timeline.deliver(accepted(...reports));
  await timeline.sequenced();
  for (const sort of SORTS) {
    const listed: TimelineEvent[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await timeline.list(
        `/v1/events?q=mill&sort=${sort}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      listed.push(...page.items);
      cursor = page.nextCursor;
    }
    const walked: TimelineEvent[] = [];
    for await (const batch of search.walk(await search.select({ q: 'mill' }), sort)) {
      walked.push(...batch);
      await timeline.deliver(
        accepted(
          report({ who: 'Aspen 3', headline: 'Aspen 3 opens a mill', importance: 99 }),
          report({ who: `Asp ${sort} ${String(walked.length)}`, headline: 'Asp opens a winery' }),
        ),
      );
      await timeline.sequenced();
    }
    expect(walked).toHaveLength(620);
    expect(walked).toEqual(listed);
    expect(walked.every((event) => event.reports.length > 0)).toBe(true);
  }
}, 240_000);
