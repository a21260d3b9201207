import type { ExtractedReport } from '@themeline/contracts';
import type { Vocabulary } from '@themeline/vocabulary';

export interface ArticleText {
  readonly title: string | null;
  readonly text: string;
  /** RFC 3339 or a day. */
  readonly publishedAt: string;
  readonly locale?: string;
}

export function extractReports(_article: ArticleText, _vocabulary: Vocabulary): ExtractedReport[] {
  return [];
}
