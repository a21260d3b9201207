import type { Token } from './phrase.tokens';

export type Tense = 'past' | 'future' | 'present' | 'unknown';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

const PAST = words(
  `was were had did said told rose fell grew made took began came went met won lost sold bought built led got gave saw found became held kept brought shut
  struck broke left sent spent paid ran drew drove wrote spoke chose rolled hit sank slid swung stood sought taught thought threw flew hung knew lent
  meant fought beat ago signed died begun taken given gone shown grown risen fallen chosen written spoken driven sunk withdrawn withdrew overtook undertook
  undertaken rebuilt forbade forbidden froze frozen stolen stole torn tore worn flown blown thrown overthrown swept crept dealt bid slept fled hidden hid
  woken ridden shot swore sworn proven eaten seen done lain bore borne`,
);
const FUTURE = words(
  `will shall would planning aims intends hopes expects expect upcoming forthcoming scheduled slated poised anticipates foresees expires opens begins
  starts targeting tomorrow soon ll`,
);
/** What is in the present tense happens on the nearer date: "the summit runs from 8 July". */
const PRESENT = words(
  `is are has have says remains stands takes runs goes comes kicks ends closes launches holds meets hosts votes arrives returns resumes lands enters
  follows joins costs applies drops becomes heads leaves retires lapses reopens switches moves charges gives`,
);
/** Plural subjects have them too: "trials start in May", "talks resume on Monday". */
const PLURAL_AHEAD = words('start begin open expire resume reopen commence');
/** The weakest: a tense that was told before outweighs them. */
const WEAK_PRESENT = words('is are has have says remains stands takes');
const DUE_WHEN = words('in on by at next this later early late mid before within soon');
const OPENS_DATE = words('from tomorrow monday tuesday wednesday thursday friday saturday sunday');
const MODALS = words('will shall would should could may might can must to');
/** Participles that, after a form of `be`, look ahead: "is expected in May". */
const AHEAD = words(
  'expected planned scheduled slated due set poised projected forecast tipped billed anticipated targeted intended predicted needed required going',
);
const SET_PARTICLES = words('up aside apart off back down out alight');
const BE = words('is are be being been was were s re remains');
/** Words in -ed that are no past tense. */
const NOT_PAST = words(
  'need seed speed feed indeed united limited embed shed red bed based related so-called hundred exceed proceed succeed breed bleed weed sacred',
);
/** Base verbs after `to`: "to launch in May". The noun in "rose to record levels" must not count. */
const VERBS = words(
  `launch release invest open build begin start take be become hold introduce roll ship raise cut expand complete deliver buy acquire sell ban impose
  publish unveil go run meet visit sign vote decide hire close adopt apply end reach make create establish offer provide double triple join test deploy
  produce come enter move return stop phase add set put appear debut present announce report replace allow require enforce implement finish construct
  reduce spend bring give show host attend discuss review resume restart retire step leave lay train develop roll-out list float merge split pay cover
  install upgrade switch halt suspend lift remove conclude arrive land send fly lead increase grow fall rise hit comply respond submit divest file
  answer seek repay redeem issue inform notify update migrate certify supply hand transfer relocate hear rule debate consider pick name select award
  commission inaugurate break fund finance inject support serve pilot quit cease bar restrict curb limit cap fine sue charge investigate lower ease
  tighten hike trim slash clear approve ratify pass repeal amend draft elect appoint succeed settle agree negotiate evacuate vacate dissolve liquidate`,
);
/** "agreed according to", "access to": no infinitive follows. */
const NO_INFINITIVE = words(
  'according access thanks compared related similar prior owing subject rose fell grew climbed dropped increased jumped up down amounted led',
);
const CONJUNCTIONS = words('and but while whereas that which because if when');

/** How far a verb may stand from its date, in tokens; keeps the search linear. */
const REACH = 30;

type Cue = 'past' | 'future' | 'present' | null;

/** What the verbs around a place say: each word is read when a date beside it asks first, and then known. */
export class TenseContext {
  private readonly cues: (Cue | undefined)[];

  constructor(private readonly tokens: readonly Token[]) {
    this.cues = new Array<Cue | undefined>(tokens.length).fill(undefined);
  }

  /** The tense of the date that spans the tokens `from` to `to` (exclusive): the nearest verb before it, or else after it. */
  at(from: number, to: number): Tense {
    const sentence = this.tokens[from]?.sentence;
    // "raised its prices, effective March 1": the nearer date, whatever the verb before.
    const back = /^(?:on|from|as|of)$/.test(this.tokens[from - 1]?.lower ?? '') ? 2 : 1;
    if (this.tokens[from - back]?.lower === 'effective' && this.tokens[from - back]?.sentence === sentence)
      return 'present';
    if (this.opensClause(from)) return this.after(to, sentence) ?? this.before(from, sentence) ?? 'unknown';
    return this.before(from, sentence) ?? this.after(to, sentence) ?? 'unknown';
  }

  private before(from: number, sentence: number | undefined): Cue {
    let present: Cue = null;
    for (let index = from - 1; index >= Math.max(0, from - REACH); index -= 1) {
      if (this.tokens[index]?.sentence !== sentence) break;
      const cue = this.cue(index);
      if (cue === 'present') {
        if (present === null && !WEAK_PRESENT.has(this.tokens[index]?.lower ?? '')) return cue;
        present = cue;
      } else if (cue) return cue;
    }
    return present;
  }

  private after(to: number, sentence: number | undefined): Cue {
    let present: Cue = null;
    for (let index = to; index < to + REACH; index += 1) {
      if (this.tokens[index]?.sentence !== sentence) break;
      const cue = this.cue(index);
      if (cue === 'present') present = cue;
      else if (cue) return cue;
    }
    return present;
  }

  /** "…, and on Monday it will": the verb of such a date follows it. */
  private opensClause(from: number): boolean {
    let index = from - 1;
    if (/^(on|in|at|by|during|from|since|the|late|early)$/.test(this.tokens[index]?.lower ?? '')) index -= 1;
    return CONJUNCTIONS.has(this.tokens[index]?.lower ?? '') && this.tokens[index - 1]?.text === ',';
  }

  private cue(index: number): Cue {
    let cue = this.cues[index];
    if (cue === undefined) this.cues[index] = cue = this.cueAt(index);
    return cue;
  }

  private cueAt(index: number): Cue {
    const token = this.tokens[index];
    if (!token || token.kind !== 'word') return null;
    const word = token.lower;
    const previous = this.tokens[index - 1];
    const before = previous?.lower ?? '';
    if (word === 'won') return this.tokens[index + 2]?.lower === 't' ? 'future' : 'past';
    if (PLURAL_AHEAD.has(word)) return this.startsOfMany(index) ? 'future' : null;
    if (FUTURE.has(word)) return word === 'll' && !previous?.glued ? null : 'future';
    if (word === 'let') return /^(?:us|['’])$/.test(this.tokens[index + 1]?.lower ?? '') ? 'future' : null;
    if (word === 'set' && previous?.sentence !== token.sentence) return null;
    if (this.putOff(index)) return 'future';
    if (word === 'must') return this.tokens[index + 1]?.lower === 'have' ? null : 'future';
    if (word === 'due' && DUE_WHEN.has(this.tokens[index + 1]?.lower ?? '')) return 'future';
    if (word === 'plans' || word === 'plan' || word === 'due') return this.infinitiveAfter(index) ? 'future' : null;
    if (word === 'to') {
      // "is to follow in the autumn"
      if (/^(?:is|are)$/.test(before) && this.tokens[index + 1]?.kind === 'word') return 'future';
      return this.infinitiveAfter(index - 1) && !NO_INFINITIVE.has(before) ? 'future' : null;
    }
    // "was set up in March" is over, "was set to open in March" is not.
    if (word === 'set' && SET_PARTICLES.has(this.tokens[index + 1]?.lower ?? ''))
      return this.afterModal(index) ? 'future' : 'past';
    if (AHEAD.has(word) && (BE.has(before) || BE.has(this.tokens[index - 2]?.lower ?? ''))) return 'future';
    if (word === 'set' || word === 'expected') return this.tokens[index + 1]?.lower === 'to' ? 'future' : 'past';
    if (PAST.has(word)) return this.afterModal(index) ? 'future' : 'past';
    if (this.comesIntoForce(index)) return 'future';
    if (PRESENT.has(word)) return word === 'is' && this.tokens[index + 1]?.lower === 'launching' ? 'future' : 'present';
    if (word.length > 3 && word.endsWith('ed') && !NOT_PAST.has(word))
      return this.afterModal(index) ? 'future' : 'past';
    if (word.length > 4 && word.endsWith('ing') && /^(is|are|re)$/.test(before)) return 'future';
    return null;
  }

  /** "Trials start in May", "applications open on 3 March": a plural before the verb, and a date behind it */
  private startsOfMany(index: number): boolean {
    const subject = this.tokens[index - 1];
    const next = this.tokens[index + 1];
    if (subject?.kind !== 'word' || subject.sentence !== this.tokens[index]?.sentence || next === undefined)
      return false;
    return (
      /[^siu]s$/.test(subject.lower) &&
      !PRESENT.has(subject.lower) &&
      (DUE_WHEN.has(next.lower) || OPENS_DATE.has(next.lower))
    );
  }

  /** "takes effect on", "enter into force on", "applies to new sites from": rules say in the present when they will hold. */
  private comesIntoForce(index: number): boolean {
    const word = this.tokens[index]?.lower ?? '';
    if (word === 'effect' || word === 'force')
      return [1, 2].some((back) => /^(?:takes?|comes?|enters?|go|goes)$/.test(this.tokens[index - back]?.lower ?? ''));
    if (word !== 'applies') return false;
    for (let next = index + 1; next <= index + 6; next += 1) if (this.tokens[next]?.lower === 'from') return true;
    return false;
  }

  /** "was postponed to", "was put off until", "pushed back to": the date is the new one */
  private putOff(index: number): boolean {
    const word = (at: number): string => this.tokens[at]?.lower ?? '';
    if (!/^(?:postponed|rescheduled|deferred|delayed|adjourned|extended|put|pushed)$/.test(word(index))) return false;
    const particle = /^(?:off|back|out)$/.test(word(index + 1));
    if (!particle && /^(?:put|pushed)$/.test(word(index))) return false;
    return /^(?:to|until|till|into|for)$/.test(word(particle ? index + 2 : index + 1));
  }

  /** "plans to open", "due to be tested"; "due to delays" is none */
  private infinitiveAfter(index: number): boolean {
    return this.tokens[index + 1]?.lower === 'to' && VERBS.has(this.tokens[index + 2]?.lower ?? '');
  }

  /** "will be released", "to be built" */
  private afterModal(index: number): boolean {
    for (let back = 1; back <= 3; back += 1) {
      if (this.tokens[index - back]?.lower !== 'be') continue;
      return (
        MODALS.has(this.tokens[index - back - 1]?.lower ?? '') || MODALS.has(this.tokens[index - back - 2]?.lower ?? '')
      );
    }
    return false;
  }
}
