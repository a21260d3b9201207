import { DEVELOPMENTS, type TimelineEvent } from '@themeline/contracts';
import fc from 'fast-check';
import { parseAtomFeed } from 'feedsmith';
import { parseHTML } from 'linkedom';
import { atomOfAlerts } from './atom.content';
import { cleanLine, safeLink } from './clean.text';
import { layOut, type Telling } from './digest.layout';
import { discordOfAlerts } from './discord.content';
import { mailOfAlerts, mailOfConfirmation } from './mail.content';
import { escapeMrkdwn, slackOfAlerts } from './slack.content';

const event = (parts: Partial<TimelineEvent> = {}): TimelineEvent => ({
  id: 'evt_1',
  kind: 'ban',
  status: 'planned',
  headline: 'Norway keeps Zephyr off public phones',
  summary: null,
  date: {
    edtf: '2026-09',
    lower: '2026-09-01',
    upper: '2026-09-30',
    precision: 'month',
    approximate: false,
    display: 'September 2026',
  },
  entities: [],
  countries: [],
  amount: null,
  themes: ['public-phones'],
  importance: 60,
  confidence: 0.8,
  sourceCount: 1,
  reports: [],
  disputes: [],
  retracted: false,
  revision: 1,
  recordedAt: '2026-02-02T10:00:00.000Z',
  updatedAt: '2026-02-02T10:00:00.000Z',
  ...parts,
});
const telling = (parts: Partial<TimelineEvent> = {}, why: Telling['why'] = []): Telling => ({
  development: 'recorded',
  event: event(parts),
  why,
});

test('groups lead with their most important, and so does the whole', () => {
  const groups = layOut([
    telling({ themes: ['ports'], importance: 10, headline: 'a' }),
    telling({ themes: ['chips'], importance: 40, headline: 'b' }),
    telling({ themes: ['ports'], importance: 90, headline: 'c' }),
    telling({ themes: ['ports', 'chips'], importance: 70, headline: 'd' }, [{ field: 'themes', values: ['chips'] }]),
    telling({ themes: [], importance: 20, headline: 'e' }),
  ]);
  expect(groups.map(({ theme, items }) => [theme, items.map(({ headline }) => headline).join('')])).toEqual([
    ['Ports', 'ca'],
    ['Chips', 'db'],
    [null, 'e'],
  ]);
});

test.each<[string, Partial<TimelineEvent>, string]>([
  ['planned', {}, 'planned for September 2026'],
  ['occurred', { status: 'occurred' }, 'September 2026'],
  [
    'forecast without a date',
    {
      status: 'forecast',
      date: { edtf: null, lower: null, upper: null, precision: 'none', approximate: false, display: 'undated' },
    },
    'forecast, undated',
  ],
])('a date is told as it is known: %s', (_what, parts, date) => {
  expect(layOut([telling(parts)])[0]?.items[0]?.date).toBe(date);
});

/** Texts as they come from anywhere: markup, mentions, line ends, halves of characters. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<!channel> <@U123> <https://evil.example|click>',
    '@everyone @here <@&1> [x](https://evil.example)',
    '</p><script>alert(1)</script><img src=x onerror=alert(1)>',
    'A\r\nBcc: everybody@example.org\r\n\r\nhello',
    '\u202Egnp.exe \u2028 \u0000 \uD800',
    '"><a href="javascript:alert(1)">',
    '*bold* _it_ ~no~ `code` > quote | bar & amp;',
  ),
);
const anyTelling = fc
  .record({
    development: fc.constantFrom(...DEVELOPMENTS),
    headline: anyText,
    summary: fc.option(anyText),
    display: anyText,
    theme: anyText,
    name: anyText,
    url: fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      anyText,
      fc.constant('javascript:alert(1)'),
      fc.constant(`https://a.example/${'x'.repeat(3_000)}`),
    ),
    value: anyText,
    importance: fc.integer({ min: 0, max: 100 }),
    retracted: fc.boolean(),
  })
  .map(({ development, headline, summary, display, theme, name, url, value, importance, retracted }): Telling => ({
    development,
    why: [{ field: 'keywords.any', values: [value] }],
    event: event({
      headline,
      summary,
      importance,
      retracted,
      themes: [theme],
      date: { ...event().date, display },
      reports: [
        {
          reportId: 'rep_1',
          source: { id: 'src_1', name, url: null } as unknown as TimelineEvent['reports'][number]['source'],
          url,
          publishedAt: '2026-02-02T10:00:00.000Z',
          evidence: null,
          claims: {} as TimelineEvent['reports'][number]['claims'],
        },
      ],
    }),
  }));
const anyTellings = (maxLength: number) => fc.array(anyTelling, { minLength: 1, maxLength });

test('mail survives any text: one line of subject, no markup but ours, links to the web only', () => {
  fc.assert(
    fc.property(anyTellings(6), anyText, (tellings, name) => {
      const mail = mailOfAlerts(name, tellings, 'https://themeline.example/u');
      expect(mail.subject).not.toMatch(/[\u0000-\u001F\u2028\u2029\u202E]/);
      expect(mail.subject.length).toBeLessThanOrEqual(150);
      expect(mail.text.isWellFormed() && mail.html.isWellFormed()).toBe(true);
      const { document } = parseHTML(mail.html);
      const names = new Set([...document.querySelectorAll('*')].map(({ tagName }) => tagName.toLowerCase()));
      for (const tag of ['html', 'head', 'meta', 'title', 'body', 'p', 'a', 'div', 'b', 's', 'h2']) names.delete(tag);
      expect([...names]).toEqual([]);
      for (const link of document.querySelectorAll('a')) expect(link.getAttribute('href')).toMatch(/^https?:/);
      const shown = layOut(tellings).flatMap(({ items }) => items.map(({ headline }) => headline));
      const text = document.querySelector('body')?.textContent ?? '';
      for (const headline of shown) expect(text).toContain(headline);
      expect(mailOfConfirmation(name, 'https://themeline.example/c', 7).subject).not.toContain('\n');
    }),
    { numRuns: 30 },
  );
});

test('Slack survives any text: no mention, no link but to sources, within its limits', () => {
  fc.assert(
    fc.property(anyTellings(100), anyText, (tellings, name) => {
      const { blocks, text } = slackOfAlerts(name, tellings);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(text).not.toMatch(/[<>]/);
      for (const block of blocks) {
        if (block.type !== 'section' || block.text === undefined) continue;
        expect(block.text.text.length).toBeLessThanOrEqual(3_000);
        expect(block.text).toMatchObject({ type: 'mrkdwn', verbatim: true });
        for (const [, inside] of block.text.text.matchAll(/<([^>]*)>?/g))
          expect(inside).toMatch(/^https?:[^|]*\|[^|]*$/);
      }
    }),
    { numRuns: 20 },
  );
  expect(escapeMrkdwn('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
});

test('Discord survives any text: nobody is called, within its limits', () => {
  fc.assert(
    fc.property(anyTellings(10), anyText, (tellings, name) => {
      const message = discordOfAlerts(name, tellings);
      expect(message.allowed_mentions).toEqual({ parse: [] });
      expect((message.content ?? '').length).toBeLessThanOrEqual(2_000);
      expect(message.embeds?.length).toBe(tellings.length);
      let total = 0;
      for (const { title, description, author, url } of message.embeds ?? []) {
        expect(title.length).toBeLessThanOrEqual(256);
        if (url !== undefined) expect(url).toMatch(/^https?:.{0,2000}$/);
        total += title.length + description.length + (author?.name.length ?? 0);
      }
      expect(total).toBeLessThanOrEqual(6_000);
    }),
    { numRuns: 30 },
  );
});

test('a feed survives any text', () => {
  fc.assert(
    fc.property(anyTellings(5), anyText, (tellings, name) => {
      const at = new Date('2026-02-02T10:00:00Z');
      const entries = tellings.map((one, index) => ({ ...one, alertId: `alr_${String(index)}`, at }));
      const read = parseAtomFeed(atomOfAlerts({ id: 'sub_1', name }, entries, at));
      expect(read.entries?.map(({ id }) => id)).toEqual(entries.map(({ alertId }) => `urn:themeline:alert:${alertId}`));
      const links = read.entries?.flatMap((entry) => entry.links ?? []) ?? [];
      for (const { href } of links) expect(href).toMatch(/^https?:/);
    }),
    { numRuns: 30 },
  );
});

test('a line is one line, and ends where it must', () => {
  expect(cleanLine('A\r\nBcc: x', 20)).toBe('A Bcc: x');
  expect(cleanLine('😀😀', 3)).toBe('😀…');
  expect(cleanLine('\u0000 ', 3)).toBe('');
  expect(safeLink('javascript:alert(1)')).toBeNull();
  expect(safeLink('https://a.example/ü?b=1')).toBe('https://a.example/%C3%BC?b=1');
});
