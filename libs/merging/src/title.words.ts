/** Words that carry no content, so they count for nothing. */
const EMPTY = new Set(
  `a an and are as at be been but by can could did do does for from had has have he her his how i in into is it its just may might more most
  much must new no nor not of off on once only onto or other our out over own per s said same say says she should so some such t than that the
  their them then there these they this those through to too under up upon us very via was we were what when where which while who whom whose
  why will with within without would yet you your about above after again against all also although among amid any around because before
  below between both during each either else ever every few further here however if least less like many near never now off often one
  rather recent recently since still though three thus together toward towards two until whether nearly almost roughly least earlier later
  first last next month months week weeks year years day days today tomorrow yesterday january february march april june july august
  september october november december monday tuesday wednesday thursday friday saturday sunday million billion trillion bn mn tn percent
  pct according reportedly report reports reported announcement announces announced announce statement news`.split(
    /\s+/,
  ),
);

/** What the kind of an event says already ("launch", "ban", "fund") or what any business text is full of: they tell little apart. */
const WEAK = new Set(
  `launch launched launches launching unveil unveils unveiled release releases released releasing introduce introduces introduced debut
  establish establishes established establishing establishment create creates created creating creation set sets setting start starts started
  begin begins began roll rolls rolled open opens opened plan plans planned planning aim aims aiming make makes made making take takes took
  raise raises raised raising secure secures secured close closes closed complete completes completed get gets got win wins won
  ban bans banned banning block blocks blocked prohibit prohibits prohibited prohibition bar bars barred restrict restricts restricted
  restriction restrictions halt halts halted stop stops stopped suspend suspends suspended limit limits limited
  invest invests invested investing pledge pledges pledged commit commits committed acquire acquires acquired acquisition buy buys bought
  partner partners partnered partnership sign signs signed agree agrees agreed agreement deal deals adopt adopts adopted issue issues issued
  publish publishes published rule rules final proposed notice government company firm group inc corp corporation ltd co limited
  startup giant maker country state national global world market industry sector system systems technology tech service services program programs programme programmes scheme schemes initiative initiatives strategy
  product products model models use used using work works working big large major leading latest key high hit hits rise rises rose fall falls
  fell grow grows grew reach reaches reached value`.split(/\s+/),
);

/**
 * Words that news uses for one another, by their stems; the first stands for all. Only such as mean the same in any field: what
 * is a synonym in one trade alone does not belong here.
 */
const SAME_WORDS: readonly string[] = [
  'chip semiconductor microchip',
  'carmaker automaker',
  'car automobile vehicle auto',
  'drug medicine medication',
  'phone smartphone handset mobile',
  'child children kid minor underage teenager',
  'worker employee staff staffer job',
  'court judge tribunal ruling ruled',
  'fine fined penalty penalise penalize penalised penalized sanctioned',
  'law act bill legislation',
  'approve approved passed adopt adopted endorse endorsed',
  'cut cuts lower lowered reduce reduced slash slashed cheaper',
  'chief boss head ceo',
  'leave leaves left resign resigned resigns quit quits departure departs',
  'appoint appointed named names hire hired appoints',
  'school schools classroom pupil student teacher',
  'hospital clinic ward',
  'outage failure failed down crash crashed disruption',
  'hacker attacker thief thieves intruder',
  'leak stolen stole breach breached theft',
  'plant factory fab',
  'lender bank',
  'licence license permit',
  'label labelled labeled labelling labeling unlabelled unlabeled mark marked',
  'watchdog regulator',
  'satellite spacecraft',
  'battery batteries cell cells',
  'lawsuit sue sued sues suit',
  'rocket launcher',
];

/** What official notices of any country are full of: each stands in one in a hundred titles of a gazette or more, so titles made of them are shared by many. */
const OFFICIAL = new Set(
  `activities activity addition adjustment administration administrative advisory affirmative agency agencies agenda agreement agreements amendment
  amendments announcement application applications approval approved area areas assessment authority authorization availability board
  bureau center centre change changes closed collection collections combined comment comments commission committee completion compliance
  concerning conference correction council currently data decision delegated department determination determinations determining directive
  directives draft effective effectiveness eligibility emergency establishment exemption extension federal fees filing filings final finding
  findings form forms general grant hearing immediate information initial institute inventory investigation item items license list
  management matter matters meeting meetings modification national negotiated nomination notification office officials open opportunity
  order orders organization organizations part permit petition preliminary procedure procedures proceeding program project proposed
  proposal provision public pursuant records reduction register registration regulation regulations regulatory reinstatement related renewal
  report reporting request requests requested requirement requirements response results review revised revision schedule section
  self session sessions special standard standards status submission submitted submitting summary supplemental survey title update use`.split(
    /\s+/,
  ),
);

const SUFFIXES: readonly [RegExp, string][] = [
  [/(?:izations?|isations?)$/, 'iz'],
  [/(?:fulness|iveness|ousness)$/, ''],
  [/ies$/, 'y'],
  [/(?:ments?|ships?|nesses|ness)$/, ''],
  [/(?:ations?|itions?)$/, ''],
  [/(?:ings?|edly|ed|ers?|ors?|ly)$/, ''],
  [/(?:ials?|ally|als?|ic|ical|ive|ives)$/, ''],
  [/(?<=[^s])s$/, ''],
];

/**
 * The part of an English word that its forms share; crude on purpose, since both sides of a comparison go through it.
 * `stem('industrial')` → 'industr', `stem('industries')` → 'industr'
 */
export function stem(word: string): string {
  if (word.length < 5) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
  let out = word;
  for (const [suffix, replacement] of SUFFIXES) {
    const shorter = out.replace(suffix, replacement);
    if (shorter !== out && shorter.length >= 4) {
      out = shorter;
      break;
    }
  }
  return out.length > 4 ? out.replace(/(?:e|y|i)$/, '') : out;
}

const WEAK_STEMS = new Set([...WEAK, ...OFFICIAL].map(stem));

const STANDS_FOR = new Map(
  SAME_WORDS.flatMap((line) => {
    const [first = '', ...others] = line.split(' ').map(stem);
    return others.map((other) => [other, first] as const);
  }),
);

/** Lower-case words without accents, possessives gone; runs of Han characters come as overlapping pairs, since they have no spaces. `["moonshot", "ai"]` */
export function foldedWords(text: string): string[] {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’']s\b/g, '')
    .replace(/\bartificial[ -]intelligence\b/g, 'ai')
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, '');
  const words: string[] = [];
  for (const [word] of folded.matchAll(/[\p{L}\p{Nd}]+/gu)) {
    if (/\p{Script=Han}/u.test(word) && word.length > 2) {
      for (let i = 0; i + 1 < word.length; i += 1) words.push(word.slice(i, i + 2));
    } else words.push(word);
  }
  return words;
}

export function isEmptyWord(word: string): boolean {
  return EMPTY.has(word);
}

/** Distinct stems of the words with content, in order of appearance, at most `max`; bare numbers are compared elsewhere. */
export function contentStems(text: string, max: number): string[] {
  const stems = new Set<string>();
  for (const word of foldedWords(text)) {
    if (EMPTY.has(word) || /^\d+$/.test(word)) continue;
    const stemmed = stem(word);
    stems.add(STANDS_FOR.get(stemmed) ?? stemmed);
    if (stems.size === max) break;
  }
  return [...stems];
}

/** How much a shared stem says, 0.25–1.5: weak words little, long ones and those with digits more. A stand-in for rarity that needs no corpus. */
export function stemWeight(word: string): number {
  if (WEAK_STEMS.has(word)) return 0.25;
  if (/\d/.test(word)) return 1.5;
  if (word.length <= 2) return 0.5;
  return word.length >= 8 ? 1.25 : 1;
}

/** The stems that say most, at most `max`: the heaviest first, then the longest, then by alphabet. */
export function tellingStems(stems: readonly string[], max: number): string[] {
  return stems
    .filter((word) => stemWeight(word) >= TELLING)
    .sort((a, b) => stemWeight(b) - stemWeight(a) || b.length - a.length || (a < b ? -1 : 1))
    .slice(0, max);
}

/** More than a weak word weighs. */
const TELLING = 0.5;

export const isWeakWord = (word: string): boolean => WEAK_STEMS.has(stem(word));

const weightOf = (words: Iterable<string>): number => {
  let sum = 0;
  for (const word of words) sum += stemWeight(word);
  return sum;
};

/** Below this weight a side says too little for its being contained in the other to count in full. */
const ENOUGH = 2;

/** The weight of what two sets of stems share. */
export function sharedWeight(a: readonly string[], b: readonly string[]): number {
  const other = new Set(b);
  return weightOf(a.filter((word) => other.has(word)));
}

/**
 * Likeness of two sets of stems, 0–1: the mean of what they share of both and what they share of the smaller.
 * Symmetric; 0 when they share nothing.
 */
export function likeness(a: readonly string[], b: readonly string[]): number {
  const shared = sharedWeight(a, b);
  if (shared === 0) return 0;
  const left = weightOf(a);
  const right = weightOf(b);
  const ofBoth = (2 * shared) / (left + right);
  const ofSmaller = shared / Math.max(ENOUGH, Math.min(left, right));
  return (ofBoth + ofSmaller) / 2;
}
