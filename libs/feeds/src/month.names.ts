/** Languages whose feeds write months in words; the first that has a word decides what it means. */
const LOCALES = 'en de fr es it pt nl sv da nb fi pl cs hu ro el tr ru uk bg ca eu sk hr sl et lv lt is id'.split(' ');
/** Spellings that feeds use and no locale has. */
const SPELLINGS: Record<string, number> = { sept: 9, ιον: 6, ιολ: 7, februari: 2, majus: 5, maj: 5, mrt: 3, mrz: 3 };
const LEAST_LETTERS = 3;

/** Lower case, without accents and dots: `Ιούλ.` → `ιουλ` */
export function foldedWord(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('.', '')
    .toLowerCase();
}

let names: Map<string, number> | null = null;

/** `Dec`, `décembre`, `Ιούλ`, `július` → 12, 12, 7, 7; null for what is no month. */
export function monthNumber(word: string): number | null {
  names ??= allNames();
  const folded = foldedWord(word);
  const known = names.get(folded);
  if (known !== undefined) return known;
  if (folded.length < LEAST_LETTERS) return null;
  // An abbreviation of a name in one language, or several that mean the same.
  const found = new Set([...names].flatMap(([name, month]) => (name.startsWith(folded) ? [month] : [])));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** From the platform's own locale data: alone (`январь`) and beside a day (`января`), long and short. */
function allNames(): Map<string, number> {
  const found = new Map<string, number>();
  for (const locale of LOCALES) {
    for (const style of ['long', 'short'] as const) {
      for (const beside of [{}, { day: 'numeric' }] as const) {
        const format = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC', ...beside });
        for (let month = 1; month <= 12; month += 1) {
          const parts = format.formatToParts(Date.UTC(2001, month - 1, 15));
          const name = foldedWord(parts.find(({ type }) => type === 'month')?.value ?? '');
          if (/^\p{L}{3,}$/u.test(name) && !found.has(name)) found.set(name, month);
        }
      }
    }
  }
  for (const [spelling, month] of Object.entries(SPELLINGS)) if (!found.has(spelling)) found.set(spelling, month);
  return found;
}
