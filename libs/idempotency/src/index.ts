export { idempotencyCollections } from './idempotency.collections';
export { Idempotency, type IdempotentAnswer, idempotencyId, type KeepAnswer } from './idempotency.service';
