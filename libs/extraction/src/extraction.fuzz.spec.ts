import type { ExtractedReport } from '@themeline/contracts';
import { loadVocabulary } from '@themeline/vocabulary';
import fc from 'fast-check';
import { benchArticles } from '../../../test/bench/bench.articles';
import { cpuMsPer10kB, nastyTexts } from '../../../test/bench/nasty.timing';
import { LAYOUTS, NASTY_TEXTS } from '../../../test/support/nasty-texts';
import { detectLanguage, extractReports, readHtml } from './index';

/** How many times the processor time of as much ordinary news prose any text may take, whatever it is. */
const MOST_TIMES_PROSE = 6;
const SHORT = 2_000;
const LONG = 16_000;
const PROSE_WORDS = 500;

const vocabulary = loadVocabulary();
const read = (text: string): ExtractedReport[] =>
  extractReports({ title: null, text, publishedAt: '2025-03-07T00:00:00Z' }, vocabulary);

function expectSound(text: string, reports: readonly ExtractedReport[]): void {
  for (const { evidence, mentions } of reports) {
    expect(evidence.text).not.toBe('');
    for (const { text: words, start, end } of [evidence, ...mentions]) {
      expect(words).toBe(text.slice(start ?? -1, end ?? -1));
    }
  }
  // Evidence stands at its own place once: reports come in the order of the text.
  const starts = reports.map(({ evidence }) => evidence.start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
}

const layouts = Object.entries(LAYOUTS).map(([name, lay]) => ({ name, lay }));

describe.each(Object.entries(NASTY_TEXTS))('%s', (_, make) => {
  test.each(layouts)('$name: sound, and the same again', ({ lay }) => {
    const text = lay(make(SHORT));
    const reports = read(text);
    expectSound(text, reports);
    expect(read(text)).toEqual(reports);
  });

  test('has a language or none, and can be a page', () => {
    const text = make(SHORT);
    expect(['en', 'other', 'unknown']).toContain(detectLanguage(text));
    expect(typeof readHtml(`<p>${text}</p>`).text).toBe('string');
  });
});

test(`none takes more than ${String(MOST_TIMES_PROSE)} times what prose takes, short or long`, () => {
  const prose = benchArticles(8, PROSE_WORDS);
  const proseMs = (): number => Math.min(...prose.map((text) => cpuMsPer10kB(text, read)));
  let baseline = proseMs();
  const texts = nastyTexts(SHORT, LONG);
  expect(texts).toHaveLength(Object.keys(NASTY_TEXTS).length * (layouts.length + 1));
  let slow = texts;
  // The machine makes a reading slower, never faster: what seems slow is read again, and so is the prose.
  for (let tried = 0; tried < 5 && slow.length > 0; tried += 1) {
    slow = slow.filter(({ text }) => cpuMsPer10kB(text, read) > MOST_TIMES_PROSE * baseline);
    baseline = proseMs();
  }
  expect(slow.map(({ name }) => name)).toEqual([]);
}, 120_000);

describe('pages', () => {
  const repeat = (part: string, length: number): string => part.repeat(Math.ceil(length / part.length));
  test.each([
    ['open brackets', '<'],
    ['ampersands', '&'],
    ['entities', '&amp;'],
    ['comments never closed', '<!--'],
    ['elements never closed', '<p><b><i>'],
    ['items never closed', '<li>a'],
    ['links', '<a href="b">c</a>'],
    ['lines', 'a<br>'],
    ['cells', '<tr><td>a</td></tr>'],
    ['scripts', '<script>"<p>"</script>'],
    ['attributes', '<p a="b" c=d '],
    ['declared data', '<script type="application/ld+json">{"datePublished":"2025</script>'],
  ])('of %s are read, short and long', (_, part) => {
    for (const length of [SHORT, LONG, 10 * LONG]) expect(typeof readHtml(repeat(part, length)).text).toBe('string');
  });
});

describe('any text', () => {
  const pieces = Object.values(NASTY_TEXTS).map((make) => make(60));
  const anything = fc.array(
    fc.oneof(
      fc.constantFrom(...pieces),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      fc.constantFrom(' ', '. ', ', ', '\n', ' said ', ' banned ', ' acquired ', ' for $5 million ', ' in May 2024'),
    ),
    { maxLength: 60 },
  );

  test('is read without an error, soundly, and the same again', () => {
    fc.assert(
      fc.property(anything, (parts) => {
        const text = parts.join('');
        const reports = read(text);
        expectSound(text, reports);
        expect(read(text)).toEqual(reports);
        detectLanguage(text);
        readHtml(text);
      }),
      { numRuns: 200, seed: 20_250_307 },
    );
  });
});
