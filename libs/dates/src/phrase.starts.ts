import {
  APOSTROPHES,
  CARDINALS,
  DAY_PARTS,
  DECADE_WORDS,
  MONTHS,
  ORDINALS,
  SEASONS,
  UNITS,
  WEEKDAYS,
} from './calendar.lexicon';
import { FEAST_STARTS } from './feast.calendar';
import type { Token } from './phrase.tokens';

const words = (list: string): string[] => list.split(/\s+/);

/** Words of which every phrase has one, if it has no number in digits. */
const CORES: ReadonlySet<string> = new Set([
  ...MONTHS.keys(),
  ...WEEKDAYS.keys(),
  ...[...WEEKDAYS.keys()].map((day) => `${day}s`),
  ...SEASONS.keys(),
  ...UNITS.keys(),
  ...DECADE_WORDS.keys(),
  ...DAY_PARTS,
  ...FEAST_STARTS.keys(),
  ...words(`today tonight yesterday tomorrow tmr tmrw tonite overnight weekend half century centuries millennium date hour hours minute minutes
  hundred thousand fifteen sixteen seventeen eighteen nineteen twenty`),
]);

/** Words that a phrase can begin with. */
const STARTS: ReadonlySet<string> = new Set([
  ...CORES,
  ...CARDINALS.keys(),
  ...ORDINALS.keys(),
  ...words(`the a an couple q h fy fiscal financial calendar early mid midway halfway middle late start beginning outset end close opening closing final latter back turn last this next
  past coming upcoming previous preceding prior following ensuing subsequent same that current exactly in earlier later so rest remainder within eve by until till
  through up no not before after since from starting effective as between about around circa c ca approximately roughly some sometime tax cy ahead greater higher larger less lower smaller`),
]);

const SIGNS: ReadonlySet<string> = new Set('~<>=≤≥');
const CURRENCY: ReadonlySet<string> = new Set('$€£¥₹');
const PAUSES: ReadonlySet<string> = new Set('.,;:)%');

/** How far into a phrase its number or core may stand, in tokens: "no later than about the end of the first week". */
const REACH = 9;

/** "5" and "120", alone or before a comma or stop: a date only together with other words; 2024, 5th, 5/6, Q1 and '90 may be one. */
function isLoose(tokens: readonly Token[], at: number): boolean {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (!token || token.text.length > 3 || (token.glued && !CURRENCY.has(tokens[at - 1]?.text ?? ''))) return false;
  return !after?.glued || (PAUSES.has(after.text) && !(tokens[at + 2]?.glued ?? false));
}

/** At which tokens a phrase may begin: the rules are asked nowhere else. One pass from the end. */
export function phraseStarts(tokens: readonly Token[]): readonly boolean[] {
  const starts = new Array<boolean>(tokens.length).fill(false);
  let core = Infinity;
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (!token || token.kind === 'break') continue;
    if (token.kind === 'number' ? !isLoose(tokens, at) : CORES.has(token.lower)) core = at;
    const opens =
      token.kind === 'number' || STARTS.has(token.lower) || APOSTROPHES.has(token.text) || SIGNS.has(token.text);
    starts[at] = opens && core - at <= REACH;
  }
  return starts;
}
