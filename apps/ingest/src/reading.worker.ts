import { findDates } from '@themeline/dates';
import { detectLanguage, extractReports, readHtml } from '@themeline/extraction';
import { loadVocabulary } from '@themeline/vocabulary';
import { ArticleAnswer, ArticleTask, DatesTask, ReadingAnswers, ReadingTask } from './reading.task';

// Once for a thread: the files are read at start, as the service itself does.
const vocabulary = loadVocabulary();

/** A failed task is a value too: what the pool sees rejected is a thread that died. */
export type Reply =
  { ok: true; answer: ReadingAnswers[ReadingTask['type']] } | { ok: false; message: string; stack: string };

/** The entry of a reading thread, called by the pool. */
export default function work(task: ReadingTask): Reply {
  try {
    return { ok: true, answer: task.type === 'article' ? readArticle(task) : readDates(task) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, message, stack: stack ?? message };
  }
}

function readDates({ text, reference, locale }: DatesTask): ReadingAnswers['dates'] {
  return findDates(text, locale === null ? { reference } : { reference, locale });
}

function readArticle(task: ArticleTask): ArticleAnswer {
  const { title, text, publishedAt, language } = textOf(task);
  if ('html' in task.content && text.trim() === '') return { state: 'unreadable', reason: 'the page holds no text' };
  const tag = language?.toLowerCase().split('-')[0] ?? null;
  const detected = detectLanguage(text);
  if (tag !== null ? tag !== 'en' && detected !== 'en' : detected === 'other') {
    return {
      state: 'unsupported-language',
      title,
      publishedAt,
      reason: `English is read, this is ${language ?? 'not'}`,
    };
  }
  const reports = extractReports(
    {
      title,
      text,
      publishedAt,
      ...(language === null ? {} : { locale: language }),
      ...(task.source === null ? {} : { source: task.source }),
    },
    vocabulary,
  );
  return { state: 'read', title, publishedAt, reports };
}

interface ArticleText {
  title: string | null;
  text: string;
  publishedAt: string;
  language: string | null;
}

function textOf({ title, content, publishedAt, fallbackDate, language }: ArticleTask): ArticleText {
  if ('text' in content) return { title, text: content.text, publishedAt: publishedAt ?? fallbackDate, language };
  const page = readHtml(content.html, content.url ?? undefined);
  // A page that claims to be from the future is not believed.
  const own = page.publishedAt !== null && page.publishedAt <= fallbackDate ? page.publishedAt : null;
  return {
    title: title ?? page.title,
    text: page.text,
    publishedAt: publishedAt ?? own ?? fallbackDate,
    language: language ?? page.language,
  };
}
