import type { Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily } from './claim.features';

/**
 * The keys under which a report looks for events and an event is found; sorted. Any two reports that the score could merge share
 * one: a party of both in one family of kinds; for reports without any party but places, a country; for reports without any, a word.
 * `['fund-launch|china', 'fund-launch|country:CN']`
 */
export function candidateKeys(report: Report, kindFamily: KindFamily): string[] {
  return keysOf(featuresOf(report, kindFamily));
}

/** {@link candidateKeys} of features that were read before. */
export function keysOf(features: ClaimFeatures): string[] {
  const names = [
    ...features.parties.map((party) => party.id),
    ...features.named,
    ...(onlyPlaces(features) ? features.countries.map((country) => `country:${country}`) : []),
  ];
  return [...new Set(names.map((name) => `${features.family}|${name}`))].sort();
}

/** Nobody but countries and cities takes part, or nobody at all. */
export function onlyPlaces(features: ClaimFeatures): boolean {
  return features.parties.every((party) => party.type === 'place');
}
