import type { FastifyRequest } from 'fastify';

/** Where the API is seen from outside, as the gateway says it: `https://timeline.example.org` */
export function originOf({ headers, protocol, host }: Pick<FastifyRequest, 'headers' | 'protocol' | 'host'>): string {
  const given = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return `${given('x-forwarded-proto') ?? protocol}://${given('x-forwarded-host') ?? host}`;
}
