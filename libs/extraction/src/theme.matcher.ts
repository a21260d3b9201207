import { fold } from '@themeline/vocabulary';

/** What of an event or a report decides its themes. `entities` are canonical names. */
export interface ThemeSubject {
  readonly headline: string;
  readonly summary?: string | null;
  readonly evidence?: string | null;
  readonly kind: string;
  readonly entities: readonly string[];
}

export interface ThemeWithRule {
  readonly id: string;
  readonly rule: {
    readonly phrases: readonly string[];
    readonly entities: readonly string[];
    readonly kinds: readonly string[];
    readonly exclude: readonly string[];
  };
}

interface CompiledThemes {
  /** First word → phrases that begin with it, with the theme's place. */
  readonly phrases: ReadonlyMap<
    string,
    readonly { readonly words: readonly string[]; readonly theme: number; readonly excludes: boolean }[]
  >;
  readonly entities: ReadonlyMap<string, readonly number[]>;
  readonly kinds: ReadonlyMap<string, readonly number[]>;
}

const compiledThemes = new WeakMap<readonly ThemeWithRule[], CompiledThemes>();

/** `"China's open-source AI"` → `['china', 's', 'open', 'source', 'ai']`: both sides of a comparison are split alike. */
function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function compile(themes: readonly ThemeWithRule[]): CompiledThemes {
  const phrases = new Map<string, { words: readonly string[]; theme: number; excludes: boolean }[]>();
  const entities = new Map<string, number[]>();
  const kinds = new Map<string, number[]>();
  const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  themes.forEach(({ rule }, theme) => {
    const enter = (phrase: string, excludes: boolean): void => {
      const words = wordsOf(phrase);
      if (words[0] !== undefined) push(phrases, words[0], { words, theme, excludes });
    };
    for (const phrase of rule.phrases) enter(phrase, false);
    for (const phrase of rule.exclude) enter(phrase, true);
    for (const entity of rule.entities) push(entities, wordsOf(entity).join(' '), theme);
    for (const kind of rule.kinds) push(kinds, kind, theme);
  });
  return { phrases, entities, kinds };
}

/**
 * Ids of the themes whose rule fits, in the order of `themes`: a phrase (whole words, case and accents folded), an entity or a kind hits, and
 * nothing of `exclude` does. Linear in the text; rules are compiled once per `themes` array, which must not be changed in place.
 */
export function matchThemes(subject: ThemeSubject, themes: readonly ThemeWithRule[]): string[] {
  let compiled = compiledThemes.get(themes);
  if (!compiled) {
    compiled = compile(themes);
    compiledThemes.set(themes, compiled);
  }
  const hit = new Set<number>(compiled.kinds.get(subject.kind) ?? []);
  const excluded = new Set<number>();
  for (const entity of subject.entities) {
    for (const theme of compiled.entities.get(wordsOf(entity).join(' ')) ?? []) hit.add(theme);
  }
  for (const text of [subject.headline, subject.summary ?? '', subject.evidence ?? '']) {
    const words = wordsOf(text);
    for (let at = 0; at < words.length; at += 1) {
      const phrases = compiled.phrases.get(words[at] ?? '');
      if (phrases === undefined) continue;
      for (const phrase of phrases) {
        if (phrase.words.every((part, offset) => words[at + offset] === part)) {
          (phrase.excludes ? excluded : hit).add(phrase.theme);
        }
      }
    }
  }
  return themes.filter((_, index) => hit.has(index) && !excluded.has(index)).map(({ id }) => id);
}
