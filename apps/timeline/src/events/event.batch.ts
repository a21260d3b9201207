import type { EventReport, TimelineEvent } from '@themeline/contracts';
import { type BsonValue, fieldOf, JsonWriter } from '@themeline/persistence';
import type { ListedRow } from './page.query';

/** Of a stored report what an event shows, where `eventReportOf` puts it. */
const REPORT_FIELDS = ['reportId', 'source', 'url', 'publishedAt', 'evidence'];
const CLAIM_FIELDS = ['kind', 'status', 'headline', 'date', 'amount'];
export const SHOWN_FIELDS = [...REPORT_FIELDS, ...CLAIM_FIELDS];

/** States of events with their reports as the database gave them: most readers want JSON, and need no objects for it. */
export class EventBatch {
  constructor(
    private readonly rows: readonly ListedRow[],
    private readonly reports: ReadonlyMap<string, readonly BsonValue[]>,
  ) {}

  get length(): number {
    return this.rows.length;
  }

  /** The events as JSON, one after the other. */
  writeTo(writer: JsonWriter, between: ',' | '\n'): JsonWriter {
    this.rows.forEach((row, index) => {
      if (index > 0) writer.text(between);
      this.writeRow(writer, row);
    });
    return writer;
  }

  /** One by one: the text of them all would be long enough to stay in memory until the next full collection. */
  events(): TimelineEvent[] {
    const writer = new JsonWriter();
    const ends = this.rows.map((row) => this.writeRow(writer, row).size);
    const json = writer.end();
    return ends.map((end, index) => JSON.parse(json.toString('utf8', ends[index - 1] ?? 0, end)) as TimelineEvent);
  }

  private writeRow(writer: JsonWriter, { eventId, snapshot }: ListedRow): JsonWriter {
    writer.text('{').fields(snapshot);
    writer.text(',"reports":');
    return writeReports(writer, this.reports.get(eventId) ?? []).text('}');
  }
}

export function reportsOf(stored: readonly BsonValue[]): EventReport[] {
  return JSON.parse(writeReports(new JsonWriter(), stored).end().toString()) as EventReport[];
}

function writeReports(writer: JsonWriter, stored: readonly BsonValue[]): JsonWriter {
  stored.forEach((report, index) => {
    writer.text(index === 0 ? '[{' : ',{');
    if (writeSome(writer, report, REPORT_FIELDS)) writer.text(',');
    writer.text('"claims":{');
    writeSome(writer, report, CLAIM_FIELDS);
    writer.text('}}');
  });
  return writer.text(stored.length === 0 ? '[]' : ']');
}

/** Answers whether there were any. */
function writeSome(writer: JsonWriter, document: BsonValue, names: readonly string[]): boolean {
  let any = false;
  for (const name of names) {
    const field = fieldOf(document, name);
    if (field === null) continue;
    writer.text(any ? `,"${name}":` : `"${name}":`).value(field);
    any = true;
  }
  return any;
}
