import { Inject, Injectable } from '@nestjs/common';
import type { TimelineEvent } from '@themeline/contracts';
import { EventSearch } from '../events/event.search';
import { SequenceWatcher } from './sequence.watcher';
import type { StreamQuery } from './stream.query';
import { type PlacedRevision, StreamRepository } from './stream.repository';
import { STREAM_HEARTBEAT_MS } from './stream.settings';

/** Developments in one piece, and places looked through for one: both bound what a reader costs at a time. */
const BATCH = 100;
const WINDOW = 10_000;
/** How long a reader that lost its connection waits before it comes back. */
const RETRY_MS = 2_000;

/** The developments of the timeline as server-sent events. Their ids are places in the one order, so a reader can go on after any. */
@Injectable()
export class StreamService {
  constructor(
    private readonly search: EventSearch,
    private readonly repository: StreamRepository,
    private readonly watcher: SequenceWatcher,
    @Inject(STREAM_HEARTBEAT_MS) private readonly heartbeatMs: number,
  ) {}

  /**
   * Everything that matches after the place, or from now on, piece by piece and without an end. A piece is read from the database when the one
   * before has been taken: a slow reader is behind, and costs no memory.
   *
   * @throws ProblemError 400 naming the kind or theme that there is not
   */
  async follow(query: StreamQuery, after: number | undefined): Promise<AsyncGenerator<string, void, undefined>> {
    const { lastEventId: _place, development: developments = [], ...filter } = query;
    const { seq, conditions } = await this.search.select(filter);
    // Lists leave out what is retracted or merged away; that it was is a development.
    const states = conditions.filter((condition) => !('retracted' in condition) && !('heir' in condition));
    const read = (from: number, until: number) =>
      this.repository.findDeveloped(from, until, states, developments, BATCH);
    return this.pieces(Math.min(after ?? seq, seq), read);
  }

  private async *pieces(
    start: number,
    read: (after: number, until: number) => Promise<PlacedRevision[]>,
  ): AsyncGenerator<string, void, undefined> {
    let at = start;
    yield `retry: ${String(RETRY_MS)}\n${place(at)}`;
    while (!this.watcher.isStopped) {
      const newest = await this.watcher.beyond(at, this.heartbeatMs);
      if (newest === at) {
        // An id without data moves the reader's place and shows it nothing.
        yield `: still here\n${place(at)}`;
        continue;
      }
      const until = Math.min(newest, at + WINDOW);
      const rows = await read(at, until);
      for (const part of withoutRepeats(rows)) {
        const events = await this.search.withReports(part);
        yield part.map((row, index) => block(row, events[index])).join('');
      }
      at = rows.length < BATCH ? until : (rows[rows.length - 1]?.fromSeq ?? until);
    }
  }
}

const place = (seq: number): string => `id: ${String(seq)}\n\n`;

function block(row: PlacedRevision, event: TimelineEvent | undefined): string {
  const data = {
    seq: row.fromSeq,
    eventId: row.eventId,
    revision: row.revision,
    developments: row.developments,
    heir: row.heir ?? null,
    event,
    at: row.at.toISOString(),
  };
  return `id: ${String(row.fromSeq)}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Reports are read for one state of an event at a time. */
function withoutRepeats(rows: readonly PlacedRevision[]): PlacedRevision[][] {
  const parts: PlacedRevision[][] = [];
  let seen = new Set<string>();
  for (const row of rows) {
    if (parts.length === 0 || seen.has(row.eventId)) {
      parts.push([]);
      seen = new Set();
    }
    seen.add(row.eventId);
    parts[parts.length - 1]?.push(row);
  }
  return parts;
}
