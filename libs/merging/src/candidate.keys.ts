import type { Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily } from './claim.features';
import { isSpecific } from './pair.parties';

/**
 * The keys under which a report looks for events and an event is found; sorted. Any two reports that the score could merge share
 * one: whoever is no place and no authority, in whatever kind; a place or authority that takes part in one family of kinds; for
 * reports in which nobody but places takes part, a country or a word of the headline; an address that
 * is one's own and the other's citation. `['acme', 'fund-launch|acme', 'fund-launch|country:CN']`
 */
export function candidateKeys(report: Report, kindFamily: KindFamily): string[] {
  return keysOf(featuresOf(report, kindFamily));
}

/** {@link candidateKeys} of features that were read before. */
export function keysOf(features: ClaimFeatures): string[] {
  const everywhere = [...features.parties, ...features.mentions].filter(isSpecific).map(({ id }) => id);
  const inFamily = [
    ...features.parties.map((party) => party.id),
    ...features.named,
    ...(features.firm ? [] : features.countries.map((country) => `country:${country}`)),
  ].map((name) => `${features.family}|${name}`);
  const addresses = [...(features.url === null ? [] : [features.url]), ...features.cites].map((url) => `url|${url}`);
  return [...new Set([...everywhere, ...inFamily, ...addresses])].sort();
}
