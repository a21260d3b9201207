export { idempotencyCollections } from './idempotency.collections';
export { Idempotency, type IdempotentAnswer, idempotencyId } from './idempotency.service';
