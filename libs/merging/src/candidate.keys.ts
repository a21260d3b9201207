import type { Report } from '@themeline/contracts';
import { type ClaimFeatures, featuresOf, type KindFamily } from './claim.features';

/**
 * The keys under which a report looks for events and an event is found; sorted. Any two reports that the score could merge share
 * one: a party of both in one family of kinds; for reports in which nobody but places takes part, a country or a word of the headline.
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
    ...(features.firm ? [] : features.countries.map((country) => `country:${country}`)),
  ];
  return [...new Set(names.map((name) => `${features.family}|${name}`))].sort();
}
