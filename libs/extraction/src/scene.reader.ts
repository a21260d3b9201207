import { findDates, type DatePhrase } from '@themeline/dates';
import { fold, type KnownEntity, type TermSet, type Vocabulary } from '@themeline/vocabulary';
import { parseClauses, type Clause } from './clause.parser';
import {
  AUTHORITY_NOUNS,
  COMPANY_NOUNS,
  ORGANISATION_NOUNS,
  PEOPLE_OF,
  PERSON_NOUNS,
  PLACE_NOUNS,
  TRANSPARENT,
} from './english.lexicon';
import { findMentions, type Mention, type NameMemory } from './mention.finder';
import type { FoundAmount } from './money.finder';
import type { Sentence } from './sentence.splitter';
import { isWord, tagVerbs, type Token } from './token.tagger';

/** A sentence with all that was read in it; spans are token places, `last` exclusive. */
export interface Scene {
  readonly sentence: Sentence;
  readonly tokens: readonly Token[];
  readonly mentions: readonly Mention[];
  readonly amounts: readonly (FoundAmount & { readonly first: number; readonly last: number })[];
  readonly dates: readonly (DatePhrase & { readonly first: number; readonly last: number })[];
  readonly clauses: readonly Clause[];
}

export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Who has been spoken of, latest last: what "it", "the company" and "the ministry" stand for. */
export interface Discourse {
  readonly recent: KnownEntity[];
  /** The countries spoken of, by adjective too. */
  readonly countries: KnownEntity[];
  /** "Baidu: …" – whom the line is about. */
  label: KnownEntity | null;
  /** Who says "we" in a blog or a press release: the organisation that it speaks of most. */
  readonly speaker: KnownEntity | null;
  /** Who acted in the sentence before. */
  subjects: readonly KnownEntity[];
  /** The state that acts in a paragraph, latest: "the Chinese government's support", "Norway banned …". */
  government: { readonly entity: KnownEntity; readonly paragraph: number } | null;
  /** The period of the latest figure: that of the results told after it. */
  period: { readonly date: Scene['dates'][number]; readonly paragraph: number } | null;
}

export function readScene(
  sentence: Sentence,
  tokens: readonly Token[],
  memory: NameMemory,
  vocabulary: Vocabulary,
  amounts: readonly FoundAmount[],
  dates: readonly DatePhrase[],
): Scene {
  const mentions = findMentions(tokens, sentence.titleCase, memory, vocabulary);
  const inName = new Set<number>();
  for (const { first, last, role } of mentions) {
    if (role === 'demonym') continue;
    for (let index = first; index < last; index += 1) inName.add(index);
  }
  for (const index of inName) {
    const token = tokens[index];
    if (token && token.tag !== 'punct') token.tag = 'noun';
  }
  const sums = placed(tokens, amounts);
  const days = placed(tokens, dates);
  const fixed = new Set(inName);
  // "310 billion won" and "the second quarter" hold no verbs.
  for (const { first, last } of sums) {
    for (let index = first; index < last; index += 1) {
      fixed.add(index);
      const token = tokens[index];
      if (token && token.tag !== 'cur' && token.tag !== 'punct') token.tag = 'num';
    }
  }
  for (const { first, last } of days) for (let index = first; index < last; index += 1) fixed.add(index);
  tagVerbs(tokens, fixed, sentence.form === 'headline' || sentence.titleCase, vocabulary);
  return {
    sentence,
    tokens,
    mentions,
    amounts: sums,
    dates: days,
    clauses: parseClauses(tokens, inName),
  };
}

/** Those that lie in the sentence, with their token places. Both lists are in order, so one walk suffices. */
function placed<T extends { readonly start: number; readonly end: number }>(
  tokens: readonly Token[],
  items: readonly T[],
): (T & Span)[] {
  const result: (T & Span)[] = [];
  let at = 0;
  for (const item of items) {
    while (at < tokens.length && (tokens[at]?.end ?? 0) <= item.start) at += 1;
    let last = at;
    while (last < tokens.length && (tokens[last]?.start ?? 0) < item.end) last += 1;
    if (last > at) result.push({ ...item, first: at, last });
  }
  return result;
}

/** The parts of one list that lie in the sentence. */
export function within<T extends { readonly start: number; readonly end: number }>(
  items: readonly T[],
  start: number,
  end: number,
): T[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const result: T[] = [];
  for (let index = low; index < items.length; index += 1) {
    const item = items[index];
    if (!item || item.start >= end) break;
    if (item.end <= end) result.push(item);
  }
  return result;
}

export const datesOf = (text: string, reference: string, locale: string | undefined): DatePhrase[] =>
  findDates(text, locale === undefined ? { reference } : { reference, locale });

/** Where the noun phrase that begins at `first` ends: before a preposition other than "of", a verb, a conjunction of clauses or a date. */
export function nounPhraseEnd(scene: Scene, first: number, limit: number): number {
  const { tokens, dates } = scene;
  let at = first;
  while (at < limit) {
    const token = tokens[at];
    if (!token) break;
    const inMention = scene.mentions.some((mention) => mention.first < at && at < mention.last);
    if (!inMention) {
      if (
        token.tag === 'verb' ||
        token.tag === 'aux' ||
        token.tag === 'modal' ||
        token.tag === 'sub' ||
        token.tag === 'to'
      )
        break;
      if (token.tag === 'prep' && token.lower !== 'of' && at > first) break;
      if (token.tag === 'pron' && at > first) break;
      if (isWord(token, 'that') && at > first) break;
      if (token.text === '(') {
        // "a 5 billion yen ($33 million) fund" goes on after the bracket.
        const close = tokens.slice(at, at + 9).findIndex(({ text }) => text === ')');
        const next = close < 0 ? undefined : tokens[at + close + 1];
        if (
          next === undefined ||
          at + close + 1 >= limit ||
          !/^(?:noun|adj)$/.test(next.tag) ||
          dates.some(({ first: from }) => from === at + close + 1)
        )
          break;
        at += close + 1;
        continue;
      }
      if (/^[;:–—]$/.test(token.text)) break;
      if (at > first && dates.some((date) => date.first === at) && !modifies(scene, at)) break;
      if (token.text === ',' && !continuesList(scene, at, limit)) break;
      if (
        token.tag === 'adv' &&
        at > first &&
        /^(?:also|together|as|today|yesterday|tomorrow|now|recently|earlier|instead|then)$/.test(token.lower)
      )
        break;
    }
    at += 1;
  }
  while (
    at > first &&
    (tokens[at - 1]?.tag === 'conj' || tokens[at - 1]?.text === ',' || tokens[at - 1]?.tag === 'adv')
  )
    at -= 1;
  return at;
}

/** "the 2023 rules": a date that is followed by a noun belongs to it. */
function modifies(scene: Scene, at: number): boolean {
  const date = scene.dates.find(({ first }) => first === at);
  const next = date ? scene.tokens[date.last] : undefined;
  return next !== undefined && (next.tag === 'noun' || next.tag === 'adj') && /^\d{4}$/.test(date?.phrase ?? '');
}

function continuesList(scene: Scene, comma: number, limit: number): boolean {
  const { tokens, mentions } = scene;
  const before = tokens[comma - 1];
  const after = tokens[comma + 1];
  if (!before || !after || comma + 1 >= limit) return false;
  if (
    before.tag === 'adj' &&
    (after.tag === 'adj' || after.tag === 'noun') &&
    !mentions.some(({ first }) => first === comma + 1)
  )
    return true;
  if (after.tag === 'conj')
    return tokens[comma + 2]?.tag !== 'verb' && mentions.some(({ first }) => first === comma + 2);
  const named = (index: number): boolean =>
    mentions.some(({ first, last, role }) => first <= index && index < last && role !== 'demonym');
  if (!named(comma - 1) || !named(comma + 1)) return false;
  // A list of names has its "and" before the next verb.
  for (let index = comma + 1; index < Math.min(limit, comma + 24); index += 1) {
    if (isWord(tokens[index], 'and', 'or')) return true;
    if (tokens[index]?.tag === 'verb' || tokens[index]?.tag === 'prep') return false;
  }
  return false;
}

/** The head nouns of a noun phrase: its last noun before "of" (through "a version of …"), one per coordinated part. */
export function headsOf(scene: Scene, span: Span): number[] {
  const { tokens } = scene;
  const heads: number[] = [];
  let closed = false;
  for (let index = span.first; index < span.last; index += 1) {
    const token = tokens[index];
    if (!token || token.tag !== 'noun') continue;
    const next = index + 1 < span.last ? tokens[index + 1] : undefined;
    const ends =
      next === undefined ||
      !(
        next.tag === 'noun' ||
        next.tag === 'num' ||
        next.tag === 'poss' ||
        (next.tag === 'adj' && tokens[index + 2]?.tag === 'noun')
      );
    if (!ends) continue;
    if (!closed) heads.push(index);
    if (isWord(next, 'of')) {
      closed = !TRANSPARENT.has(token.lemma) && !TRANSPARENT.has(token.lower);
      if (!closed) heads.pop();
    } else if (next?.tag === 'conj' || next?.text === ',') closed = false;
    else closed = true;
  }
  return heads;
}

/** How well words fit what a rule asks for, 0 where not at all, and the words that do. */
export interface Match {
  readonly score: number;
  readonly words: readonly string[];
}

export const NO_MATCH: Match = { score: 0, words: [] };

/**
 * Words of a rule found in a span: 0 when none, up to 3 when one is the head; `words` for the explanation. `asked` narrows the terms to their words
 * and sorts of things (`words`) or leaves the words out (`things`).
 */
export function matchTerms(
  scene: Scene,
  terms: TermSet,
  span: Span,
  heads: readonly number[],
  asked: 'all' | 'words' | 'things' = 'all',
): Match {
  // Asked of every rule of every verb, so it makes no closures, and looks up nothing of which a rule lists none.
  if (span.last <= span.first) return NO_MATCH;
  let score = 0;
  let best = '';
  const { tokens } = scene;
  if (terms.any && span.last > span.first) score = 0.5;
  const [byLemma, asWritten] = [terms.phrases.size > 0, terms.exact.size > 0];
  const last = asked !== 'things' && (byLemma || asWritten) ? span.last : span.first;
  for (let index = span.first; index < last; index += 1) {
    const token = tokens[index];
    if (!token) continue;
    for (let written = 0; written < 2; written += 1) {
      if (written === 0 ? !byLemma : !asWritten) continue;
      const phrases = written === 0 ? terms.phrases.get(token.lemma) : terms.exact.get(token.lower);
      if (phrases === undefined) continue;
      for (const phrase of phrases) {
        if (index + phrase.length > span.last || !isPhrase(tokens, index, phrase, written === 0 ? 'lemma' : 'lower'))
          continue;
        // "in the first half of 2025" speaks of no first thing.
        if (scene.dates.some((date) => date.first <= index && index < date.last)) continue;
        const value = phrase.some((_, offset) => isHead(scene, heads, index + offset)) ? 3 : 2;
        if (value > score) [score, best] = [value, phrase.join(' ')];
      }
    }
  }
  const types = asked === 'words' ? NO_TYPES : terms.types;
  if (types.size + terms.whats.size > 0 || terms.named) {
    for (const mention of scene.mentions) {
      if (mention.first < span.first || mention.last > span.last || mention.role === 'demonym') continue;
      const head = heads.includes(mention.last - 1) || heads.includes(mention.last);
      const { type, what, name } = mention.entity;
      // "South Korea's Samsung SDI": where somebody is from.
      if (type === 'place' && situates(scene, mention)) continue;
      let value = 0;
      if (types.has(type)) value = head ? 2.5 : 1.5;
      else if (type === 'other' && types.has('company')) value = 1.25;
      if (what !== null && terms.whats.has(what)) value = Math.max(value, head ? 2.75 : 1.75);
      if (terms.named) value = Math.max(value, head ? 1.75 : 1.25);
      if (value > score) [score, best] = [value, name];
    }
  }
  if (terms.amount && score < 2.5) {
    const amount = scene.amounts.find((item) => item.first >= span.first && item.last <= span.last);
    if (amount) [score, best] = [2.5, amount.text];
  }
  if (terms.figure && score < 1 && figureIn(scene, span)) [score, best] = [1, 'figure'];
  if (terms.percent && score < 1 && tokens.slice(span.first, span.last).some(isPercent)) [score, best] = [1, 'percent'];
  return score === 0 ? NO_MATCH : { score, words: best === '' ? [] : [best] };
}

const NO_TYPES: TermSet['types'] = new Set();

function isPhrase(
  tokens: readonly Token[],
  first: number,
  phrase: readonly string[],
  form: 'lemma' | 'lower',
): boolean {
  for (let offset = 0; offset < phrase.length; offset += 1) {
    if (tokens[first + offset]?.[form] !== phrase[offset]) return false;
  }
  return true;
}

/** The last word of a name is its head, and so is every other: "the Robotics Institute Germany" is an institute. */
const isHead = (scene: Scene, heads: readonly number[], index: number): boolean =>
  heads.includes(index) ||
  scene.mentions.some(
    ({ first, last, role }) =>
      role === 'name' && first <= index && index < last && heads.some((head) => head >= first && head < last),
  );

const isPercent = (token: Token): boolean =>
  token.text === '%' || token.lower === 'percent' || token.lower === 'percentage';

/** "dropped by a quarter", "more than half", "two thirds of them" */
function isFraction({ tokens, dates }: Scene, index: number): boolean {
  if (!/^(?:half|thirds?|quarters?|fifths?|tenths?)$/.test(tokens[index]?.lower ?? '')) return false;
  if (!isWord(tokens[index - 1], 'by', 'than', 'a', 'one', 'two', 'three', 'nearly', 'almost', 'about')) return false;
  const next = tokens[index + 1];
  return next?.tag !== 'noun' && !dates.some(({ first, last }) => first <= index && index < last);
}

/** A number that is no part of a date, a name or an ordinal. */
export function figureIn(scene: Scene, span: Span): boolean {
  for (let index = span.first; index < span.last; index += 1) {
    const token = scene.tokens[index];
    if (token && isFraction(scene, index)) return true;
    if (
      !token ||
      token.tag !== 'num' ||
      /^(?:one|two|three)$/.test(token.lower) ||
      /^\d+(?:st|nd|rd|th)$/.test(token.lower) ||
      // "Flight No. 2", "Phase 3"
      /^(?:no|number|phase|flight|article|section|chapter|part|unit|version|series)$/.test(
        scene.tokens[index - 1]?.text === '.'
          ? (scene.tokens[index - 2]?.lower ?? '')
          : (scene.tokens[index - 1]?.lower ?? ''),
      )
    )
      continue;
    if (scene.dates.some(({ first, last }) => first <= index && index < last)) continue;
    if (scene.mentions.some(({ first, last }) => first <= index && index < last)) continue;
    return true;
  }
  return false;
}

export interface Party {
  readonly entities: readonly KnownEntity[];
  /** Lemma of the head noun, '' for a bare name or pronoun. */
  readonly head: string;
  readonly pronoun: boolean;
  readonly plural: boolean;
  readonly span: Span;
}

const ORGANISATIONS = new Set(['company', 'organisation', 'other']);

/** Who a subject, a possessor or a by-phrase is: names in it, or what its pronoun or description stands for. */
export function partyOf(scene: Scene, span: Span, discourse: Discourse, clauseSubject: readonly KnownEntity[]): Party {
  const { tokens } = scene;
  const first = span.first;
  let last = nounPhraseEnd(scene, first, span.last);
  if (last === first) last = Math.min(span.last, first + 1);
  const core = { first, last };
  const heads = headsOf(scene, core);
  const head = tokens[heads[0] ?? last - 1];
  const plural = head !== undefined && head.lower !== head.lemma;
  const named = scene.mentions.filter((mention) => mention.first >= first && mention.last <= last);
  const names = named.filter(({ role }) => role !== 'demonym');
  const result = (entities: readonly KnownEntity[], pronoun = false): Party => ({
    entities,
    head: names.some((mention) => heads.includes(mention.last - 1)) || pronoun ? '' : (head?.lemma ?? ''),
    pronoun,
    plural,
    span: core,
  });
  const opening = tokens[first];
  if (opening?.tag === 'pron' && names.length === 0)
    return result(resolvePronoun(opening, discourse, clauseSubject), true);
  const lemma = head?.lemma ?? '';
  if (opening !== undefined && isWord(opening, 'our') && names.length === 0 && discourse.speaker)
    return result([discourse.speaker]);
  const definite = opening !== undefined && /^(?:the|this|that|its|his|her|their|both)$/.test(opening.lower);
  if (
    definite &&
    /^(?:owner|maker|developer|creator|parent|operator|founder|builder|publisher)$/.test(lemma) &&
    names.every(({ entity }) => entity.type === 'product')
  ) {
    const product = scene.mentions.find(
      (mention) => mention.first >= first && mention.last <= span.last && mention.entity.owner !== null,
    );
    const owner = product ? discourse.recent.find(({ name }) => name === product.entity.owner) : undefined;
    if (discourse.label) return result([discourse.label]);
    if (owner) return result([owner]);
  }
  // "the Munich firm": the name only says which.
  const modifying =
    definite &&
    (COMPANY_NOUNS.has(lemma) || AUTHORITY_NOUNS.has(lemma)) &&
    names.every(
      ({ entity, last: to }) =>
        (entity.type === 'place' || entity.type === 'other') &&
        to < last &&
        tokens[to]?.tag !== 'poss' &&
        !isWord(tokens[to], 'and', ',', 'of'),
    );
  if (names.length > 0 && !modifying) return result(actors(scene, names, core, heads));
  // "Another startup, Acme, will …": the name behind the comma is meant.
  const behind =
    tokens[last]?.text === ','
      ? scene.mentions.find((mention) => mention.first === last + 1 && mention.role === 'name')
      : undefined;
  if (
    behind &&
    behind.last <= span.last &&
    (COMPANY_NOUNS.has(lemma) ||
      PERSON_NOUNS.has(lemma) ||
      AUTHORITY_NOUNS.has(lemma) ||
      ORGANISATION_NOUNS.has(lemma) ||
      PEOPLE_OF.has(lemma))
  ) {
    return result([behind.entity]);
  }
  const demonym = named.find(({ role }) => role === 'demonym');
  if (AUTHORITY_NOUNS.has(lemma) && demonym && !COMPANY_NOUNS.has(lemma)) return result([demonym.entity]);
  if (definite && demonym === undefined && opening.lower !== 'both') {
    const place = names[0]?.entity;
    if (place?.type === 'place' && AUTHORITY_NOUNS.has(lemma) && !COMPANY_NOUNS.has(lemma)) return result([place]);
    if (/^(?:government|administration|country|state|nation)$/.test(lemma)) {
      const country = discourse.countries.at(-1);
      return result(country ? [country] : []);
    }
    if (AUTHORITY_NOUNS.has(lemma) && !COMPANY_NOUNS.has(lemma))
      return result(latest(discourse, ({ type }) => type === 'authority'));
    if (ORGANISATION_NOUNS.has(lemma)) return result(latest(discourse, ({ type }) => type === 'organisation'));
  }
  if (definite && !plural && COMPANY_NOUNS.has(lemma)) {
    if (discourse.label) return result([discourse.label]);
    const country = demonym?.entity.country ?? null;
    const fits = (entity: KnownEntity): boolean => country === null || entity.country === country;
    const here = scene.mentions.find(
      (mention) =>
        mention.last <= first && mention.entity.type === 'company' && mention.role === 'name' && fits(mention.entity),
    );
    if (here) return result([here.entity]);
    const companies = latest(discourse, (entity) => entity.type === 'company' && fits(entity));
    if (companies.length > 0) return result(companies);
    const based = latest(
      discourse,
      (entity) => (entity.type === 'company' || entity.type === 'other') && (fits(entity) || entity.country === null),
    );
    return result(based);
  }
  if (/^(?:its|their|his|her)$/.test(opening?.lower ?? '') && PEOPLE_OF.has(lemma))
    return result(clauseSubject.length > 0 ? clauseSubject : latest(discourse, ({ type }) => ORGANISATIONS.has(type)));
  if (definite && !plural && PERSON_NOUNS.has(lemma)) return result(latest(discourse, ({ type }) => type === 'person'));
  return result([]);
}

/** Of the names in a noun phrase those that act: all of a list; "X CEO Y" both; "X's Y" is Y if that is a name, else X; "Tesla shares" none. */
function actors(scene: Scene, names: readonly Mention[], core: Span, heads: readonly number[]): KnownEntity[] {
  const { tokens } = scene;
  const limit = tokens.slice(core.first, core.last).findIndex(({ lower }) => lower === 'of');
  const bound = limit < 0 ? core.last : core.first + limit;
  const inCore = names.filter((mention) => mention.first < bound);
  const chosen: KnownEntity[] = [];
  const take = (mention: Mention): void => {
    if (!chosen.some(({ id }) => id === mention.entity.id)) chosen.push(mention.entity);
  };
  for (const mention of inCore) {
    const next = tokens[mention.last];
    if (
      mention.last >= core.last ||
      next?.tag === 'conj' ||
      next?.text === ',' ||
      next?.text === '(' ||
      next?.tag === 'prep'
    ) {
      take(mention);
      continue;
    }
    if (next?.tag === 'poss') {
      const owned = inCore.find((other) => other.first > mention.last && heads.includes(other.last - 1));
      if (!owned) {
        if (!isAbstract(tokens[heads[0] ?? core.last - 1])) take(mention);
      } else if (owned.entity.type === 'product') take(mention);
      continue;
    }
    const tail = tokens.slice(mention.last, core.last);
    if (tail.some(({ lemma, lower }) => PEOPLE_OF.has(lemma) || PEOPLE_OF.has(lower))) take(mention);
    else if (
      mention.entity.type === 'company' ||
      mention.entity.type === 'other' ||
      mention.entity.type === 'organisation' ||
      mention.entity.type === 'authority'
    ) {
      const following = inCore.find((other) => other.first > mention.last);
      if (!following) take(mention);
    }
  }
  // "the Ministry of …" and "the maker of Spot" name the one who acts after "of".
  if (chosen.length === 0 && inCore.length === 0) {
    const after = names[0];
    if (after && PEOPLE_OF.has(tokens[heads[0] ?? core.first]?.lemma ?? '')) return [after.entity];
    if (after?.entity.type === 'product') return [after.entity];
    // "the province of Hunan"
    if (after?.entity.type === 'place' && PLACE_NOUNS.has(tokens[heads[0] ?? core.first]?.lemma ?? ''))
      return [after.entity];
    return after && AUTHORITY_NOUNS.has(tokens[heads[0] ?? core.first]?.lemma ?? '') ? [after.entity] : [];
  }
  if (chosen.length > 0) return chosen;
  const rest = inCore.filter(
    (mention) => !(tokens[mention.last]?.tag === 'poss' && isAbstract(tokens[heads[0] ?? core.last - 1])),
  );
  return rest.slice(-1).map(({ entity }) => entity);
}

/** "Acme's emergence": what acts is no part of Acme. */
function isAbstract(token: Token | undefined): boolean {
  if (!token || PEOPLE_OF.has(token.lemma) || COMPANY_NOUNS.has(token.lemma)) return false;
  return (
    /(?:ence|ance|tion|sion|ment|ness|ity|ism|ship|cy)$/.test(token.lemma) ||
    /^(?:success|rise|move|decision|sale|price|stock|share|revenue|profit|effort|growth|breakthrough|approach|strategy|report|failure|release|launch|entry|progress|work|plan|goal|result|arrival|push|bid|use|reliance|debut|push|goal|claim|ban|deal|export|import|economy|industry|market|sector|spending|output)$/.test(
      token.lemma,
    )
  );
}

function latest(discourse: Discourse, fits: (entity: KnownEntity) => boolean): KnownEntity[] {
  const found = discourse.recent.findLast(fits);
  return found ? [found] : [];
}

function resolvePronoun(token: Token, discourse: Discourse, clauseSubject: readonly KnownEntity[]): KnownEntity[] {
  if (isWord(token, 'he', 'she', 'him')) return latest(discourse, ({ type }) => type === 'person');
  if (isWord(token, 'it', 'itself')) {
    if (clauseSubject.length > 0) return [...clauseSubject];
    if (discourse.label) return [discourse.label];
    const [subject] = discourse.subjects;
    if (subject && discourse.subjects.length === 1 && subject.type !== 'person' && subject.type !== 'product')
      return [subject];
    const last = latest(discourse, ({ type }) => type !== 'person' && type !== 'product');
    return last.length > 0 ? last : discourse.countries.slice(-1);
  }
  if (isWord(token, 'we', 'us')) return discourse.speaker ? [discourse.speaker] : [];
  if (isWord(token, 'they', 'them')) return clauseSubject.length > 1 ? [...clauseSubject] : [];
  return [];
}

/** "Japan's Koyo Denki": the country only says where the company is from. */
export function situates(scene: Scene, mention: Mention): boolean {
  if (mention.entity.type !== 'place' || scene.tokens[mention.last]?.tag !== 'poss') return false;
  const next = scene.mentions.find(({ first, role }) => first === mention.last + 1 && role === 'name');
  return next !== undefined && (next.entity.type === 'company' || next.entity.type === 'other');
}

/** Below this many "we" and "our" outside quotations an article does not speak for anybody. */
const FEWEST_FIRST_PERSONS = 2;

/** The name in the text that is the publisher's, whole or as its first word: "Vectorloom" for "Vectorloom Blog". */
function publisherIn(scenes: readonly Scene[], source: string): KnownEntity | null {
  for (const { mentions } of scenes)
    for (const { entity, role } of mentions) {
      const name = fold(entity.name);
      if (role === 'name' && entity.type !== 'person' && (name === source || source.startsWith(`${name} `)))
        return entity;
    }
  return null;
}

/**
 * Who says "we" in an article in the first person: its publisher, else the organisation that it speaks of most, the earlier one where two are even;
 * null in any other article.
 */
export function speakerOf(scenes: readonly Scene[], source: string | null, vocabulary: Vocabulary): KnownEntity | null {
  let firstPersons = 0;
  const counts = new Map<string, { entity: KnownEntity; count: number }>();
  for (const { tokens, mentions } of scenes) {
    let quoted = false;
    for (const token of tokens) {
      if (/^[“"]$/.test(token.text)) quoted = token.text === '“' || !quoted;
      else if (token.text === '”') quoted = false;
      else if (!quoted && isWord(token, 'we', 'our', 'us') && token.text !== 'US') firstPersons += 1;
    }
    for (const { entity, role } of mentions) {
      if (role !== 'name' || !ORGANISATIONS.has(entity.type)) continue;
      const seen = counts.get(entity.id) ?? { entity, count: 0 };
      seen.count += 1;
      counts.set(entity.id, seen);
    }
  }
  if (firstPersons < FEWEST_FIRST_PERSONS) return null;
  if (source !== null) {
    const publisher = vocabulary.resolveEntity(source) ?? publisherIn(scenes, fold(source));
    if (publisher) return publisher;
  }
  let most: { entity: KnownEntity; count: number } | null = null;
  for (const seen of counts.values()) if (most === null || seen.count > most.count) most = seen;
  return most?.entity ?? null;
}

/** Named in fewer sentences than these, nobody is what an article is about, nor who is not named in this many times those of the next. */
const FEWEST_OF_TOPIC = 3;
const TOPIC_TO_NEXT = 2;

/** The one organisation that an article is about, null where it speaks of several alike. */
export function topicOf(scenes: readonly Scene[]): KnownEntity | null {
  const counts = new Map<string, { entity: KnownEntity; count: number }>();
  for (const { mentions } of scenes) {
    for (const entity of new Set(mentions.flatMap(({ role, entity: named }) => (role === 'name' ? [named] : [])))) {
      if (!ORGANISATIONS.has(entity.type)) continue;
      const seen = counts.get(entity.id) ?? { entity, count: 0 };
      seen.count += 1;
      counts.set(entity.id, seen);
    }
  }
  const [most, next] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (!most || most.count < FEWEST_OF_TOPIC || most.count < TOPIC_TO_NEXT * (next?.count ?? 0)) return null;
  return most.entity;
}

/** Adds a sentence's names to what has been spoken of; who acts comes last, being the likeliest to be meant. */
export function remember(scene: Scene, subjects: readonly KnownEntity[], discourse: Discourse): void {
  const add = (list: KnownEntity[], entity: KnownEntity): void => {
    const at = list.findIndex(({ id }) => id === entity.id);
    if (at >= 0) list.splice(at, 1);
    list.push(entity);
    if (list.length > 40) list.shift();
  };
  for (const mention of [...scene.mentions].reverse()) {
    const { entity, role } = mention;
    if (entity.type === 'place' && entity.country !== null && !situates(scene, mention))
      add(discourse.countries, entity);
    if (role === 'name' && !(entity.type === 'place')) add(discourse.recent, entity);
  }
  // "The Chinese government's support": the country is spoken of as an actor.
  const governing = scene.mentions.find(
    ({ role, last }) => role === 'demonym' && AUTHORITY_NOUNS.has(scene.tokens[last]?.lemma ?? ''),
  );
  const state = governing?.entity ?? subjects.find(({ type }) => type === 'place');
  if (state) discourse.government = { entity: state, paragraph: scene.sentence.paragraph };
  discourse.subjects = subjects.length > 0 ? subjects : governing ? [governing.entity] : [];
  for (const subject of [...subjects].reverse()) {
    if (subject.type === 'place') add(discourse.countries, subject);
    else add(discourse.recent, subject);
  }
}
