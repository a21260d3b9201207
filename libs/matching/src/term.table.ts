import { GradualMap } from './gradual.map';
import { RowStore, TextStore } from './row.store';

/**
 * What kind of value a term is. `word`: of headline or summary, alone or the words of a phrase; `mention` and
 * `beginning`: a word of `q` and the beginning of one.
 */
export const FIELDS = ['event', 'entity', 'theme', 'kind', 'country', 'word', 'mention', 'beginning'] as const;
export type Field = (typeof FIELDS)[number];

/** A term by name: one text, or for `word` the words of a phrase. `{field: 'word', words: ['chip', 'tools']}` */
export interface TermName {
  field: Field;
  words: readonly string[];
}

/** The columns of a term's row; the lists of subscriptions filed under it use the last but one. */
const REFERENCES = 0;
const CODE = 1;
const PARENT = 2;
/** The word that continues the parent; of a term without a parent the number of its field. */
const WORD = 3;
const CHILDREN = 4;
export const LIST_LENGTH = 5;
export const LIST_ADDRESS = 6;

/** The term of every event. */
export const EVERY = 0;
export const NO_TERM = -1;

/** How many values of a field get a number that is small enough for a list's entry; none gets 0. */
const CODES: Partial<Record<Field, number>> = { kind: 31, country: 254 };

const CHILD_SLICES = 128;
/** More terms than an arena has room for. */
export const TERM_LIMIT = 2 ** 26;

/**
 * Every value that some subscription asks for, once, as a number: found by its name, counted by its users, and gone with
 * the last of them. A phrase is a term that continues another one by a word, so that a text is searched for all phrases
 * by walking on from each of its words.
 */
export class TermTable {
  readonly rows = new RowStore(3);
  private readonly texts = new TextStore();
  private readonly byText = FIELDS.map(() => new GradualMap<number>());
  /** Term and next word → the phrase. Slices, because a large map is rehashed as a whole. */
  private readonly children = Array.from({ length: CHILD_SLICES }, () => new Map<number, number>());
  /** By field; the lowest is given out first. */
  private readonly freeCodes = FIELDS.map((field) => {
    const count = CODES[field] ?? 0;
    return Array.from({ length: count }, (_, index) => count - index);
  });
  private readonly beginningLengths = new Map<number, number>();
  /** Every term that is marked, once. */
  readonly marked: number[] = [];
  /** By term, 1 where it is marked: a byte each, so that it stays in the processor's cache. */
  marks = new Uint8Array(1_024);

  constructor() {
    // `EVERY`.
    this.rows.take();
  }

  /** How many terms of a field there are; of words only those that stand alone. */
  count(field: Field): number {
    return this.byText[FIELDS.indexOf(field)]!.size;
  }

  /** The term of that name, made if need be; it stays until it is released as often. */
  acquire({ field, words }: TermName): number {
    const [first = '', ...rest] = words;
    let term = this.acquireText(field, first);
    for (const word of rest) term = this.acquireChild(term, this.acquireText(field, word));
    return term;
  }

  release(term: number): void {
    const left = this.rows.get(term, REFERENCES) - 1;
    this.rows.set(term, REFERENCES, left);
    if (left > 0) return;
    const parent = this.rows.get(term, PARENT);
    if (parent === EVERY) this.forgetText(term);
    else this.forgetChild(term, parent, this.rows.get(term, WORD));
    this.rows.give(term);
  }

  find(field: Field, text: string): number {
    return this.byText[FIELDS.indexOf(field)]!.get(text) ?? NO_TERM;
  }

  /** The phrase that goes on with a word, both given as terms. */
  findChild(term: number, word: number): number {
    if (this.rows.get(term, CHILDREN) === 0) return NO_TERM;
    return this.childrenBy(word).get(childKey(term, word)) ?? NO_TERM;
  }

  /** From 1 on; 0 for those of a crowded field that got none. */
  codeOf(term: number): number {
    return this.rows.get(term, CODE);
  }

  /** The lengths that beginnings have. */
  lengthsOfBeginnings(): Iterable<number> {
    return this.beginningLengths.keys();
  }

  /** Takes the mark off all terms. */
  clearMarks(): void {
    for (const term of this.marked) {
      this.marks[term] = 0;
    }
    this.marked.length = 0;
  }

  mark(term: number): void {
    if (this.isMarked(term)) return;
    this.marks[term] = 1;
    this.marked.push(term);
  }

  isMarked(term: number): boolean {
    return this.marks[term] === 1;
  }

  private acquireText(field: Field, text: string): number {
    const number = FIELDS.indexOf(field);
    const known = this.byText[number]!.get(text);
    const term = known ?? this.take();
    this.rows.set(term, REFERENCES, this.rows.get(term, REFERENCES) + 1);
    if (known !== undefined) return term;
    this.rows.set(term, CODE, this.freeCodes[number]!.pop() ?? 0);
    this.rows.set(term, WORD, number);
    this.texts.set(term, text);
    this.byText[number]!.set(text, term);
    if (field === 'beginning') this.countLength(text.length, 1);
    return term;
  }

  /** Takes over the caller's hold on both terms: the phrase holds them once, however many hold the phrase. */
  private acquireChild(parent: number, word: number): number {
    const children = this.childrenBy(word);
    const known = children.get(childKey(parent, word));
    const term = known ?? this.take();
    this.rows.set(term, REFERENCES, this.rows.get(term, REFERENCES) + 1);
    if (known !== undefined) {
      this.release(parent);
      this.release(word);
      return term;
    }
    this.rows.set(term, PARENT, parent);
    this.rows.set(term, WORD, word);
    this.rows.set(parent, CHILDREN, this.rows.get(parent, CHILDREN) + 1);
    children.set(childKey(parent, word), term);
    return term;
  }

  private take(): number {
    const term = this.rows.take();
    if (term >= TERM_LIMIT) throw new RangeError('the subscription index is full: too many terms');
    if (term >= this.marks.length) {
      const more = new Uint8Array(2 * this.marks.length);
      more.set(this.marks);
      this.marks = more;
    }
    return term;
  }

  private forgetText(term: number): void {
    const number = this.rows.get(term, WORD);
    const text = this.texts.get(term);
    this.byText[number]!.delete(text);
    this.texts.set(term, '');
    const code = this.rows.get(term, CODE);
    if (code > 0) this.freeCodes[number]!.push(code);
    if (FIELDS[number] === 'beginning') this.countLength(text.length, -1);
  }

  private forgetChild(term: number, parent: number, word: number): void {
    this.childrenBy(word).delete(childKey(parent, word));
    this.rows.set(parent, CHILDREN, this.rows.get(parent, CHILDREN) - 1);
    this.release(parent);
    this.release(word);
  }

  private countLength(length: number, by: 1 | -1): void {
    const count = (this.beginningLengths.get(length) ?? 0) + by;
    if (count === 0) this.beginningLengths.delete(length);
    else this.beginningLengths.set(length, count);
  }

  private childrenBy(word: number): Map<number, number> {
    return this.children[word % CHILD_SLICES]!;
  }
}

function childKey(term: number, word: number): number {
  return term * TERM_LIMIT + word;
}
