/** The words by which a text names a country: what decides its fiscal year and its holidays. */
const NAMES = {
  argentina: 'argentina argentine',
  australia: 'australia australian australians canberra sydney melbourne brisbane perth adelaide',
  bahrain: 'bahrain bahraini manama',
  bangladesh: 'bangladesh bangladeshi dhaka',
  brazil: 'brazil brazilian brasilia brasília',
  canada: 'canada canadian canadians ottawa toronto montreal vancouver',
  chile: 'chile chilean',
  china: `china chinese beijing shanghai shenzhen hangzhou guangzhou chengdu wuhan nanjing suzhou tianjin chongqing hefei dongguan ningbo qingdao xiamen changsha
    zhengzhou guangdong zhejiang jiangsu sichuan yuan renminbi`,
  colombia: 'colombia colombian bogota bogotá',
  egypt: 'egypt egyptian cairo',
  france: 'france french paris',
  germany: 'germany german germans berlin munich frankfurt hamburg cologne stuttgart dresden bundestag bundesrat',
  hongkong: 'hongkong hongkongers',
  india: `india indian indians delhi mumbai bengaluru bangalore hyderabad chennai kolkata pune ahmedabad gujarat karnataka maharashtra rupee rupees crore lakh
    rbi sebi isro`,
  indonesia: 'indonesia indonesian jakarta',
  iran: 'iran iranian tehran',
  israel: 'israel israeli israelis jerusalem',
  italy: 'italy italian rome milan',
  japan: 'japan japanese tokyo osaka kyoto yokohama nagoya fukuoka nikkei yen',
  kenya: 'kenya kenyan nairobi',
  korea: 'korea korean koreans seoul busan',
  kuwait: 'kuwait kuwaiti',
  malaysia: 'malaysia malaysian',
  mexico: 'mexico mexican',
  morocco: 'morocco moroccan rabat',
  netherlands: 'netherlands dutch amsterdam',
  newzealand: 'auckland',
  nigeria: 'nigeria nigerian lagos abuja',
  oman: 'oman omani muscat',
  pakistan: 'pakistan pakistani islamabad karachi',
  philippines: 'philippines philippine filipino manila',
  poland: 'poland polish warsaw',
  qatar: 'qatar qatari doha',
  russia: 'russia russian moscow',
  saudi: 'saudi riyadh jeddah',
  singapore: 'singapore singaporean',
  southafrica: 'johannesburg pretoria',
  spain: 'spain spanish madrid',
  srilanka: 'colombo',
  sweden: 'sweden swedish stockholm',
  switzerland: 'switzerland swiss zurich',
  taiwan: 'taiwan taiwanese taipei hsinchu',
  thailand: 'thailand thai bangkok',
  turkey: 'turkey turkish ankara istanbul turkiye türkiye',
  uae: 'uae emirates emirati dubai',
  uk: 'uk britain british london england scotland wales manchester edinburgh',
  ukraine: 'ukraine ukrainian kyiv',
  us: 'usa america american washington',
  vietnam: 'vietnam vietnamese hanoi',
} as const;

export type Country = keyof typeof NAMES;

/** One word → country, in lower case. */
export const COUNTRY_WORDS: ReadonlyMap<string, Country> = new Map(
  (Object.keys(NAMES) as Country[]).flatMap((country) =>
    NAMES[country].split(/\s+/).map((word): [string, Country] => [word, country]),
  ),
);

export const COUNTRY_PAIRS: ReadonlyMap<string, Country> = new Map<string, Country>([
  ['hong kong', 'hongkong'],
  ['new zealand', 'newzealand'],
  ['south africa', 'southafrica'],
  ['south african', 'southafrica'],
  ['new york', 'us'],
  ['san francisco', 'us'],
  ['sri lanka', 'srilanka'],
  ['tel aviv', 'israel'],
  ['abu dhabi', 'uae'],
]);

/** Two-letter codes of ISO 3166-1, as locales carry them. */
const CODES: ReadonlyMap<string, Country> = new Map<string, Country>([
  ['au', 'australia'],
  ['ca', 'canada'],
  ['cn', 'china'],
  ['de', 'germany'],
  ['fr', 'france'],
  ['gb', 'uk'],
  ['hk', 'hongkong'],
  ['id', 'indonesia'],
  ['il', 'israel'],
  ['in', 'india'],
  ['jp', 'japan'],
  ['ke', 'kenya'],
  ['kr', 'korea'],
  ['my', 'malaysia'],
  ['ng', 'nigeria'],
  ['nz', 'newzealand'],
  ['ph', 'philippines'],
  ['pk', 'pakistan'],
  ['ae', 'uae'],
  ['sa', 'saudi'],
  ['sg', 'singapore'],
  ['tr', 'turkey'],
  ['tw', 'taiwan'],
  ['za', 'southafrica'],
]);

/** 'en-IN' → india; null for 'en' and for the default of a text of unknown origin, 'en-US'. */
export function countryOfLocale(locale: string): Country | null {
  return CODES.get(/[-_]([a-z]{2})\b/i.exec(locale)?.[1]?.toLowerCase() ?? '') ?? null;
}
