import { applyDecorators, ArgumentsHost, Catch, RpcExceptionFilter, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload as PayloadOf } from '@nestjs/microservices';
import type { Durable, Payload, Subject, SubjectOf } from '@themeline/contracts';
import type { ClientSession } from '@themeline/persistence';
import { Observable, throwError } from 'rxjs';
import type { Outcome } from './outcome';

/** One message, decoded. */
export type Incoming<S extends Subject> = S extends Subject
  ? {
      messageId: string;
      subject: S;
      payload: Payload<S>;
      correlationId: string;
      /** How often the broker has handed it out, this time included. */
      deliveries: number;
    }
  : never;

export interface ConsumeContext {
  durable: Durable;
  /** Which shard of a sharded durable; null for others. */
  shard: number | null;
  /** A run of the same messages before this one met what somebody else had written, and left nothing. */
  again: boolean;
}

/** What a handler has decided to do with a batch. */
export interface BatchWork {
  /**
   * Writes the effect with the session and answers one outcome per message (nothing: all done). The inbox rows are written in the
   * same transaction. May run several times; MongoDB operations only.
   */
  commit(session: ClientSession): Promise<Outcome[] | void>;
  /** Called once after the transaction is committed. */
  committed?(): void;
}

/** Null: nothing to write and nothing to remember, for seeing the messages again would come to the same. */
export type BatchHandler<D extends Durable> = (
  messages: Incoming<SubjectOf<D>>[],
  context: ConsumeContext,
) => Promise<BatchWork | null>;

/** Nest would replace an unknown error by "Internal server error"; the consumer needs the real one to decide what to do. */
@Catch()
export class PassErrorsThrough implements RpcExceptionFilter<unknown> {
  catch(error: unknown, _host: ArgumentsHost): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Makes a controller's method the handler of a durable. It reads and decides; what it returns is written in one transaction.
 *
 * @Consume('timeline-reports')
 * async merge(messages: Incoming<SubjectOf<'timeline-reports'>>[]): Promise<BatchWork> { … }
 */
export function Consume<D extends Durable>(durable: D) {
  return <H extends BatchHandler<D>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    applyDecorators(EventPattern(durable), UseFilters(PassErrorsThrough))(target, key, descriptor);
    // Without these Nest hands over the payload alone.
    PayloadOf()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
