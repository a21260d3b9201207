export type { MatchableEvent } from './event.facts';
export { wordsOf } from './folded.words';
export { explainMatch, matchesEvent } from './match.verifier';
export { SubscriptionIndex, type IndexedSubscription } from './subscription.index';
