import type { Scan } from './phrase.scan';

/** The words by which a text names a country: what decides its fiscal year and its holidays. */
const NAMES = {
  australia: 'australia australian canberra sydney melbourne',
  bahrain: 'bahrain bahraini manama',
  bangladesh: 'bangladesh bangladeshi dhaka',
  brazil: 'brazil brazilian brasilia',
  canada: 'canada canadian ottawa toronto',
  china: 'china chinese beijing shanghai shenzhen',
  egypt: 'egypt egyptian cairo',
  france: 'france french paris',
  germany: 'germany german berlin munich frankfurt',
  hongkong: 'hongkong',
  india: 'india indian delhi mumbai bengaluru bangalore hyderabad chennai rupee rupees crore lakh',
  indonesia: 'indonesia indonesian jakarta',
  italy: 'italy italian rome milan',
  japan: 'japan japanese tokyo osaka nikkei',
  kenya: 'kenya kenyan nairobi',
  korea: 'korea korean seoul',
  kuwait: 'kuwait kuwaiti',
  mexico: 'mexico mexican',
  oman: 'oman omani muscat',
  pakistan: 'pakistan pakistani islamabad karachi',
  qatar: 'qatar qatari doha',
  russia: 'russia russian moscow',
  saudi: 'saudi riyadh',
  singapore: 'singapore singaporean',
  spain: 'spain spanish madrid',
  taiwan: 'taiwan taiwanese taipei',
  thailand: 'thailand thai bangkok',
  turkey: 'turkey turkish ankara istanbul turkiye',
  uae: 'uae emirates emirati dubai',
  uk: 'uk britain british london england scotland',
  ukraine: 'ukraine ukrainian kyiv',
  us: 'usa america american washington',
  vietnam: 'vietnam vietnamese hanoi',
} as const;

export type Country = keyof typeof NAMES;

const WORDS: ReadonlyMap<string, Country> = new Map(
  (Object.keys(NAMES) as Country[]).flatMap((country) =>
    NAMES[country].split(' ').map((word): [string, Country] => [word, country]),
  ),
);

/** Two-letter codes of ISO 3166-1, as locales carry them. */
const CODES: ReadonlyMap<string, Country> = new Map<string, Country>([
  ['au', 'australia'],
  ['ca', 'canada'],
  ['cn', 'china'],
  ['de', 'germany'],
  ['fr', 'france'],
  ['gb', 'uk'],
  ['in', 'india'],
  ['jp', 'japan'],
  ['kr', 'korea'],
  ['ae', 'uae'],
  ['sa', 'saudi'],
  ['sg', 'singapore'],
]);

/** How far from the phrase a country is looked for, in tokens. */
const REACH = 60;

/** The country that the text names nearest to the token, null where it names none. */
export function countryNear(scan: Scan, at: number): Country | null {
  for (let distance = 1; distance <= REACH; distance += 1) {
    const country = countryAt(scan, at - distance) ?? countryAt(scan, at + distance);
    if (country) return country;
  }
  return null;
}

function countryAt(scan: Scan, at: number): Country | null {
  const token = scan.token(at);
  if (token?.kind !== 'word') return null;
  if (token.lower === 'us') return token.text === 'US' ? 'us' : null;
  if (token.lower === 'u') return scan.is(at + 2, 's') ? 'us' : scan.is(at + 2, 'k') ? 'uk' : null;
  return WORDS.get(token.lower) ?? null;
}

/** 'en-IN' → india; null for 'en' and for the default of a text of unknown origin, 'en-US'. */
export function countryOfLocale(locale: string): Country | null {
  return CODES.get(/[-_]([a-z]{2})\b/i.exec(locale)?.[1]?.toLowerCase() ?? '') ?? null;
}
