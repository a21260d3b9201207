import { type FeedItem, NotAFeed, type ParsedFeed, plainText, readFeed, readFeedDate } from '@themeline/feeds';
import { OutboundGuard } from '@themeline/outbound';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readFeedSettings } from '../../apps/ingest/src/feeds/feed.settings';
import { PageFetcher } from '../../apps/ingest/src/feeds/page.fetcher';
import { FeedServer } from '../support/feed.server';
import { repositoryRoot } from '../support/stack';
import type { Ratio } from './detection.scorer';

const FIELDS = { title: 'title', link: 'link', id: 'id', published: 'publishedAt', updated: 'updatedAt' } as const;
/** The server's own affair. */
const FRAMING = /^(?:content-length|transfer-encoding|connection|date|status)$/i;
const MAX_BYTES = 32 * 1024 * 1024;

interface Expectation {
  /** `feed`, or the number of an item. */
  at: string;
  field: string;
  value: string;
}
interface ManifestRow {
  id: string;
  path: string;
  expect: Expectation[];
  /** True: not well-formed; null: nobody says. */
  bozo?: boolean | null;
  headers?: Record<string, string> | [string, string][] | null;
}

type Counted = { -readonly [K in keyof Ratio]: Ratio[K] };

export interface FeedScores {
  files: number;
  crashes: number;
  /** Of those that nobody calls malformed. */
  accepted: Counted;
  /** Of those that somebody calls malformed. */
  acceptedMalformed: Counted;
  fields: Record<keyof typeof FIELDS, Counted>;
  dates: Counted;
  /** Of those that somebody calls malformed or well-formed: flagged so. */
  flagged: Counted;
  lines: string[];
}

export const feedSuite = resolve(repositoryRoot, '../shared/data/feeds');

const rowsOf = <T>(file: string): T[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as T)
    : [];

/** Reads every file of a suite as it comes from a real server with the manifest's headers; null where there is no suite. */
export async function scoreFeeds(folder = feedSuite): Promise<FeedScores | null> {
  if (!existsSync(resolve(folder, 'manifest.jsonl'))) return null;
  const rows = rowsOf<ManifestRow>(resolve(folder, 'manifest.jsonl'));
  const zero = (): Counted => ({ right: 0, asked: 0 });
  const scores: FeedScores = {
    files: rows.length,
    crashes: 0,
    accepted: zero(),
    acceptedMalformed: zero(),
    fields: { title: zero(), link: zero(), id: zero(), published: zero(), updated: zero() },
    dates: zero(),
    flagged: zero(),
    lines: [],
  };
  const server = await FeedServer.start();
  const outbound = new OutboundGuard({ allow: ['127.0.0.0/8'] });
  const fetcher = new PageFetcher(outbound, readFeedSettings({}));
  try {
    for (const row of rows) await scoreRow({ server, fetcher, folder }, row, scores);
  } finally {
    await outbound.close();
    await server.stop();
  }
  for (const { text, expected } of rowsOf<{ text: string; expected: string | null }>(
    resolve(folder, 'date_strings.jsonl'),
  )) {
    const read = readFeedDate(text);
    count(scores.dates, read === expected);
    if (read !== expected) scores.lines.push(`date '${text}': ${String(expected)} expected, ${String(read)} read`);
  }
  return scores;
}

async function scoreRow(
  { server, fetcher, folder }: { server: FeedServer; fetcher: PageFetcher; folder: string },
  row: ManifestRow,
  scores: FeedScores,
): Promise<void> {
  const path = `/${row.path}`;
  const given = Array.isArray(row.headers) ? row.headers : Object.entries(row.headers ?? {});
  const headers = Object.fromEntries(given.filter(([name]) => !FRAMING.test(name)));
  server.answer(path, { headers, body: readFileSync(resolve(folder, row.path)) });
  let feed: ParsedFeed | null = null;
  try {
    const answer = await fetcher.get({ url: server.url(path), accept: '*/*', maxBytes: MAX_BYTES });
    feed = readFeed({ bytes: answer.body, contentType: answer.headers['content-type'] ?? null, url: answer.base });
  } catch (error) {
    if (!(error instanceof NotAFeed)) {
      scores.crashes += 1;
      scores.lines.push(
        `${row.id}: crashed, ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } else scores.lines.push(`${row.id}: refused, ${error.message}`);
  }
  count(row.bozo === true ? scores.acceptedMalformed : scores.accepted, feed !== null);
  if (typeof row.bozo === 'boolean' && feed !== null) count(scores.flagged, feed.flaws.length > 0 === row.bozo);
  for (const { at, field, value } of row.expect) {
    if (!isField(field)) continue;
    const { right, found } = check(at === 'feed' ? feed : feed?.items[Number(at)], field, value);
    count(scores.fields[field], right);
    if (!right) scores.lines.push(`${row.id}: ${at} ${field}: '${value}' expected, ${String(found)} found`);
  }
}

const isField = (field: string): field is keyof typeof FIELDS => Object.hasOwn(FIELDS, field);

function count(ratio: Counted, right: boolean): void {
  ratio.asked += 1;
  if (right) ratio.right += 1;
}

const squashed = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

/** A title is right as the feed has it or as plain text; an instant to the second; addresses and ids to the letter. */
function check(
  part: ParsedFeed | FeedItem | undefined | null,
  field: keyof typeof FIELDS,
  value: string,
): { right: boolean; found: string | null } {
  if (part === undefined || part === null) return { right: false, found: null };
  const found =
    (Object.entries(part).find(([name]) => name === FIELDS[field])?.[1] as string | null | undefined) ?? null;
  if (field === 'published' || field === 'updated') {
    return { right: found !== null && Math.abs(Date.parse(found) - Date.parse(value)) < 1_000, found };
  }
  if (field !== 'title') return { right: found === value, found };
  const wanted = squashed(value);
  const right =
    squashed(part.titleHtml) === wanted ||
    squashed(part.title) === wanted ||
    (part.title ?? '') === (plainText(value) ?? '');
  return { right, found };
}
