/** Injection token for what is not a class. */
export const VOCABULARY = Symbol('vocabulary');
