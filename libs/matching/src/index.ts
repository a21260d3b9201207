export type { MatchableEvent } from './event.facts';
export { wordsOf } from './folded.words';
export { type Momentum, momentumOf, USUAL_WEEKS } from './theme.momentum';
export { explainTheme } from './theme.reasons';
export { GradualMap } from './gradual.map';
export { explainMatch, matchesEvent, queryWordsOf } from './match.verifier';
export { SubscriptionIndex, type IndexedSubscription } from './subscription.index';
