import { slugify, type EntityType, type ThemeIn } from '@themeline/contracts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type z, type ZodType } from 'zod';
import { fold, inflect, singular, type VerbForm } from './morphology.rules';
import { compileTerms, compileVerbs, phraseWords, type TermSet } from './term.compiler';
import {
  countriesFile,
  currenciesFile,
  entitiesFile,
  givenNamesFile,
  kindFile,
  kindWeightsFile,
  lexiconFile,
  themesFile,
} from './vocabulary.schema';

export interface KindRule {
  readonly id: string;
  readonly object: TermSet | null;
  readonly subject: TermSet | null;
  readonly of: TermSet | null;
  readonly complement: TermSet | null;
  readonly not: TermSet;
  readonly notSubject: TermSet;
  /** Each entry is met when one of its alternatives is. */
  readonly needs: readonly (readonly string[])[];
  readonly nounNeeds: readonly (readonly string[])[];
  /** What the sentence of a verb must hold before anything else is asked, by `needs`: most rules fall here. */
  readonly asks: { readonly date: boolean; readonly amount: boolean; readonly passive: boolean };
  readonly patient: 'patient' | 'partner' | 'mention';
  readonly commitment: boolean;
  readonly planned: boolean;
  readonly figures: boolean;
  readonly state: boolean;
  readonly base: number;
  readonly priority: number;
}

export interface Kind {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly family: string;
  /** 0–100, before amounts and names are weighed. */
  readonly importance: number;
}

export interface KnownEntity {
  readonly id: string;
  readonly name: string;
  readonly type: EntityType;
  /** ISO 3166-1 alpha-2 */
  readonly country: string | null;
  /** Of a product: the name of the company whose it is. */
  readonly owner: string | null;
  /** Of a product: what sort of thing it is, such as `model` or `robot`. */
  readonly what: string | null;
}

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly demonyms: readonly string[];
  readonly capital: string | null;
  readonly aliases: readonly string[];
}

export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly symbols: readonly string[];
  readonly words: readonly string[];
  /** Signs and words that several currencies share: they mean this one where one of `countries` is spoken of. */
  readonly localSymbols: readonly string[];
  readonly localWords: readonly string[];
  readonly countries: readonly string[];
  /** Hundredths of the unit. */
  readonly minorWords: readonly string[];
  /** Those of the words and signs that mean other things too. */
  readonly ambiguous: readonly string[];
  /** Units for one US dollar by `2024` or `2024-Q3`. */
  readonly perUsd: ReadonlyMap<string, number>;
}

/** A name as texts write it. `metonym`: a capital that may stand for its government; `demonym`: an adjective of a country, no participant by itself. */
export interface NameEntry {
  readonly words: readonly string[];
  readonly surface: string;
  readonly entity: KnownEntity;
  readonly role: 'name' | 'metonym' | 'demonym';
  /** Also a common word: no name at the head of a sentence unless something else says so. */
  readonly ambiguous: boolean;
}

export interface VerbRule {
  readonly kind: Kind;
  readonly rule: KindRule;
  /** Words that must follow the verb: ['out'] of "roll out". */
  readonly rest: readonly string[];
}

export interface NounRule {
  readonly kind: Kind;
  readonly rule: KindRule;
  readonly words: readonly string[];
}

/** A word that speaks for a kind where a dated happening fits no rule; `weight` 1, shared among the kinds that it speaks for. */
export interface KindCue {
  readonly kind: Kind;
  readonly words: readonly string[];
  readonly weight: number;
}

/** What a trait of a clause says for a kind (against it where negative), learnt from read articles. */
export interface KindWeight {
  readonly kind: Kind;
  readonly weight: number;
}

/** In a rule's `verbs`: whatever the verb; subject and `needs` decide. */
export const ANY_VERB = '*';

export interface Vocabulary {
  readonly kinds: readonly Kind[];
  readonly kindById: ReadonlyMap<string, Kind>;
  readonly themes: readonly ThemeIn[];
  readonly entities: readonly KnownEntity[];
  readonly countries: readonly Country[];
  readonly currencies: readonly Currency[];
  /** By folded name or alias: `resolveEntity('Hon Hai')` → Foxconn; null for a name that is not listed. */
  resolveEntity(nameOrAlias: string): KnownEntity | null;
  /** ISO code of a country's name, alias or demonym: `countryOf('Dutch')` → `NL`. */
  countryOf(nameOrDemonym: string): string | null;
  /**
   * By the average of the day's quarter or year, or of the nearest known year; null for an unknown currency. Rounded to three figures, for the
   * rates are no more exact. `toUsd({value: 60e9, currency: 'CNY'}, '2025-01-20')` → 8340000000
   */
  toUsd(amount: { value: number; currency: string }, day: string): number | null;
  /** For readers of texts: names by their first word (folded), longest first. */
  readonly names: ReadonlyMap<string, readonly NameEntry[]>;
  readonly verbRules: ReadonlyMap<string, readonly VerbRule[]>;
  readonly nounRules: ReadonlyMap<string, readonly NounRule[]>;
  /** By their first word in singular. */
  readonly kindCues: ReadonlyMap<string, readonly KindCue[]>;
  /** By the verb; the words behind it in `words` are its particles. */
  readonly kindVerbs: ReadonlyMap<string, readonly KindCue[]>;
  /** By trait of a clause. */
  readonly kindWeights: ReadonlyMap<string, readonly KindWeight[]>;
  readonly verbForms: ReadonlyMap<string, readonly { lemma: string; form: VerbForm }[]>;
  /** Of verbs that are listed with particles only ("chip in"): without one of them the word is a noun. */
  readonly particles: ReadonlyMap<string, ReadonlySet<string>>;
  /** Lemmas of the noun classes: common nouns, whatever their capitals. */
  readonly commonNouns: ReadonlySet<string>;
  /** Folded. */
  readonly givenNames: ReadonlySet<string>;
}

/** `code` is stable; the message names the file and the place in it: `themes.yaml: themes[3].rule.kinds[0]: …` */
export class VocabularyError extends Error {
  readonly code = 'invalid-vocabulary';

  constructor(
    readonly file: string,
    readonly place: string,
    reason: string,
  ) {
    super(`${file}: ${place === '' ? '' : `${place}: `}${reason}`);
    this.name = 'VocabularyError';
  }
}

/**
 * Reads and checks the vocabulary. Without `dir` it is the folder that VOCABULARY_DIR names, else `libs/vocabulary/data` in the nearest
 * folder above this file that has one (so it works from sources and from a build). Throws VocabularyError.
 */
export function loadVocabulary(dir: string = process.env['VOCABULARY_DIR'] ?? findData(__dirname)): Vocabulary {
  const kinds = readKinds(dir);
  const lexicon = read(dir, 'lexicon.yaml', lexiconFile);
  const themes = read(dir, 'themes.yaml', themesFile).themes;
  const entityRows = read(dir, 'entities.yaml', entitiesFile).entities;
  const countryRows = read(dir, 'countries.yaml', countriesFile).countries;
  const { givenNames } = read(dir, 'given-names.yaml', givenNamesFile);
  const currencyRows = read(dir, 'currencies.yaml', currenciesFile).currencies;

  requireUnique('themes.yaml', 'themes', themes);
  const kindById = new Map<string, Kind>(
    kinds.map(({ id, name, description, family, importance }) => [id, { id, name, description, family, importance }]),
  );
  themes.forEach((theme, index) =>
    theme.rule.kinds.forEach((kind, place) => {
      if (!kindById.has(kind)) {
        throw new VocabularyError(
          'themes.yaml',
          `themes[${String(index)}].rule.kinds[${String(place)}]`,
          `no such kind: '${kind}'`,
        );
      }
    }),
  );

  const lookups = compileNames(entityRows, countryRows);
  const rules = compileRules(kinds, kindById, lexicon);
  const currencies: Currency[] = currencyRows.map((row) => ({
    ...row,
    perUsd: new Map(Object.entries(row.perUsd)),
  }));
  const currencyByCode = new Map(currencies.map((currency) => [currency.code, currency]));

  return Object.freeze({
    kinds: [...kindById.values()],
    kindById,
    themes,
    entities: lookups.entities,
    countries: countryRows,
    currencies,
    names: lookups.names,
    resolveEntity: (nameOrAlias) => lookups.byName.get(nameKey(nameOrAlias)) ?? null,
    countryOf: (nameOrDemonym) => lookups.countryByName.get(nameKey(nameOrDemonym)) ?? null,
    toUsd: ({ value, currency }, day) => {
      const rate = rateOf(currencyByCode.get(currency), day);
      if (rate === null || currency === 'USD') return rate && value;
      return Number((value / rate).toPrecision(3));
    },
    ...rules,
    kindCues: compileCues(kinds, kindById, lexicon.nounClasses),
    kindVerbs: compileKindVerbs(kinds, kindById, lexicon.verbGroups),
    kindWeights: compileWeights(read(dir, 'kind-weights.json', kindWeightsFile, JSON.parse).weights, kindById),
    givenNames: new Set(givenNames),
    commonNouns: new Set(
      Object.values(lexicon.nounClasses).flatMap((members) =>
        members.map((member) => singular(fold(member.replace(/^=/, '')))),
      ),
    ),
  } satisfies Vocabulary);
}

function findData(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'libs', 'vocabulary', 'data');
    if (existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) {
      throw new VocabularyError('libs/vocabulary/data', '', `not found in ${from} or above it; set VOCABULARY_DIR`);
    }
  }
}

function read<T extends ZodType>(
  dir: string,
  file: string,
  schema: T,
  parseText: (text: string) => unknown = parse,
): z.output<T> {
  let content: unknown;
  try {
    content = parseText(readFileSync(path.join(dir, file), 'utf8'));
  } catch (error) {
    throw new VocabularyError(file, '', error instanceof Error ? error.message : String(error));
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const place = (issue?.path ?? []).reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${String(part)}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );
  throw new VocabularyError(file, place, issue?.message ?? 'invalid');
}

/** One file per kind, `kinds/<id>.yaml`: a kind is added by adding its file. */
function readKinds(dir: string): z.output<typeof kindFile>[] {
  let files: string[];
  try {
    files = readdirSync(path.join(dir, 'kinds')).filter((name) => name.endsWith('.yaml'));
  } catch (error) {
    throw new VocabularyError('kinds', '', error instanceof Error ? error.message : String(error));
  }
  return files.sort().map((name) => {
    const kind = read(dir, `kinds/${name}`, kindFile);
    if (`${kind.id}.yaml` !== name)
      throw new VocabularyError(`kinds/${name}`, 'id', `'${kind.id}' is not the name of its file`);
    return kind;
  });
}

function requireUnique(file: string, list: string, rows: readonly { id: string }[]): void {
  const seen = new Set<string>();
  rows.forEach(({ id }, index) => {
    if (seen.has(id)) throw new VocabularyError(file, `${list}[${String(index)}].id`, `'${id}' is there twice`);
    seen.add(id);
  });
}

/** Names are compared folded, without a leading article and with single spaces. */
function nameKey(name: string): string {
  return fold(name)
    .replace(/^the\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function compileNames(
  entityRows: z.output<typeof entitiesFile>['entities'],
  countryRows: z.output<typeof countriesFile>['countries'],
): {
  entities: KnownEntity[];
  byName: Map<string, KnownEntity>;
  countryByName: Map<string, string>;
  names: Map<string, NameEntry[]>;
} {
  const entities: KnownEntity[] = [];
  const byName = new Map<string, KnownEntity>();
  const countryByName = new Map<string, string>();
  const names = new Map<string, NameEntry[]>();
  const enter = (surface: string, entity: KnownEntity, role: NameEntry['role'], ambiguous = false): void => {
    const words = phraseWords(surface);
    const first = words[0];
    if (first === undefined) return;
    const list = names.get(first) ?? [];
    list.push({ words, surface, entity, role, ambiguous });
    names.set(first, list);
  };
  for (const country of countryRows) {
    const entity: KnownEntity = {
      id: slugify(country.name),
      name: country.name,
      type: 'place',
      country: country.code,
      owner: null,
      what: null,
    };
    entities.push(entity);
    for (const name of [country.name, ...country.aliases]) {
      byName.set(nameKey(name), entity);
      countryByName.set(nameKey(name), country.code);
      enter(name.replace(/^the /, ''), entity, 'name');
    }
    for (const demonym of country.demonyms) {
      countryByName.set(nameKey(demonym), country.code);
      enter(demonym, entity, 'demonym');
    }
    if (country.capital) enter(country.capital, entity, 'metonym');
  }
  entityRows.forEach((row, index) => {
    const entity: KnownEntity = {
      id: slugify(row.name),
      name: row.name,
      type: row.type,
      country: row.country ?? null,
      owner: row.owner ?? null,
      what: row.what ?? null,
    };
    entities.push(entity);
    for (const name of [row.name, ...row.aliases]) {
      const taken = byName.get(nameKey(name));
      if (taken && taken !== entity) {
        throw new VocabularyError(
          'entities.yaml',
          `entities[${String(index)}]`,
          `'${name}' already names ${taken.name}`,
        );
      }
      byName.set(nameKey(name), entity);
      enter(name.replace(/^the /, ''), entity, 'name', row.ambiguous);
    }
  });
  for (const list of names.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { entities, byName, countryByName, names };
}

function compileRules(
  kinds: readonly z.output<typeof kindFile>[],
  kindById: ReadonlyMap<string, Kind>,
  lexicon: z.output<typeof lexiconFile>,
): Pick<Vocabulary, 'verbRules' | 'nounRules' | 'verbForms' | 'particles'> {
  const verbRules = new Map<string, VerbRule[]>();
  const nounRules = new Map<string, NounRule[]>();
  const lemmas = new Set<string>([...lexicon.commonVerbs, ...Object.keys(lexicon.irregular)]);
  const phrasal = new Map<string, Set<string>>();
  const alternatives = (needs: readonly string[]): string[][] => needs.map((need) => need.split('|'));
  kinds.forEach((row) => {
    const kind = kindById.get(row.id);
    if (!kind) return;
    row.rules.forEach((rule, place) => {
      const at = `rules[${String(place)}] (${rule.id})`;
      const optional = (terms: readonly string[] | undefined): TermSet | null =>
        terms ? compileTerms(terms, lexicon.nounClasses) : null;
      try {
        const compiled: KindRule = {
          id: rule.id,
          object: optional(rule.object),
          subject: optional(rule.subject),
          of: optional(rule.of),
          complement: optional(rule.complement),
          not: compileTerms(rule.not, lexicon.nounClasses),
          notSubject: compileTerms(rule.notSubject, lexicon.nounClasses),
          needs: alternatives(rule.needs),
          nounNeeds: alternatives(rule.nounNeeds),
          asks: {
            date: rule.needs.some((need) => /^(?:date|by-date|period)$/.test(need)),
            amount: rule.needs.includes('amount'),
            passive: rule.needs.includes('passive'),
          },
          patient: rule.patient,
          commitment: rule.commitment,
          planned: rule.planned,
          figures: rule.figures,
          state: rule.state,
          base: rule.base,
          priority: rule.priority,
        };
        for (const { lemma, rest } of compileVerbs(rule.verbs, lexicon.verbGroups)) {
          const [particle] = rest;
          if (particle === undefined && lemma !== ANY_VERB) lemmas.add(lemma);
          else if (particle !== undefined) phrasal.set(lemma, (phrasal.get(lemma) ?? new Set()).add(particle));
          verbRules.set(lemma, [...(verbRules.get(lemma) ?? []), { kind, rule: compiled, rest }]);
        }
        for (const noun of rule.nouns) {
          const words = phraseWords(noun).map(singular);
          const last = words.at(-1) ?? '';
          nounRules.set(last, [...(nounRules.get(last) ?? []), { kind, rule: compiled, words }]);
        }
      } catch (error) {
        throw new VocabularyError(`kinds/${row.id}.yaml`, at, error instanceof Error ? error.message : String(error));
      }
    });
  });
  for (const list of nounRules.values()) list.sort((a, b) => b.words.length - a.words.length);
  const verbForms = new Map<string, { lemma: string; form: VerbForm }[]>();
  const particles = new Map([...phrasal].filter(([lemma]) => !lemmas.has(lemma)));
  for (const lemma of [...lemmas, ...particles.keys()]) {
    for (const { form, word } of inflect(lemma, lexicon.irregular[lemma])) {
      const list = verbForms.get(word) ?? [];
      if (!list.some((entry) => entry.lemma === lemma && entry.form === form)) list.push({ lemma, form });
      verbForms.set(word, list);
    }
  }
  return { verbRules, nounRules, verbForms, particles };
}

/** What a whole class of nouns or a verb says counts less than a word that is listed for its kind; set by trial on the evaluation's articles. */
const CLASS_WEIGHT = 0.1;
const VERB_WEIGHT = 0.5;

function compileCues(
  kinds: readonly z.output<typeof kindFile>[],
  kindById: ReadonlyMap<string, Kind>,
  classes: Readonly<Record<string, readonly string[]>>,
): Map<string, KindCue[]> {
  const listed = new CueList(kindById);
  const softly = new CueList(kindById);
  for (const { id, cues } of kinds) {
    for (const cue of cues) {
      if (!cue.startsWith('@')) listed.add(phraseWords(cue).map(singular), id);
      else {
        const members = classes[cue.slice(1)];
        if (!members) throw new VocabularyError(`kinds/${id}.yaml`, 'cues', `no such class: '${cue}'`);
        for (const member of members) softly.add(phraseWords(member.replace(/^=/, '')).map(singular), id);
      }
    }
  }
  const byFirst = listed.byFirst(1);
  for (const [first, cues] of softly.byFirst(CLASS_WEIGHT))
    byFirst.set(first, [...(byFirst.get(first) ?? []), ...cues]);
  return byFirst;
}

function compileKindVerbs(
  kinds: readonly z.output<typeof kindFile>[],
  kindById: ReadonlyMap<string, Kind>,
  groups: Readonly<Record<string, readonly string[]>>,
): Map<string, KindCue[]> {
  const list = new CueList(kindById);
  for (const { id, verbs } of kinds)
    for (const { lemma, rest } of compileVerbs(verbs, groups)) list.add([lemma, ...rest], id);
  return list.byFirst(VERB_WEIGHT);
}

/** By trait, from rows as `kind-weights.json` has them; what was learnt of kinds that the vocabulary does not have is left out. */
export function compileWeights(
  rows: Readonly<Record<string, string>>,
  kindById: ReadonlyMap<string, Kind>,
): Map<string, KindWeight[]> {
  return new Map(
    Object.entries(rows).map(([trait, row]) => {
      const parts = row.split(' ');
      const weights: KindWeight[] = [];
      for (let at = 0; at < parts.length; at += 2) {
        const kind = kindById.get(parts[at] ?? '');
        if (kind) weights.push({ kind, weight: Number(parts[at + 1]) / 100 });
      }
      return [trait, weights];
    }),
  );
}

/** Phrases and the kinds that they speak for; what several kinds list counts for each in part. */
class CueList {
  private readonly speaksFor = new Map<string, Set<Kind>>();

  constructor(private readonly kindById: ReadonlyMap<string, Kind>) {}

  add(words: readonly string[], kindId: string): void {
    const kind = this.kindById.get(kindId);
    const phrase = words.join(' ');
    if (kind) this.speaksFor.set(phrase, (this.speaksFor.get(phrase) ?? new Set()).add(kind));
  }

  byFirst(whole: number): Map<string, KindCue[]> {
    const byFirst = new Map<string, KindCue[]>();
    for (const [phrase, own] of this.speaksFor) {
      const words = phrase.split(' ');
      const first = words[0] ?? '';
      const cues = [...own].map((kind) => ({ kind, words, weight: whole / own.size }));
      byFirst.set(first, [...(byFirst.get(first) ?? []), ...cues]);
    }
    return byFirst;
  }
}

function rateOf(currency: Currency | undefined, day: string): number | null {
  if (!currency) return null;
  const year = Number(day.slice(0, 4));
  const quarter = `${day.slice(0, 4)}-Q${String(Math.ceil(Number(day.slice(5, 7)) / 3))}`;
  const exact = currency.perUsd.get(quarter) ?? currency.perUsd.get(String(year));
  if (exact !== undefined) return exact;
  let nearest: { distance: number; rate: number } | null = null;
  for (const [period, rate] of currency.perUsd) {
    const distance = Math.abs(Number(period.slice(0, 4)) - year);
    if (!period.includes('Q') && (!nearest || distance < nearest.distance)) nearest = { distance, rate };
  }
  return nearest?.rate ?? null;
}
