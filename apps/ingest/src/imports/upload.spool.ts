import { Injectable } from '@nestjs/common';
import { Database } from '@themeline/persistence';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UPLOADS } from './imports.collections';

interface PieceDocument {
  files_id: string;
  n: number;
  data: { buffer: Uint8Array };
}

/** Uploads, stored piece by piece until their import has ended. */
@Injectable()
export class UploadSpool {
  constructor(private readonly database: Database) {}

  private get bucket() {
    return this.database.bucket(UPLOADS);
  }

  private get pieces() {
    return this.database.collection<PieceDocument>(`${UPLOADS}.chunks`);
  }

  /** Stores a stream whole. When it breaks off nothing of it stays. */
  async write(id: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const upload = this.bucket.openUploadStreamWithId(id as never, id);
    await pipeline(Readable.from(bytes, { objectMode: false }), upload).catch(async (error: unknown) => {
      await this.remove(id);
      throw error;
    });
  }

  /**
   * The bytes from the start. Piece by piece and not by a cursor: between two pieces lies as long a wait as the backlog asks
   * for, and cursors do not live that long.
   */
  async *read(id: string): AsyncGenerator<Buffer> {
    for (let n = 0; ; n++) {
      const piece = await this.pieces.findOne({ files_id: id, n });
      if (piece === null) return;
      yield Buffer.from(piece.data.buffer);
    }
  }

  async remove(id: string): Promise<void> {
    await this.database.collection<{ _id: string }>(`${UPLOADS}.files`).deleteOne({ _id: id });
    await this.pieces.deleteMany({ files_id: id });
  }
}
