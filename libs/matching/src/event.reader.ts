import { slugify } from '@themeline/contracts';
import { mentionsOf, type MatchableEvent } from './event.facts';
import { wordsOf } from './folded.words';
import { EVERY, NO_TERM, type Field, type TermTable } from './term.table';

/** Marks which of the terms that subscriptions ask for an event has. */
export class EventReader {
  /** The text as terms, `NO_TERM` for a word that nobody asks for and for the end of headline and summary. */
  private readonly tokens: number[] = [];

  constructor(private readonly terms: TermTable) {}

  read(event: MatchableEvent): void {
    this.terms.clearMarks();
    this.terms.mark(EVERY);
    this.noteText('event', event.id);
    for (const id of event.lineage ?? []) this.noteText('event', id);
    for (const { id, name } of event.entities) {
      this.noteText('entity', id);
      this.noteText('entity', slugify(name));
    }
    for (const theme of event.themes) this.noteText('theme', theme);
    this.noteText('kind', event.kind);
    for (const country of event.countries) this.noteText('country', country);
    this.readWords(event);
    this.readMentions(event);
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
      if (phrase !== NO_TERM) this.terms.mark(phrase);
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
    if (term !== NO_TERM) this.terms.mark(term);
    return term;
  }
}
