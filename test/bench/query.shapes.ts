import { COUNTRY_CODES, entityIdAt, KIND_IDS, skewed, THEME_IDS, wordAt, WORDS, ENTITIES } from './query.data';

/** The parameters of a call, the same for the same number of the call. */
export interface Shape {
  name: string;
  /** `samples`: headlines of events that there are. */
  params: (samples: readonly string[], n: number) => Record<string, string>;
}

const month = (n: number): { from: string; to: string } => {
  const at = `${String(2016 + (n % 10))}-${String((n % 12) + 1).padStart(2, '0')}`;
  return { from: `${at}-01`, to: `${at}-28` };
};
const kind = (): string => KIND_IDS[skewed(KIND_IDS.length)] ?? '';
const theme = (): string => THEME_IDS[skewed(THEME_IDS.length)] ?? '';
const country = (): string => COUNTRY_CODES[skewed(COUNTRY_CODES.length)] ?? '';
const entity = (): string => entityIdAt(skewed(ENTITIES));
const word = (): string => wordAt(skewed(WORDS));
const wordsOf = (samples: readonly string[], n: number, count: number): string[] =>
  (samples[n % samples.length] ?? '').split(' ').slice(0, count);

export const LISTS: readonly Shape[] = [
  { name: 'the newest', params: () => ({}) },
  { name: 'by date', params: () => ({ sort: '-date' }) },
  { name: 'a kind', params: () => ({ kind: kind() }) },
  { name: 'an entity, by date', params: () => ({ entity: entity(), sort: '-date' }) },
  { name: 'a theme and a kind', params: () => ({ theme: theme(), kind: kind() }) },
  {
    name: 'theme, country, status, by date',
    params: () => ({ theme: theme(), country: country(), status: 'planned', sort: 'date' }),
  },
  { name: 'an entity in a month', params: (_, n) => ({ entity: entity(), ...month(n) }) },
  { name: 'possibly in a month, by date', params: (_, n) => ({ ...month(n), sort: 'date' }) },
  { name: 'certainly in a month', params: (_, n) => ({ ...month(n), dateMatch: 'certain' }) },
  { name: 'a word', params: () => ({ q: word() }) },
  {
    name: 'two words, by relevance',
    params: (samples, n) => ({ q: wordsOf(samples, n, 2).join(' '), sort: 'relevance' }),
  },
  { name: 'a phrase', params: (samples, n) => ({ q: `"${wordsOf(samples, n, 3).join(' ')}"` }) },
  { name: 'a prefix and a kind', params: () => ({ q: `${word().slice(0, 5)}*`, kind: kind() }) },
  { name: 'important ones of a theme', params: () => ({ theme: theme(), minImportance: '80', sort: 'importance' }) },
  { name: 'large amounts, by date', params: () => ({ minAmountUsd: '1000000000', sort: '-date' }) },
];

export const COUNTS: readonly (Shape & { path: string })[] = [
  { name: 'facets of all', path: '/v1/facets', params: () => ({ facets: 'kind,theme,entity,country,status' }) },
  {
    name: 'facets of a kind',
    path: '/v1/facets',
    params: () => ({ facets: 'theme,entity,country,status', kind: kind() }),
  },
  {
    name: 'facets of an entity',
    path: '/v1/facets',
    params: () => ({ facets: 'kind,theme,country,status', entity: entity() }),
  },
  { name: 'months of all', path: '/v1/histogram', params: () => ({ interval: 'month' }) },
  { name: 'months of a theme', path: '/v1/histogram', params: () => ({ interval: 'month', theme: theme() }) },
  { name: 'months by kind', path: '/v1/histogram', params: () => ({ interval: 'month', by: 'kind' }) },
  { name: 'weeks of a country', path: '/v1/histogram', params: () => ({ interval: 'week', country: country() }) },
  { name: 'years of an entity', path: '/v1/histogram', params: () => ({ interval: 'year', entity: entity() }) },
];
