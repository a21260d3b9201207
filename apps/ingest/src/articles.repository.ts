import { Injectable } from '@nestjs/common';
import { ArticleIn, deriveId } from '@themeline/contracts';
import { Outbox, StaleBatch } from '@themeline/messaging';
import { ClientSession, Database } from '@themeline/persistence';
import { ArticleDocument } from './ingest.collections';

/** What reading an article found out, and where that leaves it. */
export interface ReadResult {
  state: 'read' | 'unsupported-language' | 'failed';
  reason: string | null;
  title: string | null;
  publishedAt: Date;
}

@Injectable()
export class ArticlesRepository {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  private get articles() {
    return this.database.collection<ArticleDocument>('articles');
  }

  find(id: string): Promise<ArticleDocument | null> {
    return this.articles.findOne({ _id: id });
  }

  findMany(ids: readonly string[]): Promise<ArticleDocument[]> {
    return this.articles.find({ _id: { $in: [...ids] } }).toArray();
  }

  /** Stores a new article or a new version of one, and queues its reading. Fails with a duplicate key or StaleBatch when somebody was faster. */
  async submit(article: ArticleDocument): Promise<void> {
    await this.database.transaction(async (session) => {
      if (article.version === 1) await this.articles.insertOne(article, { session });
      else {
        const { _id, ...fields } = article;
        const result = await this.articles.replaceOne({ _id, version: article.version - 1 }, fields, { session });
        if (result.matchedCount === 0) throw new StaleBatch(`article ${_id} was changed by somebody else`);
      }
      await this.outbox.add(session, [
        {
          subject: 'article.submitted',
          messageId: deriveId('msg', article._id, String(article.version)),
          payload: { articleId: article._id, version: article.version },
        },
      ]);
    });
  }

  /** False when the article has a newer version by now: then what was read is of no use. */
  async finish(session: ClientSession, id: string, version: number, result: ReadResult): Promise<boolean> {
    const updated = await this.articles.updateOne({ _id: id, version }, { $set: result }, { session });
    return updated.matchedCount === 1;
  }
}

/** What an article says, without who sent it and when it was published: what makes a version. */
export const articleContent = (input: ArticleIn): object => ({
  title: input.title ?? null,
  text: input.text ?? null,
  html: input.html ?? null,
  url: input.text === undefined && input.html === undefined ? (input.url ?? null) : null,
});
