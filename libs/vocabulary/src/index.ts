export { fold, singular, type VerbForm } from './morphology.rules';
export { type TermSet } from './term.compiler';
export {
  ANY_VERB,
  compileWeights,
  loadVocabulary,
  VocabularyError,
  type Country,
  type Currency,
  type Kind,
  type KindCue,
  type KindRule,
  type KindWeight,
  type KnownEntity,
  type NameEntry,
  type NounRule,
  type VerbRule,
  type Vocabulary,
} from './vocabulary.loader';
