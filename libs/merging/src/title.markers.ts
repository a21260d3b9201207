/** Letters and digits that tell one of a series from the next: versions, rounds, model numbers; and the plain numbers of a title. */
export interface Markers {
  /** `['v2']`, `['series-a']`, `['2.5']`, `['737-800']` */
  markers: string[];
  /** Counts and percentages that are neither dates nor sums of money: `['48']`, `['30%']` */
  numbers: string[];
}

const ROUND = /\b(?:series|round)[\s-]+([a-k])(?:[\s-]?([1-9]))?\b/gi;
const SEED = /\b(pre-?seed|seed|angel)[\s-]+(?:round|funding|financing|stage)\b/gi;
const STEP = /\b(phase|stage|part|tranche|section|article|no\.|number|docket)[\s-]+(\d+(?:[-–.]\d+)*|[ivx]+)\b/gi;
const MONEY =
  /(?:[$€£¥₩₹]|\b(?:usd|us\$|cny|rmb|eur|gbp|jpy|krw|inr|hk\$|nt\$|a\$|c\$|s\$)\s?)\s?\d[\d,.]*(?:\s?(?:thousand|million|billion|trillion|k|m|mn|bn|b|tn|trn)\b)?|\b\d[\d,.]*[\s-]?(?:thousand|million|billion|trillion|mn|bn|tn|trn|m|b)?[\s-]?(?:yuan|renminbi|rmb|dollars?|euros?|pounds?|yen|won|rupees?|francs?|kronor|kroner|reais|pesos?)\b|\b\d[\d,.]*[\s-]?(?:million|billion|trillion|mn|bn|tn|trn)\b/gi;
const MONTH =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const DATE = new RegExp(
  `\\b\\d{4}-\\d{2}(?:-\\d{2})?\\b|\\b\\d{1,2}(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}\\b|\\b${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?\\b|\\b(?:19|20|21)\\d{2}(?:[-–/]\\d{2,4})?s?\\b|\\b[qh][1-4]\\b|\\b\\d+(?:st|nd|rd|th)\\b`,
  'gi',
);
// A letter and a digit in one token, dots and hyphens inside: V3, GPT-4o, Qwen2.5-Max, 737-800.
const TOKEN = /[\p{L}\p{Nd}]+(?:[.\-–/][\p{L}\p{Nd}]+)*%?/gu;

/** `readMarkers('Acme releases V2 of Rocket 3.5 to 48 cities for $8 billion', [])` → `{markers: ['3.5', 'v2'], numbers: ['48']}`; `names` are left out of it. */
export function readMarkers(title: string, names: readonly string[]): Markers {
  const markers = new Set<string>();
  const numbers = new Set<string>();
  let text = title.normalize('NFKC');
  for (const name of names) if (/\d/.test(name)) text = text.split(name).join(' ');
  text = text.replace(MONEY, ' ').replace(DATE, ' ');
  text = text.replace(ROUND, (_, letter: string, extra: string | undefined) => {
    markers.add(`series-${letter.toLowerCase()}${extra ?? ''}`);
    return ' ';
  });
  text = text.replace(SEED, (_, round: string) => {
    markers.add(`series-${round.toLowerCase().replace('-', '')}`);
    return ' ';
  });
  text = text.replace(STEP, (_, word: string, number: string) => {
    markers.add(`${word.toLowerCase().replace('.', '')}-${number.toLowerCase()}`);
    return ' ';
  });
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (/\d/.test(token)) readToken(token, previous, markers, numbers);
    previous = token;
  }
  return { markers: [...markers].sort(), numbers: [...numbers].sort() };
}

function readToken(token: string, previous: string, markers: Set<string>, numbers: Set<string>): void {
  const lower = token.toLowerCase().replace(/–/g, '-');
  const plain = /^(\d+(?:\.\d+)?)(%)?$/.exec(lower);
  if (plain) {
    const [, value = '', percent] = plain;
    // "Rocket 3", "Rocket 3.5": the number belongs to the name before it.
    if (percent === undefined && /^\p{Lu}/u.test(previous) && value.length <= 4) markers.add(value);
    else numbers.add(`${value}${percent ?? ''}`);
    return;
  }
  // "48-hour", "12-member": a count, not a name.
  const count = /^(\d+)-\p{L}{3,}/u.exec(lower);
  if (count?.[1] !== undefined) {
    numbers.add(count[1]);
    return;
  }
  // "Qwen2.5-Max" and "Qwen 2.5 Max" must agree: a long name is cut off its number, a short one ("V3", "R1") belongs to it.
  const named = /^\p{L}{3,}-?(\d[\p{L}\p{Nd}.]*)/u.exec(lower);
  markers.add(named?.[1] ?? lower);
}
