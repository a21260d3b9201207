import type { ExportFormat } from './export.format';

/** One event as `GET /v1/events/:id` has it to a line. */
export const ndjson: ExportFormat = {
  contentType: 'application/x-ndjson; charset=utf-8',
  fileName: 'themeline.ndjson',
  open: () => '',
  write: (events) => events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  close: () => '',
};
