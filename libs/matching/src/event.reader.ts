import { slugify } from '@themeline/contracts';
import { mentionsOf, type MatchableEvent } from './event.facts';
import { wordsOf } from './folded.words';
import { ANY_COUNTRY } from './posting.entry';
import { EVERY, NO_TERM, type Field, type TermTable } from './term.table';

/** Which of the terms that subscriptions ask for an event has. One event at a time: the next takes the place of the last. */
export class EventReader {
  /** Every term once. */
  readonly present: number[] = [];
  /** By code, 1 for the event's countries and for `ANY_COUNTRY`. */
  readonly countries = new Uint8Array(256);
  /** The text as terms, `NO_TERM` for a word that nobody asks for and for the end of headline and summary. */
  private readonly tokens: number[] = [];

  constructor(private readonly terms: TermTable) {}

  read(event: MatchableEvent): void {
    this.terms.clearMarks();
    this.present.length = 0;
    this.note(EVERY);
    this.noteText('event', event.id);
    for (const id of event.lineage ?? []) this.noteText('event', id);
    for (const { id, name } of event.entities) {
      this.noteText('entity', id);
      this.noteText('entity', slugify(name));
    }
    for (const theme of event.themes) this.noteText('theme', theme);
    this.noteText('kind', event.kind);
    this.readCountries(event.countries);
    this.readWords(event);
    this.readMentions(event);
  }

  private readCountries(countries: readonly string[]): void {
    this.countries.fill(0);
    this.countries[ANY_COUNTRY] = 1;
    for (const country of countries) {
      const term = this.noteText('country', country);
      if (term !== NO_TERM && this.terms.codeOf(term) > 0) this.countries[this.terms.codeOf(term)] = 1;
    }
  }

  private readWords({ headline, summary }: MatchableEvent): void {
    const { tokens } = this;
    tokens.length = 0;
    for (const word of wordsOf(headline)) tokens.push(this.noteText('word', word));
    // No phrase goes over the end of the headline.
    tokens.push(NO_TERM);
    for (const word of wordsOf(summary ?? '')) tokens.push(this.noteText('word', word));
    for (let start = 0; start < tokens.length; start += 1) this.readPhrases(start);
  }

  /** All phrases that begin at a place, and the beginnings of longer ones. */
  private readPhrases(start: number): void {
    let phrase = this.tokens[start] ?? NO_TERM;
    for (let next = start + 1; phrase !== NO_TERM && next < this.tokens.length; next += 1) {
      const word = this.tokens[next] ?? NO_TERM;
      phrase = word === NO_TERM ? NO_TERM : this.terms.findChild(phrase, word);
      if (phrase !== NO_TERM) this.note(phrase);
    }
  }

  private readMentions(event: MatchableEvent): void {
    const { terms } = this;
    if (terms.count('mention') + terms.count('beginning') === 0) return;
    for (const word of mentionsOf(event)) {
      this.noteText('mention', word);
      for (const length of terms.lengthsOfBeginnings()) {
        if (length <= word.length) this.noteText('beginning', word.slice(0, length));
      }
    }
  }

  private noteText(field: Field, text: string): number {
    const term = this.terms.find(field, text);
    if (term !== NO_TERM) this.note(term);
    return term;
  }

  private note(term: number): void {
    if (this.terms.mark(term)) this.present.push(term);
  }
}
