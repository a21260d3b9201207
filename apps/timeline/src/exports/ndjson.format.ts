import { JsonWriter } from '@themeline/persistence';
import type { ExportFormat } from './export.format';

/** One event as `GET /v1/events/:id` has it to a line. */
export const ndjson: ExportFormat = {
  contentType: 'application/x-ndjson; charset=utf-8',
  fileName: 'themeline.ndjson',
  open: () => '',
  write: (batch) => batch.writeTo(new JsonWriter(), '\n').text('\n').end(),
  close: () => '',
};
