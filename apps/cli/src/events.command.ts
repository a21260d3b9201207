import { answerOf, itemsOf, type Schemas } from '@themeline/client';
import type { Connection } from './connection';
import { EXIT } from './exit.codes';
import { type Output, print } from './output';

export interface EventOptions {
  kind: string[];
  theme: string[];
  entity: string[];
  country: string[];
  from?: string;
  to?: string;
  q?: string;
  limit: number;
}

/** The newest events that pass the filters, one to a line. */
export async function listEvents({ client }: Connection, output: Output, options: EventOptions): Promise<number> {
  const { limit, kind, theme, entity, country, from, to, q } = options;
  const some = (values: string[]): string[] | undefined => (values.length === 0 ? undefined : values);
  const filters = {
    kind: some(kind),
    theme: some(theme),
    entity: some(entity),
    country: some(country),
    from,
    to,
    q,
    undated: from === undefined && to === undefined ? 'include' : undefined,
    sort: '-date',
    limit: String(Math.min(limit, 200)),
  };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  let left = limit;
  const page = (cursor: string | undefined) =>
    answerOf(
      client.GET('/v1/events', { params: { query: { ...given, ...(cursor === undefined ? {} : { cursor }) } } }),
    );
  for await (const event of itemsOf(page)) {
    print(output, event, showEvent);
    left -= 1;
    if (left <= 0) break;
  }
  return EXIT.ok;
}

const showEvent = ({ id, date, kind, headline, sourceCount }: Schemas['TimelineEvent']): string =>
  [date.display, kind, headline, `${String(sourceCount)} source${sourceCount === 1 ? '' : 's'}`, id].join(' | ');
