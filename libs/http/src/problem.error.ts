import { HttpException } from '@nestjs/common';
import { type Problem, slugify } from '@themeline/contracts';
import { isUnavailable } from '@themeline/persistence';
import { STATUS_CODES } from 'node:http';
import { StrictJsonError } from './strict.json';

export interface FieldError {
  path: string;
  message: string;
}

/** An expected failure with its HTTP answer. `new ProblemError(409, 'Conflict', "there is a theme 'chips' already")` */
export class ProblemError extends Error {
  readonly code = 'problem';

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors?: FieldError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
  }
}

const titled = (status: number): string => STATUS_CODES[status] ?? 'Error';

/** 404. `notFound("no such theme: 'chips'")` */
export const notFound = (detail: string): ProblemError => new ProblemError(404, titled(404), detail);

/** 400, with the fields at fault. */
export const badRequest = (detail: string, errors?: FieldError[]): ProblemError =>
  new ProblemError(400, titled(400), detail, errors);

/** 409 */
export const conflict = (detail: string, errors?: FieldError[]): ProblemError =>
  new ProblemError(409, titled(409), detail, errors);

/** 413; the connection is closed, because the rest of the body will not be read. */
export const tooLarge = (detail: string): ProblemError =>
  new ProblemError(413, titled(413), detail, undefined, { connection: 'close' });

/** 503 with `Retry-After` in whole seconds. */
export const unavailable = (detail: string, retryAfterSeconds: number): ProblemError =>
  new ProblemError(503, titled(503), detail, undefined, {
    'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))),
  });

/**
 * What any thrown value answers with. Only expected failures say why; everything else is a 500 whose words go to the log.
 * `type` is a stable name for programs: `urn:themeline:problem:not-found`.
 */
export function toProblem(error: unknown): { problem: Problem; headers: Record<string, string> } {
  const known = recognise(error);
  return {
    problem: {
      type: `urn:themeline:problem:${slugify(known.title)}`,
      title: known.title,
      status: known.status,
      detail: known.detail,
      ...(known.errors === undefined || known.errors.length === 0 ? {} : { errors: known.errors }),
    },
    headers: { ...known.headers },
  };
}

function recognise(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof StrictJsonError) {
    const where = error.path === '' ? 'the body' : `'${error.path}'`;
    return badRequest(`${where} ${error.message}`, [{ path: error.path, message: error.message }]);
  }
  if (error instanceof HttpException) return plain(error.getStatus(), messageOf(error));
  if (isUnavailable(error)) return unavailable('the database cannot be reached', 1);
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  if (error instanceof Error && typeof statusCode === 'number' && String(code).startsWith('FST_')) {
    return plain(statusCode, error.message);
  }
  return plain(500, '');
}

function plain(status: number, message: string): ProblemError {
  if (status >= 500 && status !== 503) {
    return new ProblemError(status, titled(status), 'something went wrong here; the log has it under the x-request-id');
  }
  if (status === 413) return tooLarge(message);
  return new ProblemError(status, titled(status), message);
}

/** Nest puts its message, or a list of them, into the response. */
function messageOf(error: HttpException): string {
  const response = error.getResponse();
  const message: unknown = typeof response === 'string' ? response : (response as { message?: unknown }).message;
  return Array.isArray(message) ? message.join('; ') : String(message ?? error.message);
}
