import type { ARTICLE_STATES, ArticleIn, Report, REPORT_STATES } from '@themeline/contracts';
import { idempotencyCollections } from '@themeline/idempotency';
import type { CollectionSpec } from '@themeline/persistence';

/** A report in its newest version, and which event the timeline put it in. */
export interface ReportDocument {
  _id: string;
  owner: string;
  version: number;
  /** SHA-256 of what the client or the article said, to tell a repeat from a change. */
  contentHash: string;
  articleId: string | null;
  report: Report;
  state: (typeof REPORT_STATES)[number];
  eventId: string | null;
  updatedAt: Date;
}

export interface ArticleDocument {
  _id: string;
  owner: string;
  version: number;
  contentHash: string;
  state: (typeof ARTICLE_STATES)[number];
  reason: string | null;
  input: ArticleIn;
  /** What was read: the input's title, or the page's. */
  title: string | null;
  url: string | null;
  source: { id: string; name: string; url: string | null };
  publishedAt: Date;
  /** Nobody has said when it was published: `publishedAt` is when it was first seen. */
  dateAssumed?: boolean;
  receivedAt: Date;
}

export const ingestCollections: CollectionSpec[] = [
  {
    name: 'reports',
    indexes: [
      { key: { articleId: 1 } },
      { key: { owner: 1, 'report.source.id': 1 }, partialFilterExpression: { state: 'muted' } },
    ],
  },
  { name: 'articles', indexes: [{ key: { owner: 1, receivedAt: -1 } }] },
  ...idempotencyCollections,
];
