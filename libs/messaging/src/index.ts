export { Backpressure } from './backpressure.service';
export {
  type BatchHandler,
  type BatchWork,
  Consume,
  type ConsumeContext,
  type Incoming,
} from './consume.decorator';
export { type Death, DeadLetters, type Replayer } from './dead-letters.service';
export { HandlerMismatch, JetStreamStrategy } from './jetstream.strategy';
export { messagingCollections } from './messaging.collections';
export { MessagingModule } from './messaging.module';
export { type OutboxMessage } from './outbox.repository';
export { Outbox } from './outbox.service';
export { done, type Outcome, reject, retry, StaleBatch } from './outcome';
export { TopologyDrift } from './topology.service';
