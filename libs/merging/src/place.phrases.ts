import { slugify } from '@themeline/contracts';
import { countryNamed, DEMONYM } from './country.names';

// "in Porto", "at Duqm", "near Lulea", "in Porto, Portugal": capitals behind a preposition of place.
const LOCATIVE =
  /\b(?:in|at|near|outside|across)\s+(?:the\s+)?((?:\p{Lu}[\p{L}.'’-]+)(?:\s+\p{Lu}[\p{L}.'’-]+)*)(?:,\s+(\p{Lu}[\p{L}.'’-]+(?:\s+\p{Lu}[\p{L}.'’-]+)*))?/gu;
const CALENDAR =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|q[1-4]|h[12])$/;

/** Where a text says that something is: `placesIn('a plant in Porto, Portugal')` → `{places: ['porto', 'portugal'], countries: ['PT']}` */
export function placesIn(text: string): { places: string[]; countries: string[] } {
  const places = new Set<string>();
  for (const [, place, beyond] of text.matchAll(LOCATIVE)) {
    for (const name of [place, beyond]) {
      const id = name === undefined ? '' : slugify(name.replace(/[’']s$/, ''));
      if (id !== '' && !CALENDAR.test(id) && !DEMONYM.test(id)) places.add(id);
    }
  }
  const countries = [...places].flatMap((id) => countryNamed(id) ?? []);
  return { places: [...places].sort(), countries: [...new Set(countries)].sort() };
}
