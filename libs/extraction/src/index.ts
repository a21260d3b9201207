export { extractReports, readClauses, type ArticleText, type ReadClause } from './article.extractor';
export { type ClauseTraits } from './clause.traits';
export { readHtml, type ReadPage } from './html.reader';
export { detectLanguage } from './language.detector';
export { findAmounts, type FoundAmount } from './money.finder';
export { normaliseName } from './mention.finder';
export { matchThemes, type ThemeSubject, type ThemeWithRule } from './theme.matcher';
