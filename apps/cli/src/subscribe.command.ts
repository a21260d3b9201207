import { answerOf } from '@themeline/client';
import type { Connection } from './connection';
import { EXIT } from './exit.codes';
import { type Output, print } from './output';

export interface SubscribeOptions {
  webhook: string;
  name?: string;
  kind: string[];
  theme: string[];
  entity: string[];
  country: string[];
}

/** Subscribes a webhook; its secret is shown once. */
export async function subscribe({ client }: Connection, output: Output, options: SubscribeOptions): Promise<number> {
  const { webhook, name, kind, theme, entity, country } = options;
  const made = await answerOf(
    client.POST('/v1/subscriptions', {
      body: {
        name: name ?? 'from the command line',
        match: { kinds: kind, themes: theme, entities: entity, countries: country },
        channels: [{ type: 'webhook', url: webhook }],
      },
    }),
  );
  print(output, made, ({ id, channels }) => {
    const [channel] = channels;
    const secret = channel !== undefined && 'secret' in channel ? String(channel.secret) : '';
    return `${id} is active; the secret to verify its messages with, shown this once: ${secret}`;
  });
  return EXIT.ok;
}
