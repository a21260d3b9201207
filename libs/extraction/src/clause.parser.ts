import {
  COMMITTING,
  FAILING,
  HABITUAL,
  INTRANSITIVE,
  PLANNING,
  PREDICTING,
  REPORTING,
  WEIGHING,
} from './english.lexicon';
import { isWord, type Token } from './token.tagger';

export type Tense = 'past' | 'perfect' | 'present' | 'future' | 'infinitive' | 'ing' | 'participle';

/** A verb with its auxiliaries: "has not yet been released". */
export interface VerbGroup {
  /** Token places; `last` is exclusive, `head` is the verb itself. */
  readonly first: number;
  readonly last: number;
  readonly head: number;
  readonly lemma: string;
  readonly tense: Tense;
  readonly passive: boolean;
  readonly progressive: boolean;
  readonly negated: boolean;
  readonly habitual: boolean;
  /** "no longer sells": done until now. */
  readonly ended: boolean;
  readonly modal: string | null;
}

/**
 * How a clause hangs on the sentence: `main` and `coordinate` stand by themselves, `complement` is what somebody says, `infinitive` is governed by
 * a verb or noun ("plans to …"), `purpose` is not ("raised money to …"), `participle` follows a comma (", raising …"), `reduced` follows
 * a noun ("a fund set up by …"), `gerund` follows a preposition.
 */
export type Link =
  | 'main'
  | 'coordinate'
  | 'relative'
  | 'subordinate'
  | 'complement'
  | 'infinitive'
  | 'purpose'
  | 'participle'
  | 'reduced'
  | 'gerund';

export interface Clause {
  readonly verb: VerbGroup;
  readonly link: Link;
  /** The conjunction, preposition or noun that links it. */
  readonly linkWord: string | null;
  /** The clause above it. */
  readonly governor: Clause | null;
  /** Tokens of its own subject; null when it shares the subject of `subjectFrom`. */
  readonly subject: { readonly first: number; readonly last: number } | null;
  subjectFrom: Clause | null;
  /** A relative clause without a gap for the subject: "the fund that Norway set up"; these tokens are its object. */
  readonly object: { readonly first: number; readonly last: number } | null;
  readonly start: number;
  end: number;
}

const BE = new Set([
  'be',
  'am',
  'is',
  'are',
  'was',
  'were',
  'been',
  'being',
  "'s",
  "'re",
  "isn't",
  "aren't",
  "wasn't",
  "weren't",
  'get',
  'gets',
  'got',
  'getting',
]);
const HAVE = new Set(['have', 'has', 'had', 'having', "'ve", "hasn't", "haven't", "hadn't"]);
const isNegative = (token: Token): boolean => token.tag === 'neg' || /n't$/.test(token.lower);

/** All verb groups of a sentence, from left to right. */
export function verbGroups(tokens: readonly Token[]): VerbGroup[] {
  const groups: VerbGroup[] = [];
  let index = 0;
  while (index < tokens.length) {
    const group = groupAt(tokens, index);
    if (group) {
      groups.push(group);
      index = group.last;
    } else index += 1;
  }
  return groups;
}

function groupAt(tokens: readonly Token[], first: number): VerbGroup | null {
  const opening = tokens[first];
  if (!opening || !/^(?:to|modal|aux|verb)$/.test(opening.tag)) return null;
  let to = false;
  let modal: string | null = null;
  let be = false;
  let beTense: Token | null = null;
  let have: Token | null = null;
  let negated = first > 0 && tokens[first - 1]?.tag === 'neg';
  let habitual = first > 0 && HABITUAL.has(tokens[first - 1]?.lower ?? '');
  let auxiliary: Token | null = null;
  // "is to put" and "is to be put": only a form of "be" behind the "to" makes a passive.
  let bePrecedesTo = false;
  let at = first;
  for (; at < Math.min(tokens.length, first + 9); at += 1) {
    const token = tokens[at];
    if (!token) break;
    if (token.tag === 'to') {
      // "is to launch" goes on, "plans to launch" begins anew.
      if (at > first && !(be && auxiliary)) break;
      to = true;
      bePrecedesTo = be;
    } else if (token.tag === 'modal') {
      if (to) break;
      modal = token.lower;
      negated ||= isNegative(token);
    } else if (token.tag === 'aux') {
      negated ||= isNegative(token);
      if (BE.has(token.lower)) {
        beTense ??= token;
        be = true;
        bePrecedesTo = false;
      } else if (HAVE.has(token.lower)) have = token;
      auxiliary = token;
    } else if (/^[“”"‘]$/.test(token.text) && (modal !== null || auxiliary)) continue;
    else if (token.tag === 'neg') negated = true;
    else if (token.tag === 'adv') habitual ||= HABITUAL.has(token.lower);
    else break;
  }
  const head = tokens[at];
  if (head?.tag === 'verb') {
    const forms = new Map(head.forms.map(({ form, lemma }) => [form, lemma]));
    const gets = beTense !== null && /^get|^got/.test(beTense.lower);
    const passive = be && !bePrecedesTo && forms.has('participle') && !(gets && !forms.has('participle'));
    const progressive = be && !bePrecedesTo && !passive && forms.has('ing');
    const lemma =
      forms.get(passive || have ? 'participle' : progressive ? 'ing' : modal !== null || to ? 'base' : 'past') ??
      head.forms[0]?.lemma ??
      head.lower;
    // "Deliveries run until 2029"
    const runs =
      auxiliary === null &&
      modal === null &&
      !to &&
      forms.has('base') &&
      forms.has('participle') &&
      !forms.has('past') &&
      /[^s]s$/.test(tokens[first - 1]?.lower ?? '');
    const tense = runs
      ? 'present'
      : tenseOf({
          to,
          be,
          modal,
          have,
          beTense,
          passive,
          progressive,
          forms: [...forms.keys()],
          bare: auxiliary === null,
        });
    if (to && tense === 'infinitive' && !forms.has('base') && !passive && !have) return null;
    const ended = isWord(tokens[at - 1], 'longer') && isWord(tokens[at - 2], 'no');
    return { first, last: at + 1, head: at, lemma, tense, passive, progressive, negated, habitual, ended, modal };
  }
  if (auxiliary) {
    // The auxiliary is the verb itself: "is a model", "has 30 staff".
    const place = lastAuxiliary(tokens, first, at);
    const lemma = /^g[eo]t/.test(auxiliary.lower)
      ? 'get'
      : BE.has(auxiliary.lower)
        ? 'be'
        : HAVE.has(auxiliary.lower)
          ? 'have'
          : 'do';
    const past = /^(?:was|were|had|did|wasn't|weren't|hadn't|didn't|got)$/.test(auxiliary.lower);
    const tense: Tense =
      modal !== null && /^(?:will|shall|'ll|ll)$/.test(modal)
        ? 'future'
        : to
          ? // "are to get the first doses"
            lemma === 'get' && be && !/^(?:be|been|being|get)/.test(beTense?.lower ?? '')
            ? 'future'
            : 'infinitive'
          : past
            ? 'past'
            : have && lemma === 'be'
              ? 'perfect'
              : /ing$/.test(auxiliary.lower)
                ? 'ing'
                : 'present';
    return {
      first,
      last: place + 1,
      head: place,
      lemma,
      tense,
      passive: false,
      progressive: false,
      negated,
      habitual,
      ended: isWord(tokens[place + 2], 'longer'),
      modal,
    };
  }
  return null;
}

function lastAuxiliary(tokens: readonly Token[], first: number, end: number): number {
  for (let index = end - 1; index >= first; index -= 1) if (tokens[index]?.tag === 'aux') return index;
  return first;
}

function tenseOf(parts: {
  to: boolean;
  be: boolean;
  modal: string | null;
  have: Token | null;
  beTense: Token | null;
  passive: boolean;
  progressive: boolean;
  forms: readonly string[];
  bare: boolean;
}): Tense {
  const { to, be, modal, have, beTense, forms, bare } = parts;
  if (to && be)
    return beTense && /^(?:be|been|being)$/.test(beTense.lower) ? (have ? 'perfect' : 'infinitive') : 'future';
  if (to) return have ? 'perfect' : 'infinitive';
  if (modal !== null) return /^(?:will|shall|ll|'ll|won't)$/.test(modal) ? 'future' : 'infinitive';
  if (have) return have.lower === 'having' ? 'ing' : 'perfect';
  if (be) {
    const lower = beTense?.lower ?? '';
    if (lower === 'being') return 'ing';
    return /^(?:was|were|wasn't|weren't|got)$/.test(lower) ? 'past' : 'present';
  }
  if (bare) {
    if (forms.includes('past')) return 'past';
    if (forms.includes('participle')) return 'participle';
    if (forms.includes('ing')) return 'ing';
  }
  return forms.includes('past') && !forms.includes('base') ? 'past' : 'present';
}

const OBJECT_CONTROL = new Set(
  'ask order require tell urge force allow enable help invite encourage permit advise compel instruct direct push get cause lead prompt'.split(
    ' ',
  ),
);
/** "asked Acme to stop", "expects sales to rise": who is named between the verbs acts in the second. */
const controlsObject = ({ verb }: Clause): boolean =>
  OBJECT_CONTROL.has(verb.lemma) || (PREDICTING.has(verb.lemma) && !verb.passive);
const TEMPORAL_GERUND = new Set([
  'after',
  'since',
  'following',
  'upon',
  'when',
  'while',
  'before',
  'by',
  'without',
  'of',
  'for',
  'in',
  'from',
  'on',
  'about',
  'despite',
  'instead',
  'than',
  'with',
  'to',
  'at',
  'like',
  'as',
  'through',
  'besides',
  'into',
  'against',
  'because',
  'over',
  'until',
  'including',
  'via',
]);

/** Splits a sentence into clauses, one per verb group, with their subjects and how they hang together. */
export function parseClauses(tokens: readonly Token[], inName: ReadonlySet<number>): Clause[] {
  const clauses: Clause[] = [];
  const groups = verbGroups(tokens);
  groups.forEach((verb, order) => {
    const previous = clauses.at(-1) ?? null;
    const clause = place(tokens, groups, order, verb, previous, clauses, inName);
    clauses.push(clause);
  });
  for (const clause of clauses) {
    // "Since raising money, Acme has …": who acts is named later.
    if (clause.subject === null && clause.subjectFrom === null)
      clause.subjectFrom = clauses.find(({ link }) => link === 'main' || link === 'coordinate') ?? null;
  }
  setEnds(tokens, clauses);
  return clauses;
}

interface Placed {
  link: Link;
  linkWord: string | null;
  governor: Clause | null;
  subject: Clause['subject'];
  subjectFrom: Clause | null;
  object: Clause['object'];
  start: number;
}

function place(
  tokens: readonly Token[],
  groups: readonly VerbGroup[],
  order: number,
  verb: VerbGroup,
  previous: Clause | null,
  clauses: readonly Clause[],
  inName: ReadonlySet<number>,
): Clause {
  const from = previous ? previous.verb.last : 0;
  const done = (placed: Placed): Clause => ({ verb, ...placed, end: tokens.length });
  const infinitiveOf = (governor: Clause): Placed => ({
    link: 'infinitive',
    linkWord: null,
    governor,
    subject: null,
    subjectFrom: governor,
    object: null,
    start: verb.first,
  });
  const before = backOver(tokens, verb.first - 1, from);
  const word = tokens[before];
  const gapEmpty = before < from;
  const top = previous ? finiteAbove(previous) : null;

  if (tokens[verb.first]?.tag === 'to' && (verb.tense === 'infinitive' || verb.tense === 'perfect') && previous) {
    const coordinated = word?.tag === 'conj' && previous.verb.tense === 'infinitive';
    if (coordinated) {
      return done({
        link: previous.link,
        linkWord: previous.linkWord,
        governor: previous.governor,
        subject: null,
        subjectFrom: previous,
        object: null,
        start: verb.first,
      });
    }
    if (gapEmpty) {
      return done(infinitiveOf(previous));
    }
    const opening = tokens[from];
    if (
      (COMMITTING.has(previous.verb.lemma) ||
        PLANNING.has(previous.verb.lemma) ||
        WEIGHING.has(previous.verb.lemma) ||
        FAILING.has(previous.verb.lemma)) &&
      (opening?.tag === 'prep' || opening?.tag === 'adv')
    ) {
      // "agreed in March to buy", "agreed with Apple to supply"
      return done(infinitiveOf(previous));
    }
    if (
      word &&
      /^(?:noun|adj|verb)$/.test(word.tag) &&
      !inName.has(before) &&
      !controlsObject(previous) &&
      // "in order to" tells a purpose, not of an order.
      !(word.lower === 'order' && isWord(tokens[before - 1], 'in'))
    ) {
      const adjective = previous.verb.lemma === 'be';
      return done({
        link: 'infinitive',
        linkWord: word.lemma,
        governor: previous,
        subject: null,
        subjectFrom: adjective || !previous ? previous : previous,
        object: null,
        start: verb.first,
      });
    }
    if (controlsObject(previous) && !gapEmpty) {
      return done({
        link: 'infinitive',
        linkWord: null,
        governor: previous,
        subject: { first: from, last: verb.first },
        subjectFrom: null,
        object: null,
        start: verb.first,
      });
    }
    return done({
      link: 'purpose',
      linkWord: null,
      governor: previous,
      subject: null,
      subjectFrom: previous,
      object: null,
      start: verb.first,
    });
  }
  if (tokens[verb.first]?.tag === 'to' && !previous && before >= 0 && verb.tense === 'infinitive') {
    const finiteLater = groups.slice(order + 1).some(({ tense }) => /^(?:past|perfect|present|future)$/.test(tense));
    // "The fund, with $2 billion to spend, was set up": the sentence has a verb of its own.
    if (finiteLater && tokens.slice(0, verb.first).some(({ text }) => text === ','))
      return done({
        link: 'purpose',
        linkWord: null,
        governor: null,
        subject: null,
        subjectFrom: null,
        object: null,
        start: verb.first,
      });
    // A headline: "Acme to open plant in Ohio".
    return done({
      link: 'main',
      linkWord: 'to',
      governor: null,
      subject: { first: subjectStart(tokens, 0, verb.first), last: verb.first },
      subjectFrom: null,
      object: null,
      start: 0,
    });
  }
  if (verb.tense === 'ing' && !verb.progressive) {
    const link = word;
    if (link && link.tag === 'prep' && TEMPORAL_GERUND.has(link.lower)) {
      return done({
        link: 'gerund',
        linkWord: link.lower,
        governor: top ?? previous,
        subject: null,
        subjectFrom: top ?? previous,
        object: null,
        start: verb.first,
      });
    }
    if (gapEmpty && previous) {
      return done(infinitiveOf(previous));
    }
    if (link?.text === ',' || link?.tag === 'sub' || link?.tag === 'adv') {
      return done({
        link: previous ? 'participle' : 'gerund',
        linkWord: link.lower,
        governor: top ?? previous,
        subject: null,
        subjectFrom: top ?? previous,
        object: null,
        start: verb.first,
      });
    }
    if (link?.tag === 'conj' && previous && previous.verb.tense === 'ing') {
      return done({
        link: previous.link,
        linkWord: previous.linkWord,
        governor: previous.governor,
        subject: null,
        subjectFrom: previous.subjectFrom,
        object: null,
        start: verb.first,
      });
    }
    if (gapEmpty && !previous)
      return done({
        link: 'gerund',
        linkWord: null,
        governor: null,
        subject: null,
        subjectFrom: null,
        object: null,
        start: verb.first,
      });
    return done({
      link: 'reduced',
      linkWord: 'ing',
      governor: previous,
      subject: { first: nounStart(tokens, before, from), last: verb.first },
      subjectFrom: null,
      object: null,
      start: verb.first,
    });
  }
  if (word && isRelative(tokens, before, from, previous)) {
    const antecedent = { first: nounStart(tokens, before - 1, 0), last: skipComma(tokens, before) };
    return done({
      link: 'relative',
      linkWord: word.lower,
      governor: previous,
      subject: antecedent,
      subjectFrom: null,
      object: null,
      start: verb.first,
    });
  }
  if (verb.tense !== 'present' && isReduced(tokens, groups, order, verb, previous, before, from)) {
    const opening = previous === null && word?.text === ',';
    const antecedent = {
      first: opening
        ? subjectStart(tokens, 0, before)
        : nounStart(tokens, word?.text === ',' ? before - 1 : before, word?.text === ',' && before <= from ? 0 : from),
      last: word?.text === ',' ? before : verb.first,
    };
    return done({
      link: 'reduced',
      linkWord: 'ed',
      governor: previous,
      subject: antecedent,
      subjectFrom: null,
      object: null,
      start: verb.first,
    });
  }
  const goesOn =
    word?.text === ',' ||
    (word?.tag === 'noun' &&
      !tokens
        .slice(from, verb.first)
        .some(({ tag, text, lower }) => tag === 'conj' || tag === 'sub' || text === ',' || lower === 'that'));
  if (previous?.link === 'purpose' && previous.governor === null && word?.text === ',') {
    // "The machine, to be installed in Rio, is scheduled …"
    const comma = tokens.findIndex(({ text }) => text === ',');
    if (comma > 0 && comma < previous.verb.first)
      return done({
        link: 'main',
        linkWord: null,
        governor: null,
        subject: { first: subjectStart(tokens, 0, comma), last: comma },
        subjectFrom: null,
        object: null,
        start: verb.first,
      });
  }
  if (previous && goesOn && (previous.link === 'relative' || previous.link === 'reduced')) {
    // "Acme, which …, closed its plant", "the robots sold in May were …": the verb goes on with the noun before.
    let outer = previous;
    while (outer.governor && (outer.governor.link === 'relative' || outer.governor.link === 'reduced'))
      outer = outer.governor;
    const above = outer.governor;
    const reports = above !== null && REPORTING.has(above.verb.lemma);
    if ((above === null || reports) && outer.subject) {
      return done({
        link: above ? 'complement' : 'main',
        linkWord: null,
        governor: above,
        subject: outer.object ?? outer.subject,
        subjectFrom: null,
        object: null,
        start: verb.first,
      });
    }
  }
  if (previous && word?.tag === 'conj' && word.lower !== 'nor') {
    const same = sameKind(clauses, verb) ?? previous;
    return done({
      link: same.link === 'main' ? 'coordinate' : same.link,
      linkWord: same.link === 'main' ? word.lower : same.linkWord,
      governor: same.governor,
      subject: null,
      subjectFrom: same,
      object: null,
      start: verb.first,
    });
  }
  if (previous && gapEmpty) {
    return done({
      link: 'coordinate',
      linkWord: null,
      governor: previous.governor,
      subject: null,
      subjectFrom: previous,
      object: null,
      start: verb.first,
    });
  }
  const opening = clauseOpening(tokens, from, verb.first, previous);
  const start = opening.at;
  const subject = { first: subjectStart(tokens, start, verb.first), last: verb.first };
  if (opening.relative) {
    const antecedent = { first: nounStart(tokens, opening.relative - 1, 0), last: skipComma(tokens, opening.relative) };
    return done({
      link: 'relative',
      linkWord: tokens[opening.relative]?.lower ?? null,
      governor: previous,
      subject,
      subjectFrom: null,
      object: antecedent,
      start,
    });
  }
  if (previous && opening.kind === 'complement') {
    return done({
      link: 'complement',
      linkWord: opening.word,
      governor: previous,
      subject,
      subjectFrom: null,
      object: null,
      start,
    });
  }
  if (opening.kind === 'subordinate') {
    return done({
      link: 'subordinate',
      linkWord: opening.word,
      governor: top ?? previous,
      subject,
      subjectFrom: null,
      object: null,
      start,
    });
  }
  const elliptic = objectless(tokens, groups, order, verb);
  const main = done({
    link: previous ? 'coordinate' : 'main',
    linkWord: opening.word,
    governor: null,
    subject,
    subjectFrom: null,
    object: null,
    start,
  });
  return elliptic ? { ...main, verb: { ...verb, passive: true } } : main;
}

/** "TikTok banned in Nepal", "12 labs opened since 2019": a sentence whose only verb lacks its object is a shortened passive. */
function objectless(tokens: readonly Token[], groups: readonly VerbGroup[], order: number, verb: VerbGroup): boolean {
  if (
    groups.length > 1 &&
    !(
      order === 0 &&
      groups.slice(1).every(({ tense, modal }) => (tense === 'infinitive' && modal === null) || tense === 'ing')
    )
  )
    return false;
  if (
    verb.first !== verb.head ||
    verb.tense !== 'past' ||
    INTRANSITIVE.has(verb.lemma) ||
    COMMITTING.has(verb.lemma) ||
    PLANNING.has(verb.lemma)
  )
    return false;
  if (!(tokens[verb.head]?.forms ?? []).some(({ form }) => form === 'participle')) return false;
  const next = tokens[verb.last];
  return (
    next === undefined ||
    (next.tag === 'prep' &&
      !isWord(next, 'up', 'out', 'off', 'over', 'down', 'into') &&
      !sumBehind(tokens, verb.last + 1) &&
      !objectBehindDay(tokens, verb.last)) ||
    (next.tag === 'punct' && !/^[“"‘']$/.test(next.text) && !insetBeforeObject(tokens, verb.last)) ||
    (next.tag === 'to' && OBJECT_CONTROL.has(verb.lemma))
  );
}

/** "pulled in 55 million euros" */
const sumBehind = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.tag === 'cur' ||
  (tokens[at]?.tag === 'num' &&
    /^(?:thousand|million|billion|trillion|crore|lakh|m|bn|%|per|percent)$/.test(tokens[at + 1]?.lower ?? ''));

/** "dismissed on 29 January an action" */
function objectBehindDay(tokens: readonly Token[], at: number): boolean {
  if (!isWord(tokens[at], 'on', 'in')) return false;
  let behind = at + 1;
  for (let token = tokens[behind]; token && behind < at + 5; token = tokens[behind]) {
    if (token.tag !== 'num' && !isDateWord(token)) break;
    behind += 1;
  }
  return behind > at + 1 && /^(?:det|cur)$/.test(tokens[behind]?.tag ?? '');
}

/** "announced, on 11 February, an initiative" */
const insetBeforeObject = (tokens: readonly Token[], comma: number): boolean => {
  if (tokens[comma]?.text !== ',') return false;
  const close = tokens.findIndex(({ text }, at) => at > comma && at < comma + 8 && text === ',');
  return close > 0 && /^(?:det|cur|num|adj)$/.test(tokens[close + 1]?.tag ?? '');
};

/** The nearest clause above that stands by itself, for what hangs on the sentence as a whole. */
function finiteAbove(clause: Clause): Clause {
  let at: Clause = clause;
  while (at.governor && (at.verb.tense === 'infinitive' || at.verb.tense === 'ing' || at.link === 'reduced'))
    at = at.governor;
  return at;
}

function sameKind(clauses: readonly Clause[], verb: VerbGroup): Clause | null {
  const finite = (tense: Tense): boolean =>
    tense === 'past' || tense === 'perfect' || tense === 'present' || tense === 'future';
  for (let index = clauses.length - 1; index >= 0; index -= 1) {
    const clause = clauses[index];
    if (!clause) continue;
    if (
      clause.verb.tense === verb.tense ||
      (finite(clause.verb.tense) && finite(verb.tense) && clause.link !== 'reduced')
    )
      return clause;
    if (
      verb.tense === 'present' &&
      verb.first === verb.head &&
      (clause.verb.tense === 'infinitive' || clause.verb.modal !== null)
    )
      return clause;
  }
  return null;
}

function backOver(tokens: readonly Token[], index: number, floor: number): number {
  let at = index;
  while (
    at >= floor &&
    (tokens[at]?.tag === 'adv' || tokens[at]?.tag === 'neg' || /^["“”‘()]$/.test(tokens[at]?.text ?? ''))
  )
    at -= 1;
  return at;
}

function skipComma(tokens: readonly Token[], index: number): number {
  return tokens[index - 1]?.text === ',' ? index - 1 : index;
}

function isRelative(tokens: readonly Token[], at: number, from: number, previous: Clause | null): boolean {
  const token = tokens[at];
  if (!token) return false;
  if (isWord(token, 'which', 'who')) return at > 0;
  if (!isWord(token, 'that')) return false;
  // "said that", "told reporters that" open what is said; a noun before makes it relative.
  if (at === from && previous) return false;
  return tokens[at - 1]?.tag === 'noun';
}

/** "the model released in May beats …", "a fund set up by …": a participle without an object after its noun. */
/** "The institute, opened in 2019 with 60 students, will admit …": the first comma opens the inset, the one before the finite verb closes it. */
function insetBeforeFinite(
  tokens: readonly Token[],
  groups: readonly VerbGroup[],
  order: number,
  comma: number,
  from: number,
): boolean {
  if (tokens.slice(from, comma).some(({ text }) => text === ',') || tokens[groups[order]?.last ?? 0]?.tag !== 'prep')
    return false;
  return groups.slice(order + 1).some((group) => {
    const close = backOver(tokens, group.first - 1, comma);
    return /^(?:past|perfect|present|future)$/.test(group.tense) && tokens[close]?.text === ',' && close > comma;
  });
}

function isReduced(
  tokens: readonly Token[],
  groups: readonly VerbGroup[],
  order: number,
  verb: VerbGroup,
  previous: Clause | null,
  before: number,
  from: number,
): boolean {
  if (verb.first !== verb.head || verb.passive) return false;
  const forms = tokens[verb.head]?.forms ?? [];
  if (!forms.some(({ form }) => form === 'participle')) return false;
  const word = tokens[before];
  if (
    !word ||
    !(word.tag === 'noun' || word.tag === 'num' || word.text === ',' || word.text === ')' || word.tag === 'poss')
  )
    return false;
  const next = tokens[verb.last];
  const after = tokens[verb.last + 1];
  // "led by Balderton", but "fell by 12 %".
  if (isWord(next, 'by'))
    return !(INTRANSITIVE.has(verb.lemma) && (after?.tag === 'num' || after?.tag === 'cur' || after?.tag === 'adv'));
  if (verb.tense === 'participle') return true;
  if (isWord(tokens[verb.head], 'called', 'dubbed', 'codenamed', 'named') && previous !== null && word.tag === 'noun')
    return before >= from;
  const bare =
    next === undefined ||
    next.tag === 'prep' ||
    next.tag === 'adv' ||
    next.tag === 'to' ||
    next.tag === 'punct' ||
    next.tag === 'conj';
  // "Turkey cut off access to …": a particle, then an object.
  if (
    previous === null &&
    isWord(next, 'off', 'out', 'up', 'down', 'over', 'back', 'away') &&
    /^(?:det|noun|num|cur|adj)$/.test(after?.tag ?? '')
  )
    return false;
  if (objectBehindDay(tokens, verb.last)) return false;
  if (bare && word.text === ',' && insetBeforeFinite(tokens, groups, order, before, from)) return true;
  if (!bare || INTRANSITIVE.has(verb.lemma)) return false;
  if (word.text === ',') {
    // ", founded in 2015," between commas; a finite verb after a closed apposition is no participle.
    return next?.tag === 'prep' && hasFiniteAfter(tokens, groups, order);
  }
  if (hasFiniteAfter(tokens, groups, order)) return true;
  const finiteBefore =
    previous !== null &&
    previous.verb.tense !== 'ing' &&
    before >= from &&
    !tokens.slice(from, before).some(({ tag, text }) => tag === 'conj' || tag === 'sub' || text === ';');
  // "unveiled a fund aimed at start-ups"
  if (
    finiteBefore &&
    word.tag === 'noun' &&
    DESCRIBING.test(verb.lemma) &&
    (next?.tag === 'prep' || next?.tag === 'to')
  )
    return true;
  return (
    finiteBefore && !REPORTING.has(previous.verb.lemma) && !COMMITTING.has(verb.lemma) && !PLANNING.has(verb.lemma)
  );
}

/** Participles that hardly ever stand for a past tense: what a thing is for, or made of. */
const DESCRIBING =
  /^(?:aim|design|intend|dedicate|gear|target|tailor|base|equip|locate|situate|power|staff|house|mean)$/;

/** Is there a finite verb further on that has no subject of its own? */
function hasFiniteAfter(tokens: readonly Token[], groups: readonly VerbGroup[], order: number): boolean {
  const next = groups[order + 1];
  const verb = groups[order];
  if (!next || !verb) return false;
  if (next.tense === 'infinitive' || next.tense === 'ing' || next.tense === 'participle') return false;
  const between = tokens.slice(verb.last, next.first);
  const conjunction = between.some(
    ({ tag, lower }, at) =>
      tag === 'sub' ||
      lower === 'that' ||
      // "… after it insulted": a clause of its own.
      (tag === 'prep' && SPLITTING_PREPS.has(lower) && between[at + 1]?.tag === 'pron'),
  );
  const lastWord = between.at(-1);
  if (conjunction || lastWord?.tag === 'conj') return false;
  const comma = between.findLastIndex(({ text }) => text === ',');
  if (comma < 0) return !between.some(({ tag }) => tag === 'conj');
  return comma === between.length - 1 || between.slice(comma + 1).every(({ tag }) => tag === 'adv');
}

interface Opening {
  at: number;
  word: string | null;
  kind: 'main' | 'subordinate' | 'complement';
  relative: number | null;
}

const SPLITTING_PREPS = new Set(['after', 'since', 'before', 'until', 'because', 'as', 'once']);

/** Where the clause of the verb at `verbFirst` begins, looking between the verb before it and itself. */
function clauseOpening(tokens: readonly Token[], from: number, verbFirst: number, previous: Clause | null): Opening {
  let found: Opening = { at: from, word: null, kind: 'main', relative: null };
  let split = previous === null;
  for (let index = from; index < verbFirst; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const subordinator =
      token.tag === 'sub' ||
      (token.tag === 'prep' && SPLITTING_PREPS.has(token.lower) && (previous !== null || index === from));
    if (
      isWord(token, 'that') &&
      (token.tag === 'det' || token.tag === 'sub') &&
      previous &&
      (index === from || tokens[index - 1]?.tag !== 'noun' || REPORTING.has(previous.verb.lemma)) &&
      tokens[index - 1]?.tag !== 'prep'
    ) {
      found = { at: index + 1, word: 'that', kind: 'complement', relative: null };
      split = true;
    } else if (token.tag === 'sub' && isWord(token, 'which', 'whom', 'whose', 'that') && index > 0) {
      found = { at: index + 1, word: token.lower, kind: 'subordinate', relative: index };
      split = true;
    } else if (
      subordinator &&
      !(
        isWord(token, 'as', 'after', 'since', 'before', 'until', 'because', 'once') &&
        !opensClause(tokens, index, verbFirst)
      )
    ) {
      found = { at: index + 1, word: token.lower, kind: 'subordinate', relative: null };
      split = true;
    } else if (/^[;:—–]$/.test(token.text)) {
      found = { at: index + 1, word: null, kind: 'main', relative: null };
      split = true;
    } else if (
      token.tag === 'conj' &&
      previous &&
      found.kind !== 'subordinate' &&
      (tokens[index - 1]?.text === ',' || !split)
    ) {
      const listed = isList(tokens, index, verbFirst, from, previous);
      if (!listed) {
        found = { at: index + 1, word: token.lower, kind: 'main', relative: null };
        split = true;
      }
    }
  }
  if (split) {
    if (previous === null || found.kind !== 'subordinate') return found;
    // "Since 2020, Acme has …" after a subordinator the main clause begins at the comma when the subordinate had its verb already.
    return found;
  }
  if (
    previous &&
    (REPORTING.has(previous.verb.lemma) ||
      /^(?:believe|think|expect|hope|fear|suggest|predict|estimate|argue|know|mean)$/.test(previous.verb.lemma))
  ) {
    const comma = lastComma(tokens, from, verbFirst);
    if (comma < 0) return { at: from, word: null, kind: 'complement', relative: null };
  }
  const comma = firstUsefulComma(tokens, from, verbFirst);
  return { at: comma < 0 ? from : comma + 1, word: null, kind: 'main', relative: null };
}

/** "as Acme's tools make": a subordinating preposition has a verb of its own behind it and no comma between. */
function opensClause(tokens: readonly Token[], index: number, verbFirst: number): boolean {
  for (let at = index + 1; at < verbFirst; at += 1) if (tokens[at]?.text === ',') return false;
  return true;
}

function isList(tokens: readonly Token[], conj: number, verbFirst: number, from: number, previous: Clause): boolean {
  const comma = tokens.slice(from, conj).findLastIndex(({ text }) => text === ',');
  return comma < 0 && previous.verb.tense === 'present' && verbFirst - conj > 12;
}

function lastComma(tokens: readonly Token[], from: number, to: number): number {
  for (let index = to - 1; index >= from; index -= 1) if (tokens[index]?.text === ',') return index;
  return -1;
}

/** The comma that ends the clause before: the first one that is not followed by an apposition's closing comma right before the verb. */
function firstUsefulComma(tokens: readonly Token[], from: number, to: number): number {
  const commas: number[] = [];
  for (let index = from; index < to; index += 1) if (tokens[index]?.text === ',') commas.push(index);
  if (commas.length === 0) return -1;
  const last = commas.at(-1) ?? -1;
  if (last === to - 1) return commas.at(-3) ?? commas[0] ?? -1;
  return last;
}

/** The start of a subject, introductory phrases ("In March, ", "Meanwhile, ") left out. */
function subjectStart(tokens: readonly Token[], from: number, to: number): number {
  let start = from;
  for (let guard = 0; guard < 4; guard += 1) {
    const first = tokens[start];
    if (!first || start >= to) break;
    if (/^["“‘(—–,•-]$/.test(first.text) || first.tag === 'conj') {
      start += 1;
      continue;
    }
    const introductory =
      (first.tag === 'det' && tokens[start + 1]?.tag === 'adv') ||
      first.tag === 'prep' ||
      first.tag === 'adv' ||
      first.tag === 'sub' ||
      first.tag === 'to' ||
      /^(?:last|next|earlier|later|this|early|late|mid)$/.test(first.lower) ||
      first.tag === 'num' ||
      isDateWord(first);
    if (!introductory) break;
    let comma = -1;
    for (let index = start; index < to; index += 1) {
      if (tokens[index]?.text === ',' && !/^\d{4}$/.test(tokens[index + 1]?.text ?? '')) {
        comma = index;
        break;
      }
    }
    if (comma < 0 || comma >= to - 1) {
      if (first.tag === 'adv') {
        start += 1;
        continue;
      }
      break;
    }
    start = comma + 1;
  }
  return Math.min(start, to);
}

const isDateWord = (token: Token): boolean =>
  /^(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday)$/.test(
    token.lower,
  );

/** The start of the noun phrase that ends at `last`: back to a boundary. */
function nounStart(tokens: readonly Token[], last: number, floor: number): number {
  let at = tokens[last]?.text === ',' ? last - 1 : last;
  const end = at;
  while (at >= floor) {
    const token = tokens[at];
    if (!token) break;
    if (
      /^[,;:—–(]$/.test(token.text) ||
      token.tag === 'verb' ||
      token.tag === 'aux' ||
      token.tag === 'modal' ||
      token.tag === 'conj' ||
      token.tag === 'sub' ||
      token.tag === 'to'
    )
      break;
    if (token.tag === 'prep' && token.lower !== 'of') break;
    at -= 1;
  }
  return Math.min(at + 1, end);
}

/** Each clause ends where the next one that does not hang on its object begins. */
function setEnds(tokens: readonly Token[], clauses: readonly Clause[]): void {
  clauses.forEach((clause, order) => {
    let end = tokens.length;
    for (let index = clause.verb.last; index < tokens.length; index += 1) {
      if (/^[;]$/.test(tokens[index]?.text ?? '')) {
        end = index;
        break;
      }
    }
    for (let later = order + 1; later < clauses.length; later += 1) {
      const next = clauses[later];
      if (!next || next.verb.first < clause.verb.last) continue;
      const begins = next.link === 'reduced' || next.link === 'relative' ? next.verb.first : next.start;
      const nested = next.link === 'reduced' || next.link === 'relative';
      if (nested && next.governor === clause) {
        // The noun stays an object of this clause; what the participle adds does not.
        end = Math.min(end, relativeStart(tokens, begins, clause.verb.last));
        break;
      }
      end = Math.min(end, trimBack(tokens, begins, clause.verb.last));
      break;
    }
    clause.end = Math.max(end, clause.verb.last);
  });
}

function relativeStart(tokens: readonly Token[], begins: number, floor: number): number {
  let at = begins;
  while (
    at - 1 >= floor &&
    (tokens[at - 1]?.tag === 'sub' || isWord(tokens[at - 1], 'that', ',') || tokens[at - 1]?.tag === 'adv')
  )
    at -= 1;
  return at;
}

function trimBack(tokens: readonly Token[], begins: number, floor: number): number {
  let at = begins;
  while (
    at - 1 >= floor &&
    (tokens[at - 1]?.lower === 'that' ||
      /^(?:conj|sub|adv|neg)$/.test(tokens[at - 1]?.tag ?? '') ||
      /^[,("“]$/.test(tokens[at - 1]?.text ?? '') ||
      (tokens[at - 1]?.tag === 'prep' && at - 1 > floor && SPLITTING_PREPS.has(tokens[at - 1]?.lower ?? '')))
  )
    at -= 1;
  return at;
}
