import type { EventBatch } from '../events/event.batch';

/** Of the export as a whole. */
export interface ExportContext {
  /** Where the API is seen from outside: `https://timeline.example.org` */
  origin: string;
  /** The address that the export was asked for at, without what is secret in it. */
  self: string;
  /** The moment that it shows. */
  at: Date;
}

/** How events are written, some hundreds at a time, so that a million of them need no more memory than these. */
export interface ExportFormat {
  contentType: string;
  /** For those who save it; null where it is subscribed to instead. */
  fileName: string | null;
  open(context: ExportContext): string;
  /** `isFirst`: nothing was written after `open`. Empty where nothing of the events can be shown in this format. */
  write(batch: EventBatch, context: ExportContext, isFirst: boolean): string | Uint8Array;
  close(context: ExportContext): string;
}
