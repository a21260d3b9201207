import type { Amount, Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily, saidBy } from './claim.features';
import { countryNamed } from './country.names';
import { isSpecific } from './pair.parties';

/**
 * The keys under which a report looks for events and an event is found; sorted. Any two reports that the score could merge share one:
 * - whoever is no place and no authority or is named by the evidence, in whatever kind, and in the family of kinds for reports whose headline names it;
 * - a place or authority that takes part, or the country of a report in which nobody else does, with a telling word or, in whatever kind, the
 *   size of the sum: much happens to a country, little of it to its ferries;
 * - for reports in which nobody but places takes part, a telling word of the title or the size of the sum alone; a name of its headline, but of no country;
 * - an address that is one's own and the other's citation.
 *
 * `['acme', 'rules|acme', 'rules|norland|ferry', 'url|daily.example/1']`
 */
export function candidateKeys(report: Report, kindFamily: KindFamily): string[] {
  return keysOf(featuresOf(report, kindFamily));
}

/** {@link candidateKeys} of features that were read before. */
export function keysOf(features: ClaimFeatures): string[] {
  const { family, parties, mentions, named, anchors, titleAnchors, countries, firm } = features;
  const specific = parties.filter(isSpecific).map(({ id }) => id);
  const official = parties.filter((party) => !isSpecific(party)).map(({ id }) => id);
  const sizes = sizesOf(features.amount);
  const scopes = [...official, ...(firm ? [] : countries.map((country) => `country:${country}`))];
  return [
    ...new Set([
      ...specific,
      ...mentions.filter(isSpecific).map(({ id }) => id),
      ...saidBy(features),
      ...[...specific, ...named.filter((name) => countryNamed(name) === null)].map((name) => `${family}|${name}`),
      ...scopes.flatMap((scope) => anchors.map((what) => `${family}|${scope}|${what}`)),
      ...scopes.flatMap((scope) => sizes.map((what) => `${scope}|${what}`)),
      ...(firm ? [] : [...titleAnchors, ...sizes].map((what) => `${family}|*|${what}`)),
      ...[...(features.url === null ? [] : [features.url]), ...features.cites].map((url) => `url|${url}`),
    ]),
  ].sort();
}

/** So many events of one place and family make a word that tells nothing: "notice", of the rules of a country. */
const COMMON_WORD_EVENTS = 300;
/** What is looked for in a family and a place, or in a family alone, is the third part of a key: `rules|country:US|notice`, `rules|*|notice`. */
const WORD_KEY = /^[^|]+\|[^|]+\|/;

/**
 * Whether too many events were made under a key for it to tie any two of them: a word, or a sum of nobody's. Never so for a key of a name, an address,
 * or a sum of a place. Reports do not look for events under it, or the cost of each would grow with the timeline; those that have nothing else in
 * common do not merge.
 */
export const isCommonKey = (key: string, events: number): boolean => events > COMMON_WORD_EVENTS && WORD_KEY.test(key);

/** Each step is a quarter more than the one before: sums that are the same lie at most one step apart. */
const STEP = Math.log(1.25);

/** Two neighbouring steps of the sum, in dollars and in its own currency: two sums that are the same share one. */
function sizesOf(amount: Amount | null): string[] {
  if (amount === null) return [];
  const steps = (value: number | null, unit: string): string[] => {
    if (value === null) return [];
    const step = value <= 0 ? 0 : Math.floor(Math.log(value) / STEP);
    return [step, step + 1].map((at) => `sum:${unit}${String(at)}`);
  };
  return [...steps(amount.usd, ''), ...steps(amount.value, amount.currency)];
}
