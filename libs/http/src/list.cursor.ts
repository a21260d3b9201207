import type { ZodType } from 'zod';
import { badRequest } from './problem.error';

const MAX_CURSOR_LENGTH = 4_096;

/** An opaque place in a list: base64url of JSON. `encodeCursor({ after: 'evt_1' })` → `eyJhZnRlciI6ImV2dF8xIn0` */
export function encodeCursor(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** @throws ProblemError 400 naming `cursor` when it is not one that this list gave out */
export function decodeCursor<T>(cursor: string, schema: ZodType<T>): T {
  const decoded = schema.safeParse(readJson(cursor));
  if (decoded.success) return decoded.data;
  const message = 'is not one that this list gave out';
  throw badRequest(`the query parameter 'cursor' ${message}`, [{ path: 'cursor', message }]);
}

function readJson(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
