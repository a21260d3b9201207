import type { ServerResponse } from 'node:http';
import { type Received, WebhookReceiver } from '../support/webhook-receiver';

/** How a receiver answers. */
export const MOODS = ['well', 'hangs', 'resets', 'answers 500', 'answers 429', 'answers without end'] as const;
export type Mood = (typeof MOODS)[number];

/** One call of a webhook. */
export interface Call extends Received {
  mood: Mood;
}

/** Receivers that can be ill; what they are called with is kept however they answer. */
export class Receivers extends WebhookReceiver {
  readonly calls: Call[] = [];
  private readonly ill = new Map<string, Mood>();

  /** From now on. */
  feel(path: string, mood: Mood): void {
    this.ill.set(path, mood);
  }

  protected override take(message: Received, _status: number, response: ServerResponse): void {
    const mood = this.ill.get(message.path) ?? 'well';
    this.calls.push({ ...message, mood });
    answer(mood, response);
  }
}

function answer(mood: Mood, response: ServerResponse): void {
  switch (mood) {
    case 'well':
      response.writeHead(204).end();
      return;
    case 'hangs':
      return;
    case 'resets':
      response.socket?.resetAndDestroy();
      return;
    case 'answers 500':
      response.writeHead(500).end('not now');
      return;
    case 'answers 429':
      response.writeHead(429, { 'retry-after': '1' }).end();
      return;
    case 'answers without end': {
      response.writeHead(500, { 'content-type': 'text/plain' });
      const piece = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(piece));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return;
    }
  }
}
