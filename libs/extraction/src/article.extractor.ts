import type { ExtractedReport } from '@themeline/contracts';
import type { KnownEntity, Vocabulary } from '@themeline/vocabulary';
import { fold } from '@themeline/vocabulary';
import type { Clause } from './clause.parser';
import { findEvents } from './event.finder';
import type { Finding } from './event.finding';
import { OPINING, REPORTING, STATIVE } from './english.lexicon';
import { toldBy, traitsOf, type ClauseTraits } from './clause.traits';
import { judge } from './modality.judge';
import { learnNames, rememberNames } from './mention.finder';
import { findAmounts } from './money.finder';
import { draftReport, type Draft } from './report.builder';
import { mergeDrafts } from './report.merger';
import { datesOf, readScene, remember, speakerOf, topicOf, within, type Discourse, type Scene } from './scene.reader';
import { splitSentences, type Sentence } from './sentence.splitter';
import { tokenise, type Token } from './token.tagger';

export interface ArticleText {
  readonly title: string | null;
  readonly text: string;
  /** RFC 3339 or a day: the reference for "last month" and the like. */
  readonly publishedAt: string;
  /** Decides 12/03/2025, as in libs/dates. */
  readonly locale?: string;
  /** The publisher's name: who says "we" in an article in the first person that names it. */
  readonly source?: string;
}

/** Beyond it a sentence is a list of something, and no rule would read it rightly. */
const LONGEST_SENTENCE_TOKENS = 220;
/** Keeps the search for a sum's country bounded in an endless paragraph. */
const MOST_PLACES = 60;

/**
 * Reads the events out of an English article by the rules of the vocabulary: one report per event, in the order of the text. Evidence is an
 * exact part of `text`: the sentence, or the clause when a sentence tells several events. Deterministic, linear in the text, no I/O.
 */
export function extractReports(article: ArticleText, vocabulary: Vocabulary): ExtractedReport[] {
  return mergeDrafts(readSentences(article, vocabulary).flatMap(({ drafts }) => drafts));
}

/** A clause that a learner of kinds can learn from: its place in the text, as evidence or by itself, and what it is like. */
export interface ReadClause {
  readonly start: number;
  readonly end: number;
  readonly traits: ClauseTraits;
  /** A report was made of it. */
  readonly reported: boolean;
}

/** The clauses of an article: those that reports are made of, and of the others those that tell more than what somebody says, thinks or is. */
export function readClauses(article: ArticleText, vocabulary: Vocabulary): ReadClause[] {
  const day = article.publishedAt.slice(0, 10);
  return readSentences(article, vocabulary).flatMap(({ scene, findings, drafts }) => {
    const traits = (clause: Clause): ClauseTraits =>
      traitsOf(scene, clause, toldBy(scene, clause), judge(scene, clause)?.status ?? null, day);
    const reported = drafts.flatMap(({ finding, report }) =>
      finding.clause === null
        ? []
        : [
            {
              start: report.evidence.start ?? 0,
              end: report.evidence.end ?? 0,
              traits: traits(finding.clause),
              reported: true,
            },
          ],
    );
    const others = scene.clauses
      .filter(
        (clause) =>
          !findings.some((finding) => finding.clause === clause) &&
          ![STATIVE, REPORTING, OPINING].some((verbs) => verbs.has(clause.verb.lemma)),
      )
      .map((clause) => ({
        start: scene.tokens[Math.min(clause.subject?.first ?? clause.start, clause.verb.first)]?.start ?? 0,
        end: scene.tokens[Math.min(clause.end, scene.tokens.length) - 1]?.end ?? 0,
        traits: traits(clause),
        reported: false,
      }));
    return [...reported, ...others];
  });
}

interface ReadSentence {
  readonly scene: Scene;
  readonly findings: readonly Finding[];
  readonly drafts: readonly Draft[];
}

/** What each sentence tells; those in title case come last. */
function readSentences(article: ArticleText, vocabulary: Vocabulary): ReadSentence[] {
  const { text } = article;
  const day = article.publishedAt.slice(0, 10);
  const sentences = splitSentences(text);
  const tokenised = sentences.map((sentence) => ({
    sentence,
    tokens: tokenise(text, sentence.start, sentence.end, vocabulary),
    titleCase: sentence.titleCase,
  }));
  const memory = rememberNames(tokenised);
  learnNames(tokenised, memory, vocabulary);
  const amounts = findAmounts(text, vocabulary.currencies, countriesIn(tokenised, vocabulary));
  const dates = datesOf(text, article.publishedAt, article.locale);
  // Bodies before headlines in title case: names are learnt where capitals mean something.
  const ordered = [
    ...tokenised.filter(({ titleCase }) => !titleCase),
    ...tokenised.filter(({ titleCase }) => titleCase),
  ];
  const scenes = ordered
    .filter(({ tokens }) => tokens.length <= LONGEST_SENTENCE_TOKENS && tokens.length >= 3)
    .map(({ sentence, tokens }) =>
      readScene(
        sentence,
        tokens,
        memory,
        vocabulary,
        within(amounts, sentence.start, sentence.end),
        within(dates, sentence.start, sentence.end),
      ),
    );
  const discourse: Discourse = {
    recent: [],
    countries: [],
    label: null,
    speaker: speakerOf(scenes, article.source ?? null, vocabulary),
    subjects: [],
    government: null,
    period: null,
  };
  const topic = topicOf(scenes);
  return scenes.map((scene) => {
    const { sentence } = scene;
    discourse.label = sentence.label === null ? null : labelEntity(sentence.label, vocabulary, memory.entities);
    const { findings, subjects } = findEvents(scene, discourse, vocabulary, day);
    const distinct = dropRepeats(findings);
    const measured = distinct.find(
      ({ kind, date, status }) => kind.family === 'figure' && date !== null && status === 'occurred',
    );
    if (measured?.date) discourse.period = { date: measured.date, paragraph: sentence.paragraph };
    const drafts: Draft[] = [];
    for (const finding of distinct) {
      const draft = draftReport(finding, distinct.length === 1, text, day, topic, vocabulary);
      if (draft) drafts.push(draft);
    }
    if (!sentence.titleCase) remember(scene, subjects, discourse);
    return { scene, findings, drafts };
  });
}

/**
 * The countries that a text speaks of around an offset: those of its sentence, the nearest first, then those of its paragraph, the latest before
 * it first. Cities, demonyms and the seats of known companies count as their countries.
 */
function countriesIn(
  sentences: readonly { readonly sentence: Sentence; readonly tokens: readonly Token[] }[],
  vocabulary: Vocabulary,
): (offset: number) => readonly string[] {
  const paragraphs = new Map<
    number,
    { readonly start: number; readonly country: string; readonly sentence: Sentence }[]
  >();
  for (const { sentence, tokens } of sentences) {
    const places = paragraphs.get(sentence.paragraph) ?? [];
    paragraphs.set(sentence.paragraph, places);
    tokens.forEach((token, index) => {
      if (!token.capital || places.length >= MOST_PLACES) return;
      const entry = (vocabulary.names.get(token.lower) ?? []).find(({ words }) =>
        words.every((word, offset) => tokens[index + offset]?.lower === word),
      );
      if (entry?.entity.country) places.push({ start: token.start, country: entry.entity.country, sentence });
    });
  }
  return (offset) => {
    const own = sentences[lastBefore(sentences, offset)]?.sentence;
    if (!own) return [];
    const places = paragraphs.get(own.paragraph) ?? [];
    const distance = ({ start }: { readonly start: number }): number => Math.abs(start - offset);
    const ranked = [
      ...places.filter(({ sentence }) => sentence === own).sort((a, b) => distance(a) - distance(b)),
      ...places.filter(({ sentence, start }) => sentence !== own && start < offset).reverse(),
    ];
    return ranked.map(({ country }) => country);
  };
}

function lastBefore(sentences: readonly { readonly sentence: Sentence }[], offset: number): number {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.sentence.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** "Baidu: …" is about Baidu; "Market impact: …" is about nobody. */
function labelEntity(
  label: string,
  vocabulary: Vocabulary,
  found: ReadonlyMap<string, KnownEntity>,
): KnownEntity | null {
  return vocabulary.resolveEntity(label) ?? found.get(fold(label)) ?? null;
}

/** "raised $5 million in a round led by …": the participle adds to the event above it. */
const below = (finding: Finding, other: Finding): boolean =>
  finding.form === 'verb' &&
  finding.clause !== null &&
  (finding.clause.link === 'reduced' ||
    // "signed a deal to buy power"
    (finding.clause.link === 'infinitive' && finding.clause.linkWord !== null) ||
    (finding.clause.link === 'participle' && /^(?:harm|people)$/.test(finding.kind.family))) &&
  (finding.amount === null || finding.amount.start === other.amount?.start) &&
  hangsOn(finding.clause, other.clause);

/** "…, according to an agreement signed on Monday" hangs on the clause before through "according". */
function hangsOn(clause: Clause, above: Clause | null): boolean {
  let governor = clause.governor;
  while (governor && governor !== above && (governor.link === 'participle' || governor.link === 'gerund'))
    governor = governor.governor;
  return governor === above;
}

/** Findings of one sentence that tell the same event count once: the earlier one stays, with the day that a participle adds. */
function dropRepeats(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of findings) {
    const at = kept.findIndex((other) => repeats(finding, other));
    const other = kept[at];
    if (!other) kept.push(finding);
    else if (other.date === null && finding.date !== null && finding.status === other.status)
      kept[at] = { ...other, date: finding.date };
  }
  return kept;
}

function repeats(finding: Finding, other: Finding): boolean {
  if (other.kind.id !== finding.kind.id) return false;
  if (other.date && finding.date && other.date.start !== finding.date.start) return false;
  if (below(finding, other)) return true;
  if (other.amount?.start !== finding.amount?.start) return false;
  const sameSum = finding.amount !== null;
  if (!sameSum && other.objectHead !== finding.objectHead && finding.form !== 'noun') return false;
  if (
    finding.agents.length > 0 &&
    other.agents.length > 0 &&
    !finding.agents.some(({ id }) => other.agents.some((agent) => agent.id === id))
  )
    return false;
  return (
    sameSum ||
    finding.patients.every(
      ({ id }) => other.patients.some((patient) => patient.id === id) || other.agents.some((agent) => agent.id === id),
    )
  );
}
