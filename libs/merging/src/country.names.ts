import { slugify } from '@themeline/contracts';

/** English adjectives of countries, by their endings; a name that ends so is lost, which does no harm. */
export const DEMONYM = /(?:ish|ese|ian|ean|can|nch|rab|eli|sis|iss|utch|reek|zech|ine)$/;

/** Names in use that CLDR no longer gives, or never gave. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  america: 'US',
  britain: 'GB',
  burma: 'MM',
  'czech-republic': 'CZ',
  'east-timor': 'TL',
  'great-britain': 'GB',
  holland: 'NL',
  'ivory-coast': 'CI',
  macedonia: 'MK',
  swaziland: 'SZ',
  'the-netherlands': 'NL',
  turkey: 'TR',
};

let codeById: ReadonlyMap<string, string> | null = null;

/** The country that an entity id names, by the names of the runtime's own CLDR data and some others; null for what is no country. `countryNamed('south-korea')` → 'KR' */
export function countryNamed(entityId: string): string | null {
  codeById ??= readCountries();
  return codeById.get(entityId) ?? null;
}

function readCountries(): ReadonlyMap<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => `${first}${second}`));
  const names = new Map(Object.entries(OTHER_NAMES));
  for (const style of ['long', 'short'] as const) {
    const display = new Intl.DisplayNames('en', { type: 'region', style, fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined && !names.has(slugify(name))) names.set(slugify(name), code);
    }
  }
  return names;
}
