export { type AmountRelation, compareAmounts } from './amount.comparison';
export { candidateKeys, isCommonKey, keysOf } from './candidate.keys';
export { type ClaimFeatures, featuresOf, type KindFamily, mergeWindow } from './claim.features';
export { buildEvent, type EventFields, eventReportOf, SHOWN_REPORTS, type ShownReport } from './event.builder';
export { chooseEvent, type EventChoice, type EventProfile, ruleOut } from './event.choice';
export { developmentsOf } from './event.developments';
export { type Constraints, NO_CONSTRAINTS, rebuild, SCORED_CLAIMS } from './event.rebuild';
export {
  explainScore,
  MERGE_AT,
  type MergeScore,
  scoreFeatures,
  type ScorePart,
  scoreReports,
  scoreReportToEvent,
} from './pair.score';
export { contentStems, foldedWords, isEmptyWord } from './title.words';
export { independentSources, isCopy, sketchOf } from './text.sketch';
