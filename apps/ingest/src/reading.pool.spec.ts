import { ProblemError } from '@themeline/http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ReadingFailure, ReadingPool, ReadingTimeout } from './reading.pool';
import type { ReadingSettings } from './reading.settings';
import { readReadingSettings } from './reading.settings';
import type { ArticleTask, DatesTask } from './reading.task';

const SETTINGS: ReadingSettings = { threads: 1, queue: 2, timeoutMs: 20_000 };

/**
 * A thread that does what the text says: `spin` never ends, `exit` ends the thread, `exit-once <file>` the first time only,
 * `hold <file>` waits until the file is gone.
 */
const OBEDIENT = `
  const { existsSync, writeFileSync } = require('node:fs');
  module.exports = async ({ text }) => {
    const [order, file] = text.split(' ');
    if (order === 'spin') for (;;);
    if (order === 'exit') process.exit(3);
    if (order === 'exit-once' && !existsSync(file)) { writeFileSync(file, ''); process.exit(3); }
    if (order === 'throw') return { ok: false, message: 'a mistake', stack: 'a mistake' };
    while (order === 'hold' && existsSync(file)) await new Promise((wake) => setTimeout(wake, 5));
    return { ok: true, answer: text };
  };`;

let folder: string;
let pool: ReadingPool;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'themeline-pool-'));
  writeFileSync(path.join(folder, 'obedient.cjs'), OBEDIENT);
  writeFileSync(path.join(folder, 'broken.cjs'), "throw new Error('no vocabulary')");
});
afterEach(() => pool.onApplicationShutdown());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const obedient = (settings: Partial<ReadingSettings> = {}): ReadingPool =>
  (pool = new ReadingPool({ ...SETTINGS, ...settings }, path.join(folder, 'obedient.cjs')));
const order = (text: string): DatesTask => ({ type: 'dates', text, reference: '2025-03-07', locale: null });
const marker = (name: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  return file;
};

describe('reading in a thread', () => {
  const article = (text: string): ArticleTask => ({
    type: 'article',
    title: null,
    content: { text },
    publishedAt: '2025-03-07T00:00:00.000Z',
    fallbackDate: '2025-03-08T00:00:00.000Z',
    language: null,
    source: null,
  });

  test('the event loop stays free while a long article is read', async () => {
    pool = new ReadingPool(SETTINGS);
    const sentence = 'Norland banned the Zephyr app on Tuesday, and Ostrava Labs acquired Pinewood for $30 million. ';
    await pool.run(article(sentence), 'request');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    const answer = await pool.run(article(`${sentence}\n`.repeat(4_000)), 'request');
    const took = performance.now() - began;
    delay.disable();
    expect(answer).toMatchObject({ state: 'read' });
    // The article takes many times as long as the loop was ever held up.
    expect(took).toBeGreaterThan(500);
    expect(delay.percentile(99) / 1e6).toBeLessThan(took / 5);
  });

  test('pages, other languages, empty pages and dates', async () => {
    pool = new ReadingPool(SETTINGS);
    const page = (html: string): ArticleTask => ({
      ...article(''),
      content: { html, url: null },
      publishedAt: null,
    });
    expect(
      await pool.run(
        page(
          '<html><head><title>Ban</title><meta property="article:published_time" content="2025-03-05T10:00:00Z"></head><body><article><p>Norland banned the Zephyr app on Tuesday.</p></article></body></html>',
        ),
        'request',
      ),
    ).toMatchObject({
      state: 'read',
      title: 'Ban',
      publishedAt: '2025-03-05T10:00:00.000Z',
      reports: [{ kind: 'ban', date: { edtf: '2025-03-04' } }],
    });
    // A page from the future was published when it came.
    expect(
      await pool.run(
        page(
          '<meta property="article:published_time" content="2031-01-01T00:00:00Z"><p>Norland banned the Zephyr app on Tuesday.</p>',
        ),
        'request',
      ),
    ).toMatchObject({ publishedAt: '2025-03-08T00:00:00.000Z' });
    expect(await pool.run(page('<p> </p>'), 'request')).toEqual({
      state: 'unreadable',
      reason: 'the page holds no text',
    });
    expect(
      await pool.run(article('Le ministre a dit que la loi est dans les mains du parlement et des juges.'), 'request'),
    ).toMatchObject({ state: 'unsupported-language', reason: 'English is read, this is not' });
    expect(
      await pool.run(
        { type: 'dates', text: 'It opened in mid-2024.', reference: '2025-01-01', locale: null },
        'request',
      ),
    ).toMatchObject([{ phrase: 'mid-2024' }]);
  });
});

describe('the queue', () => {
  test('too many requests are refused with 503 and Retry-After; background work waits', async () => {
    obedient();
    const file = marker('full');
    const running = [1, 2, 3].map(() => pool.run(order(`hold ${file}`), 'request'));
    const refused: unknown = await pool.run(order('hello'), 'request').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    const later = pool.run(order('hello'), 'background');
    expect(pool.queueLength).toBe(3);
    rmSync(file);
    expect(await later).toBe('hello');
    await Promise.all(running);
    expect(pool.queueLength).toBe(0);
    expect(await pool.run(order('hello'), 'request')).toBe('hello');
  });

  test('requests and background work take turns', async () => {
    obedient({ queue: 10 });
    const file = marker('turns');
    const finished: string[] = [];
    const send = (name: string, urgency: 'request' | 'background') =>
      pool.run(order(name), urgency).then(() => finished.push(name.split(' ')[0] ?? ''));
    const all = [
      send(`hold ${file}`, 'background'),
      ...['b1', 'b2', 'b3'].map((name) => send(name, 'background')),
      ...['r1', 'r2', 'r3'].map((name) => send(name, 'request')),
    ];
    rmSync(file);
    await Promise.all(all);
    expect(finished).toEqual(['hold', 'r1', 'b1', 'r2', 'b2', 'r3', 'b3']);
  });
});

describe('a thread that fails', () => {
  test('what takes too long is ended with a problem, and the next text is read', async () => {
    obedient({ timeoutMs: 1_000 });
    const error: unknown = await pool.run(order('spin'), 'request').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ReadingTimeout);
    expect(error).toMatchObject({ status: 422, detail: 'reading it took longer than 1 s' });
    expect(await pool.run(order('hello'), 'request')).toBe('hello');
  });

  test('a text whose thread died gets a second thread', async () => {
    obedient();
    expect(await pool.run(order(`exit-once ${path.join(folder, 'exited')}`), 'request')).toMatch(/^exit-once/);
  });

  test('a text that ends its second thread too fails, and the next is read', async () => {
    obedient();
    await expect(pool.run(order('exit'), 'request')).rejects.toBeInstanceOf(ReadingFailure);
    expect(await pool.run(order('hello'), 'request')).toBe('hello');
  });

  test('an error in reading is told with its message, and costs no thread', async () => {
    obedient();
    await expect(pool.run(order('throw'), 'request')).rejects.toThrow('a mistake');
  });

  test('threads that do not start fail the texts at once', async () => {
    pool = new ReadingPool(SETTINGS, path.join(folder, 'broken.cjs'));
    await expect(pool.run(order('hello'), 'request')).rejects.toThrow(/no vocabulary/);
  });
});

describe('the end of the service', () => {
  test('lets running texts finish, refuses those that wait and those that come', async () => {
    obedient();
    const file = marker('drain');
    const running = pool.run(order(`hold ${file}`), 'request');
    const waiting = pool.run(order('hello'), 'request').catch((error: unknown) => error);
    const stopped = pool.onApplicationShutdown();
    await expect(pool.run(order('hello'), 'background')).rejects.toMatchObject({ status: 503 });
    expect(await waiting).toMatchObject({ status: 503 });
    rmSync(file);
    expect(await running).toMatch(/^hold/);
    await stopped;
  });
});

describe('the settings', () => {
  test.each([
    [{}, { queue: 50, timeoutMs: 20_000 }],
    [
      { READING_THREADS: '3', READING_QUEUE: '0', READING_TIMEOUT_SECONDS: '5' },
      { threads: 3, queue: 0, timeoutMs: 5_000 },
    ],
  ])('%j', (env, expected) => {
    obedient();
    const settings = readReadingSettings(env);
    expect(settings).toMatchObject(expected);
    expect(settings.threads).toBeGreaterThanOrEqual(1);
  });

  test.each([
    ['READING_THREADS', '0'],
    ['READING_THREADS', 'many'],
    ['READING_QUEUE', '-1'],
    ['READING_TIMEOUT_SECONDS', '1.5'],
  ])('%s=%s is refused by name', (name, value) => {
    obedient();
    expect(() => readReadingSettings({ [name]: value })).toThrow(`${name}='${value}'`);
  });
});
