import { ExtractedReport } from '@themeline/contracts';
import { DatePhrase } from '@themeline/dates';

/** What a reading thread is asked to do. Instants are RFC 3339: tasks and answers are copied between threads. */
export interface ArticleTask {
  type: 'article';
  title: string | null;
  content: { text: string } | { html: string; url: string | null };
  publishedAt: string | null;
  /** Stands in for a publication time that is not known, and no page is believed to be later. */
  fallbackDate: string;
  language: string | null;
  /** The publisher's name, as far as it was told. */
  source: string | null;
}

export interface DatesTask {
  type: 'dates';
  text: string;
  reference: string;
  locale: string | null;
}

export type ReadingTask = ArticleTask | DatesTask;

export type ArticleAnswer =
  | { state: 'read'; title: string | null; publishedAt: string; reports: ExtractedReport[] }
  | { state: 'unsupported-language'; title: string | null; publishedAt: string; reason: string }
  | { state: 'unreadable'; reason: string };

export interface ReadingAnswers {
  article: ArticleAnswer;
  dates: DatePhrase[];
}
