import { atom } from './atom.format';
import { csv } from './csv.format';
import type { ExportFormat } from './export.format';
import { icalendar } from './icalendar.format';
import { jsonFeed } from './json-feed.format';
import { ndjson } from './ndjson.format';
import { timelinejs } from './timelinejs.format';

/** What `/v1/export` can write. */
export const FORMATS = { csv, ndjson, icalendar, atom, jsonFeed, timelinejs } satisfies Record<string, ExportFormat>;
export type FormatName = keyof typeof FORMATS;
