/** Injection tokens for what is not a class. */
export const VOCABULARY = Symbol('vocabulary');
export const OUTBOUND = Symbol('outbound');
