import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { EventSearch, type Selection } from '../events/event.search';
import type { ExportContext, ExportFormat } from './export.format';
import { FORMATS, type FormatName } from './export.formats';
import { type ExportQuery, filterOf } from './export.query';

export interface Export {
  format: ExportFormat;
  /** The same as long as no revision has come to the timeline. */
  etag: string;
  /** Read at the pace of who takes it. */
  content: () => Readable;
}

@Injectable()
export class ExportsService {
  constructor(private readonly search: EventSearch) {}

  /**
   * What the filters mean now, or as of then, ready to be written; nothing but its place is read yet.
   *
   * @throws ProblemError 400 naming the kind or theme that there is not
   */
  async prepare(name: FormatName, query: ExportQuery, context: ExportContext): Promise<Export> {
    const format = FORMATS[name];
    const selection = await this.search.select(filterOf(query));
    const asked = createHash('sha256')
      .update(JSON.stringify([name, context.origin, query]))
      .digest('base64url');
    return {
      format,
      etag: `W/"${String(selection.seq)}-${asked.slice(0, 12)}"`,
      // One piece at a time: of what is not taken yet no more than two batches are read.
      content: () => Readable.from(this.write(format, selection, query, context), { highWaterMark: 1 }),
    };
  }

  private async *write(
    format: ExportFormat,
    selection: Selection,
    { sort, limit }: ExportQuery,
    context: ExportContext,
  ): AsyncGenerator<string | Uint8Array, void, undefined> {
    yield* some(format.open(context));
    let isFirst = true;
    for await (const batch of this.search.walk(selection, sort, limit)) {
      const text = format.write(batch, context, isFirst);
      if (text.length > 0) isFirst = false;
      yield* some(text);
    }
    yield* some(format.close(context));
  }
}

/** An empty piece would end the answer. */
const some = <T extends string | Uint8Array>(text: T): T[] => (text.length === 0 ? [] : [text]);
