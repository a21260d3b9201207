import { ApiError } from '@themeline/client';
import { createParser } from 'eventsource-parser';
import { setTimeout } from 'node:timers/promises';
import type { Connection } from './connection';
import { EXIT } from './exit.codes';
import { type Output, printable } from './output';

const MAX_WAIT_MS = 30_000;

/** Follows the stream of developments until it is interrupted, and resumes after a break where it was. */
export async function tail({ url, key }: Connection, output: Output, query: URLSearchParams): Promise<number> {
  let last: string | undefined;
  let wait = 1_000;
  for (;;) {
    const answer = await fetch(`${url.replace(/\/+$/, '')}/v1/stream?${query.toString()}`, {
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'text/event-stream',
        ...(last === undefined ? {} : { 'last-event-id': last }),
      },
    });
    if (answer.status === 404) {
      output.err('themeline: this server has no stream of developments (/v1/stream) yet\n');
      return EXIT.refused;
    }
    if (!answer.ok || answer.body === null) {
      const problem = (await answer.json()) as ApiError['problem'];
      throw new ApiError(answer.status, problem, answer.headers.get('x-request-id'), null);
    }
    const parser = createParser({
      onEvent: ({ id, data }) => {
        last = id ?? last;
        wait = 1_000;
        output.out(`${output.json ? data : printable(showEvent(data))}\n`);
      },
      onRetry: (ms) => {
        wait = Math.min(ms, MAX_WAIT_MS);
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body) parser.feed(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      output.err(`themeline: the stream broke off (${(error as Error).message})\n`);
    }
    await setTimeout(wait);
    wait = Math.min(wait * 2, MAX_WAIT_MS);
  }
}

/** `recorded | 24 February 2025 | Ostrava Labs buys Pinewood Robotics` */
function showEvent(data: string): string {
  const told = JSON.parse(data) as { developments?: string[]; event?: { headline: string; date: { display: string } } };
  const { developments = [], event } = told;
  return event === undefined ? data : [developments.join(', '), event.date.display, event.headline].join(' | ');
}
