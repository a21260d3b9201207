import { slugify, type EntityType } from '@themeline/contracts';
import { fold, type KnownEntity, type Vocabulary } from '@themeline/vocabulary';
import {
  AUTHORITY_NOUNS,
  COMPANY_NOUNS,
  COMPANY_SUFFIXES,
  DETERMINERS,
  ORGANISATION_NOUNS,
  PERSON_NOUNS,
  PLACE_NOUNS,
  TITLES,
} from './english.lexicon';
import { isWord, standAt, type Token } from './token.tagger';

/** A name in a sentence: tokens `first` to `last`, exclusive. */
export interface Mention {
  readonly first: number;
  readonly last: number;
  readonly entity: KnownEntity;
  /** `demonym` names a country but takes no part itself. */
  readonly role: 'name' | 'metonym' | 'demonym';
}

/** What the whole article says about its names; sentences are read in order and add to it. */
export interface NameMemory {
  /** Folded words that stand in lower case somewhere. */
  readonly lower: ReadonlySet<string>;
  /** Words that bear a capital inside a sentence. */
  readonly capital: ReadonlySet<string>;
  /** Found names by folded name and by their short forms. */
  readonly entities: Map<string, KnownEntity>;
  /** The folded words with which they begin: most capitals begin none of them. */
  readonly openings: Set<string>;
}

const NO_NAMES = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug
  sep sept oct nov dec christmas easter ai ceo cfo cto coo ipo gdp llm llms api apis gpu gpus cpu cpus it ev evs r&d i.e e.g tv pc pcs usd eur gbp cny rmb series phase chapter
  q1 q2 q3 q4 h1 h2 fy stem dna rna mrna ii iii iv vat esg b2b b2c saas ar vr xr agi genai ml iot 5g 6g 4g hbm dram nand euv duv usb lidar suv suvs hr pr mou nda phd vc vcs co2
  rs internet web covid covid-19 lunar new year north south east west western eastern northern southern i ok pm am est gmt utc mr mrs ms dr sir the exclusive update breaking
  analysis opinion ph.d ph.d. nda m&a pe arr ebitda spac dc ui ux os qr led lcd rd nft nfts a b c d e f g h x y z`.split(
    /\s+/,
  ),
);
const JOINING_HEADS = new Set(
  'ministry department university institute bank bureau office council house academy court centre center agency commission board school college association federation society chamber federation union parliament administration directorate'.split(
    ' ',
  ),
);
const AUTHORITY_HEADS = new Set(
  'ministry department commission agency authority parliament court council senate congress bureau administration office directorate tribunal chamber cabinet treasury assembly'.split(
    ' ',
  ),
);
const ORGANISATION_HEADS = new Set(
  'university institute laboratory college association foundation academy society consortium school hospital alliance federation centre center'.split(
    ' ',
  ),
);

/** One spelling for one name: single spaces, no article before it, no legal form after it. `The Acme  Robotics, Inc.` → `Acme Robotics` */
export function normaliseName(name: string): string {
  const plain = name
    .replace(/[“”"]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^the\s+/i, '')
    .replace(/['’]s?$/, '');
  const short = plain.replace(
    /(?:,?\s+(?:(?:inc|ltd|llc|llp|corp|corporation|co|plc|gmbh|kgaa|ag|s\.?a|sas|sarl|s\.?p\.?a|n\.?v|b\.?v|ab|oyj?|asa|a\/s|k\.?k|pte|pvt|pty|limited|sdn|bhd|berhad|pjsc|jsc|tbk)\.?|as|se)){1,3}$/i,
    '',
  );
  return short === '' ? plain : short;
}

/** Words in capitals and in lower case over the whole article, headlines in title case left out. */
export function rememberNames(
  sentences: readonly { readonly tokens: readonly Token[]; readonly titleCase: boolean }[],
): NameMemory {
  const lower = new Set<string>();
  const capital = new Set<string>();
  for (const { tokens, titleCase } of sentences) {
    if (titleCase) continue;
    tokens.forEach((token, index) => {
      if (/^\p{Ll}/u.test(token.text) && !token.capital) lower.add(token.lower);
      else if (token.capital && index > 0 && !/^[.:“"‘(—–•-]$/.test(tokens[index - 1]?.text ?? ''))
        capital.add(token.lower);
    });
  }
  return { lower, capital, entities: new Map(), openings: new Set() };
}

function remember({ entities, openings }: NameMemory, name: string, entity: KnownEntity): void {
  entities.set(name, entity);
  openings.add(openingOf(name));
}

/** Reads all names once before any event, so that a short form before the full name is the same entity: "Acme buys …", later "Acme Robotics". */
export function learnNames(
  sentences: readonly { readonly tokens: readonly Token[]; readonly titleCase: boolean }[],
  memory: NameMemory,
  vocabulary: Vocabulary,
): void {
  for (const { tokens, titleCase } of sentences) if (!titleCase) findMentions(tokens, titleCase, memory, vocabulary);
  for (const entity of new Set(memory.entities.values())) {
    const first = fold(entity.name.split(' ')[0] ?? '');
    const short = memory.entities.get(first);
    if (
      short &&
      short !== entity &&
      short.type === 'other' &&
      entity.type !== 'person' &&
      entity.type !== 'product' &&
      first.length > 3
    ) {
      memory.entities.set(first, entity);
    }
  }
}

/** Names of the vocabulary first, then runs of capitals. Linear: each place is looked at a bounded number of times. */
export function findMentions(
  tokens: readonly Token[],
  titleCase: boolean,
  memory: NameMemory,
  vocabulary: Vocabulary,
): Mention[] {
  const mentions: Mention[] = [];
  let index = 0;
  while (index < tokens.length) {
    // Most words begin neither a name that is listed nor one that is not.
    const word = tokens[index];
    if (word && !word.capital && !vocabulary.names.has(word.lower)) {
      index += 1;
      continue;
    }
    const known = knownAt(tokens, index, titleCase, memory, vocabulary);
    if (known) {
      const longer =
        known.role === 'name' && known.entity.type !== 'place'
          ? extend(tokens, known, titleCase, memory, vocabulary)
          : known;
      const whole = withLegalForm(tokens, longer, memory);
      mentions.push(whole);
      index = whole.last;
      continue;
    }
    const run = runAt(tokens, index, titleCase, memory, vocabulary);
    if (run) {
      const whole = withLegalForm(tokens, run, memory);
      mentions.push(whole);
      index = whole.last;
      continue;
    }
    index += 1;
  }
  return mentions;
}

/** "Acme Ltd" is Acme, and a legal form behind a name says that it is a company's. */
function withLegalForm(tokens: readonly Token[], mention: Mention, memory: NameMemory): Mention {
  const { entity } = mention;
  const ended = tokens[mention.last - 1]?.legal === true;
  if (!ended && tokens[mention.last]?.legal !== true) return mention;
  if (mention.role !== 'name' || entity.type === 'place' || entity.type === 'authority') return mention;
  const last = ended ? mention.last : mention.last + 1;
  if (entity.type === 'company' || entity.type === 'organisation') return { ...mention, last };
  const company: KnownEntity = { ...entity, type: 'company', owner: null, what: null };
  const words = entity.name.split(' ');
  for (const name of [entity.name, words[0] ?? '', words.at(-1) ?? '']) {
    if (memory.entities.get(fold(name)) === entity) memory.entities.set(fold(name), company);
  }
  return { ...mention, last, entity: company };
}

function knownAt(
  tokens: readonly Token[],
  index: number,
  titleCase: boolean,
  memory: NameMemory,
  vocabulary: Vocabulary,
): Mention | null {
  const token = tokens[index];
  if (!token) return null;
  const listed = vocabulary.names.get(token.lower);
  if (listed === undefined) return null;
  for (const entry of listed) {
    if (!standAt(tokens, index, entry.words, 'lower')) continue;
    const last = index + entry.words.length;
    if (/^\p{Lu}/u.test(entry.surface) && !token.capital) continue;
    if (entry.words.length === 1 && entry.surface.length <= 3 && token.text !== entry.surface) continue;
    if (
      entry.words.length === 1 &&
      entry.ambiguous &&
      (index === 0 || titleCase) &&
      memory.lower.has(token.lower) &&
      !memory.capital.has(token.lower)
    )
      continue;
    // "Apple Valley", "Washington Post": a longer name begins with a known one.
    const next = tokens[last];
    const opensLonger = !titleCase && next?.capital === true && isNameWord(next, vocabulary);
    if (entry.role === 'metonym' && opensLonger) continue;
    // "Delft Sluis": a city opens a company's name; a country does not.
    if (opensLonger && entry.entity.type === 'place' && vocabulary.countryOf(entry.surface) === null) continue;
    // "the Stockholm company": a city before a noun is no government.
    if (entry.role === 'metonym' && next?.tag === 'noun' && next.forms.length === 0)
      return { first: index, last, entity: entry.entity, role: 'demonym' };
    // "Beijing-based" is one token and never gets here; "in Beijing" is a place, not the government.
    return { first: index, last, entity: entry.entity, role: entry.role };
  }
  return null;
}

/** "Google Cloud Next", "Tesla Semi": capitals after a known name make another name; a digit after a known product makes a version of it. */
function extend(
  tokens: readonly Token[],
  mention: Mention,
  titleCase: boolean,
  memory: NameMemory,
  vocabulary: Vocabulary,
): Mention {
  if (titleCase) return mention;
  let last = mention.last;
  while (last < tokens.length && last < mention.last + 4) {
    const token = tokens[last];
    if (!token || token.legal || tokens[last - 1]?.end !== token.start - 1) break;
    const version =
      /^(?:[VRvr]?\d[\w.]*|Pro|Max|Mini|Ultra|Plus|Turbo|Flash|Nano|Lite|Preview|Large|Small)$/.test(token.text) &&
      mention.entity.type !== 'person' &&
      !/^(?:19|20)\d\d$/.test(token.text);
    // "MTN Nigeria" is MTN.
    if (
      token.capital &&
      mention.entity.type === 'company' &&
      (vocabulary.names.get(token.lower) ?? []).some(
        ({ role, entity, words }) => role === 'name' && entity.type === 'place' && words.length === 1,
      )
    )
      return { ...mention, last: last + 1 };
    const name =
      token.capital &&
      isNameWord(token, vocabulary) &&
      !(vocabulary.names.get(token.lower) ?? []).some(({ words }) => words.length === 1) &&
      token.tag === 'noun' &&
      !TITLES.has(token.lower) &&
      !PERSON_NOUNS.has(token.lower);
    if (!name && !(version && (mention.entity.type === 'product' || /^[VR]\d/.test(token.text)))) break;
    last += 1;
  }
  if (last === mention.last) return mention;
  const surface = surfaceOf(tokens, mention.first, last);
  const tail = tokens[last - 1]?.lower ?? '';
  const owner = mention.entity.type === 'product' ? mention.entity.owner : mention.entity.name;
  const company = COMPANY_SUFFIXES.has(tail) && !/\d/.test(tail);
  if (
    company &&
    mention.entity.type === 'company' &&
    /^(?:inc|ltd|corp|co|plc|group|holdings?|technologies|company|limited)\.?$/.test(tail)
  )
    return { ...mention, last };
  const entity = memory.entities.get(fold(surface)) ?? {
    id: slugify(surface),
    name: surface,
    type: company
      ? ('company' as const)
      : AUTHORITY_HEADS.has(tail)
        ? ('authority' as const)
        : ORGANISATION_HEADS.has(tail)
          ? ('organisation' as const)
          : mention.entity.type === 'product' || /\d/.test(surface)
            ? ('product' as const)
            : ('other' as const),
    country: mention.entity.country,
    owner: company ? null : owner,
    what: mention.entity.what,
  };
  remember(memory, fold(surface), entity);
  return { first: mention.first, last, entity, role: 'name' };
}

function isNameWord(token: Token, vocabulary: Vocabulary): boolean {
  return (
    token.capital &&
    !NO_NAMES.has(token.lower) &&
    !DETERMINERS.has(token.lower) &&
    !(vocabulary.names.get(token.lower) ?? []).some(({ role }) => role === 'demonym')
  );
}

function runAt(
  tokens: readonly Token[],
  index: number,
  titleCase: boolean,
  memory: NameMemory,
  vocabulary: Vocabulary,
): Mention | null {
  const token = tokens[index];
  if (!token) return null;
  const remembered = longestRemembered(tokens, index, memory);
  if (remembered) return remembered;
  if (titleCase || !startsName(tokens, index, memory, vocabulary)) return null;
  let last = index + 1;
  while (last < tokens.length && last < index + 8) {
    const next = tokens[last];
    const after = tokens[last + 1];
    if (!next) break;
    const glued = (tokens[last - 1]?.end ?? 0) >= next.start - 1;
    if (!glued || tokens[last - 1]?.legal) break;
    if (
      next.capital &&
      !/^(?:pron|det|sub|modal|aux)$/.test(next.tag) &&
      !isDemonym(next, vocabulary) &&
      !/^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june|july|august|september|october|november|december)$/.test(
        next.lower,
      )
    ) {
      last += 1;
    } else if (next.text === '&' && after?.capital) last += 2;
    else if (
      isWord(next, 'of', 'for', 'de', 'del', 'du', 'van', 'von', 'di', 'da') &&
      after?.capital &&
      (JOINING_HEADS.has(tokens[last - 1]?.lower ?? '') || /^(?:de|del|du|van|von|di|da)$/.test(next.lower))
    )
      last += 2;
    else if (
      isWord(next, 'and') &&
      after?.capital &&
      isWord(tokens[index], 'ministry', 'department') &&
      last > index + 2
    )
      last += 2;
    else if (
      /^(?:[VR]?\d[\w.-]*)$/.test(next.text) &&
      !/^(?:19|20)\d\d$/.test(next.text) &&
      next.tag === 'num' &&
      tokens[last - 1]?.text.length !== 1 &&
      !/^[,%]$/.test(after?.text ?? '') &&
      !isQuantity(after)
    )
      last += 1;
    else break;
  }
  let first = index;
  // "California Governor Ann Lee" is Ann Lee.
  const title = tokens.slice(index, last - 1).findLastIndex(({ lower }) => TITLES.has(lower));
  if (title > 0) first = index + title;
  while (
    first < last - 1 &&
    (TITLES.has(tokens[first]?.lower ?? '') || isWord(tokens[first], 'prime', 'vice', 'chief', 'executive', 'deputy'))
  )
    first += 1;
  const titled = first > index;
  while (
    last > first + 1 &&
    !tokens[last - 1]?.legal &&
    NO_NAMES.has(tokens[last - 1]?.lower ?? '') &&
    !COMPANY_SUFFIXES.has(tokens[last - 1]?.lower ?? '') &&
    !/\d/.test(tokens[last - 1]?.text ?? '')
  )
    last -= 1;
  const surface = normaliseName(surfaceOf(tokens, first, last));
  if (surface.length < 2 || (last - first === 1 && NO_NAMES.has(tokens[first]?.lower ?? ''))) return null;
  const entity = describe(tokens, first, last, surface, titled, vocabulary);
  remember(memory, fold(surface), entity);
  const words = surface.split(' ');
  const short = entity.type === 'person' ? words.at(-1) : words[0];
  if (
    short &&
    words.length > 1 &&
    short.length > 3 &&
    !memory.entities.has(fold(short)) &&
    !memory.lower.has(fold(short)) &&
    !JOINING_HEADS.has(fold(short))
  ) {
    remember(memory, fold(short), entity);
  }
  return { first, last, entity, role: 'name' };
}

const isDemonym = (token: Token, vocabulary: Vocabulary): boolean =>
  token.capital &&
  (vocabulary.names.get(token.lower) ?? []).some(({ role, words }) => role === 'demonym' && words.length === 1);

const isQuantity = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.tag === 'num' ||
    /^(?:percent|per|people|million|billion|years?|months?|days?|jobs|units|users)$/.test(token.lower));

const openingOf = (name: string): string => /^[\p{L}\p{N}]+/u.exec(name)?.[0] ?? name;

/** In tokens. */
const LONGEST_REMEMBERED = 5;

function longestRemembered(tokens: readonly Token[], index: number, memory: NameMemory): Mention | null {
  if (!tokens[index]?.capital || !memory.openings.has(openingOf(tokens[index].lower))) return null;
  for (let length = Math.min(LONGEST_REMEMBERED, tokens.length - index); length >= 1; length -= 1) {
    const entity = memory.entities.get(foldedSurface(tokens, index, index + length));
    // A longer run of capitals is another name.
    if (
      entity &&
      !(
        tokens[index + length]?.capital &&
        !tokens[index + length]?.legal &&
        tokens[index + length]?.tag === 'noun' &&
        length < 3
      )
    ) {
      return { first: index, last: index + length, entity, role: 'name' };
    }
  }
  return null;
}

/** What a sentence may say of a company before its name. */
const DESCRIBING =
  /^(?:[a-z-]{3,}makers?|start-?up|firm|giant|developer|retailer|lender|insurer|carrier|operator|manufacturer|unicorn|publisher|supplier|rival|consultancy|tracker|broker|provider|designer|foundry|newcomer|specialist|challenger|smaller|larger|bigger|founder|co-founder|analyst|researcher|economist|chancellor|premier)$/;

function startsName(tokens: readonly Token[], index: number, memory: NameMemory, vocabulary: Vocabulary): boolean {
  const token = tokens[index];
  if (!token || !token.capital || (token.tag !== 'noun' && token.tag !== 'adj')) return false;
  if (isDemonym(token, vocabulary)) return false;
  const previous = tokens[index - 1];
  const next = tokens[index + 1];
  const alone = NO_NAMES.has(token.lower);
  const nextIsName =
    next !== undefined &&
    next.capital &&
    !NO_NAMES.has(next.lower) &&
    next.tag === 'noun' &&
    !isDemonym(next, vocabulary);
  const opens = index === 0 || /^[.:“"‘(—–•]$/.test(previous?.text ?? '');
  if (alone || /-(?:based|listed|backed|owned|led|born|headquartered|made|built|style|focused)$/.test(token.lower))
    return false;
  if (token.tag === 'noun' && legalAhead(tokens, index)) return true;
  if (
    next !== undefined &&
    next.capital &&
    COMPANY_SUFFIXES.has(next.lower) &&
    !memory.lower.has(token.lower) &&
    token.tag === 'noun'
  )
    return true;
  if (token.tag === 'adj') return nextIsName && !opens;
  if (!opens) return !vocabulary.commonNouns.has(token.lemma) || nextIsName || isWord(next, 'of', 'for');
  // "Drugmaker Vaidehi" is Vaidehi.
  if (nextIsName && DESCRIBING.test(token.lower)) return false;
  if (memory.capital.has(token.lower)) return true;
  if (memory.lower.has(token.lower) || vocabulary.commonNouns.has(token.lemma))
    return nextIsName && !memory.lower.has(token.lower);
  if (nextIsName || (next !== undefined && /^(?:poss)$/.test(next.tag))) return true;
  if (/(?:ly|ing|ed)$/.test(token.lower) || /\d/.test(token.text))
    return /\d/.test(token.text) && token.text.length > 2;
  if (/[^s]s$/.test(token.lower)) return false;
  return (
    next !== undefined &&
    (next.tag === 'aux' ||
      next.tag === 'modal' ||
      next.text === ',' ||
      next.forms.some(({ form }) => form === 'past' || form === 's'))
  );
}

/** A run of capitals that ends in a legal form is a company, whatever its words mean. */
function legalAhead(tokens: readonly Token[], index: number): boolean {
  for (let at = index + 1; at < Math.min(tokens.length, index + 6); at += 1) {
    if (tokens[at]?.legal) return true;
    if (!tokens[at]?.capital) return false;
  }
  return false;
}

/** As {@link fold} of {@link surfaceOf}, of tokens that are folded already. */
const foldedSurface = (tokens: readonly Token[], first: number, last: number): string => {
  let surface = '';
  for (let index = first; index < last; index += 1) {
    const token = tokens[index];
    if (!token) break;
    const apart = index > first && token.start > (tokens[index - 1]?.end ?? token.start);
    surface += apart ? ` ${token.lower}` : token.lower;
  }
  return surface;
};

const surfaceOf = (tokens: readonly Token[], first: number, last: number): string => {
  let surface = '';
  for (let index = first; index < last; index += 1) surface = joined(surface, tokens, index, first);
  return surface;
};

/** The words from `first` on with the next one, apart where they stand apart in the text. */
function joined(surface: string, tokens: readonly Token[], index: number, first: number): string {
  const token = tokens[index];
  if (!token) return surface;
  return index > first && token.start > (tokens[index - 1]?.end ?? token.start)
    ? `${surface} ${token.text}`
    : surface + token.text;
}

/** What sort of thing a name is, by its own words, the noun before it and what is said after a comma. */
function describe(
  tokens: readonly Token[],
  first: number,
  last: number,
  surface: string,
  titled: boolean,
  vocabulary: Vocabulary,
): KnownEntity {
  const tail = tokens[last - 1]?.lower ?? '';
  const head = tokens[first]?.lower ?? '';
  const before = tokens[first - 1];
  const country = countryBefore(tokens, first, vocabulary);
  const make = (type: EntityType, what: string | null = null, owner: string | null = null): KnownEntity => ({
    id: slugify(surface),
    name: surface,
    type,
    country: type === 'person' ? null : country,
    owner,
    what,
  });
  const length = last - first;
  if (titled || TITLES.has(before?.lower ?? '')) return make('person');
  if (AUTHORITY_HEADS.has(tail) || (AUTHORITY_HEADS.has(head) && length > 2)) return make('authority');
  if (ORGANISATION_HEADS.has(tail) || (ORGANISATION_HEADS.has(head) && length > 2)) return make('organisation');
  if (tokens.slice(first + 1, last).some(({ lower, legal }) => legal || COMPANY_SUFFIXES.has(lower)))
    return make('company');
  const described = apposition(tokens, last);
  const nounBefore = before?.tag === 'noun' || before?.tag === 'adj' || before?.tag === 'verb' ? before.lower : '';
  if (
    isWord(before, 'called', 'named', 'dubbed', 'branded', 'codenamed') ||
    (isWord(tokens[first - 1], 'as') && isWord(tokens[first - 2], 'known'))
  ) {
    return make('product', productNoun(tokens, first - 2, vocabulary));
  }
  for (const noun of [nounBefore, described]) {
    if (noun === '') continue;
    const lemma = noun.replace(/s$/, '');
    if (PERSON_NOUNS.has(noun)) return make('person');
    if (COMPANY_NOUNS.has(noun) || COMPANY_NOUNS.has(lemma)) return make('company');
    if (ORGANISATION_NOUNS.has(noun)) return make('organisation');
    if (AUTHORITY_NOUNS.has(noun)) return make('authority');
    if (PLACE_NOUNS.has(noun)) return make('place');
    if (
      vocabulary.commonNouns.has(lemma) &&
      /^(?:model|robot|humanoid|chatbot|assistant|agent|app|chip|processor|phone|smartphone|drone|satellite|rocket|spacecraft|lander|rover|drug|vaccine|therapy|car|sedan|suv|vehicle|platform|service|system|software|supercomputer|computer|llm|gpu|browser|tool|device|headset)$/.test(
        lemma,
      )
    ) {
      return make('product', lemma);
    }
  }
  if (isWord(before, 'in', 'near', 'outside', 'across', 'at') && length === 1 && !/\d/.test(surface))
    return make('place');
  // "the province of Hunan"
  if (isWord(before, 'of') && PLACE_NOUNS.has(tokens[first - 2]?.lower ?? '')) return make('place');
  if (/\d/.test(surface)) return make('product', productNoun(tokens, last, vocabulary));
  if (length >= 2 && length <= 3 && givenNameFirst(tokens, first, last, vocabulary)) return make('person');
  const ofCountry =
    before?.tag === 'poss' &&
    (vocabulary.names.get(tokens[first - 2]?.lower ?? '') ?? []).some(({ entity }) => entity.type === 'place');
  if (before?.tag === 'poss' && !ofCountry) return make('product', productNoun(tokens, last, vocabulary));
  if (length >= 2 && length <= 3 && personContext(tokens, first, last)) return make('person');
  return make('other');
}

/** ", a Berlin-based startup": the noun of what follows a comma or stands in brackets, '' when nothing fits. */
function apposition(tokens: readonly Token[], last: number): string {
  if (!/^[,(—–-]$/.test(tokens[last]?.text ?? '')) return '';
  for (let index = last + 1; index < Math.min(tokens.length, last + 12); index += 1) {
    const token = tokens[index];
    if (!token || /^[,;)]$/.test(token.text) || token.tag === 'verb' || token.tag === 'aux' || token.tag === 'prep') {
      const noun = tokens[index - 1];
      return noun?.tag === 'noun' && !noun.capital ? noun.lower : noun?.lower === 'ceo' ? 'ceo' : '';
    }
    if (PERSON_NOUNS.has(token.lower)) return token.lower;
  }
  return '';
}

/** The sort of thing that stands around a product's name: "its humanoid robot Nova", "Nova, a robot". */
function productNoun(tokens: readonly Token[], near: number, vocabulary: Vocabulary): string | null {
  for (let index = near; index < Math.min(tokens.length, near + 4); index += 1) {
    const token = tokens[index];
    if (token?.tag === 'noun' && !token.capital && vocabulary.commonNouns.has(token.lemma)) return token.lemma;
    if (token?.tag === 'verb' || token?.tag === 'prep') break;
  }
  return null;
}

function countryBefore(tokens: readonly Token[], first: number, vocabulary: Vocabulary): string | null {
  for (let index = first - 1; index >= Math.max(0, first - 4); index -= 1) {
    const token = tokens[index];
    if (!token || (token.tag !== 'noun' && token.tag !== 'adj' && token.tag !== 'poss')) return null;
    const entry = (vocabulary.names.get(token.lower) ?? []).find(
      ({ words, role }) => words.length === 1 && (role === 'demonym' || tokens[index + 1]?.tag === 'poss'),
    );
    if (entry && token.capital) return entry.entity.country;
    const based = /^(.+)-based$/.exec(token.lower)?.[1];
    const city = based ? (vocabulary.names.get(based) ?? []).find(({ words }) => words.length === 1) : undefined;
    if (city) return city.entity.country;
  }
  return null;
}

/** "Pat Kim", "Jan de Vries" without its particles: a given name, then words that are no common nouns. */
function givenNameFirst(tokens: readonly Token[], first: number, last: number, vocabulary: Vocabulary): boolean {
  if (!vocabulary.givenNames.has(tokens[first]?.lower ?? '')) return false;
  return tokens
    .slice(first + 1, last)
    .every(({ text, lemma }) => /^\p{Lu}[\p{L}’'.-]*$/u.test(text) && !vocabulary.commonNouns.has(lemma));
}

function personContext(tokens: readonly Token[], first: number, last: number): boolean {
  const next = tokens[last];
  const plain = tokens
    .slice(first, last)
    .every(({ text }) => /^\p{Lu}[\p{Ll}’'-]+\p{L}*$/u.test(text) || /^\p{Lu}\.?$/u.test(text));
  if (!plain) return false;
  return (
    /^(?:said|says|told|believes|argues|wrote|added|noted|who|resigned|quit|joined|joins|steps|stepped|appointed|becomes|became)$/.test(
      next?.lower ?? '',
    ) ||
    (/^(?:appointed|named|hired|promoted|appoints|names|hires|by)$/.test(tokens[first - 1]?.lower ?? '') &&
      isWord(next, 'as', 'to', 'its', 'chief'))
  );
}
