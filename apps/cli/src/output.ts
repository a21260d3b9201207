import { ApiError } from '@themeline/client';
import { UsageError } from './connection';
import { EXIT } from './exit.codes';

/** Where a command writes: its results to `out`, everything else to `err`. */
export interface Output {
  json: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** One JSON value to a line where `--json` asks for it, else what `show` makes of it. */
export function print<T>(output: Output, value: T, show: (value: T) => string): void {
  output.out(`${output.json ? JSON.stringify(value) : printable(show(value))}\n`);
}

/** Without the characters by which a text could steer a terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');
}

/** Says what went wrong in a line or a few, and answers with the exit code. */
export function explain(error: unknown, output: Output, url: string): number {
  if (error instanceof ApiError) {
    output.err(`themeline: ${printable(error.message)}\n`);
    for (const { path, message } of error.problem.errors ?? []) output.err(`  ${printable(`${path}: ${message}`)}\n`);
    if (error.retryAfter !== null) output.err(`  try again in ${String(error.retryAfter)} s\n`);
    if (error.requestId !== null) output.err(`  request ${printable(error.requestId)}\n`);
    return EXIT.refused;
  }
  if (error instanceof UsageError) {
    output.err(`themeline: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof TypeError && /fetch failed|terminated/.test(error.message)) {
    const cause = error.cause instanceof Error ? error.cause.message : error.message;
    output.err(`themeline: ${url} does not answer (${cause}); is it running? THEMELINE_API names another address\n`);
    return EXIT.unreachable;
  }
  output.err(`themeline: ${error instanceof Error ? error.message : String(error)}\n`);
  return EXIT.refused;
}
