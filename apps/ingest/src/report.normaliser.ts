import {
  deriveId,
  EntityRef,
  EventDate,
  Evidence,
  Rejection,
  Report,
  ReportIn,
  slugify,
  SourceRef,
  UNDATED,
} from '@themeline/contracts';
import { parseEdtf, resolvePhrase } from '@themeline/dates';
import { Vocabulary } from '@themeline/vocabulary';
import { createHash } from 'node:crypto';

const DAY_MS = 86_400_000;

/** A report that passed, with the hash that tells a repeat from a change. Its version is set where it is stored. */
export interface NormalisedReport {
  report: Report;
  contentHash: string;
}

type Errors = Rejection['errors'];

/** JSON with sorted keys, so that equal content has equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

/** `{id, name, url}` of a publisher: by its name, whatever its case and spacing. */
export function sourceOf(name: string, url?: string): SourceRef {
  return {
    id: deriveId('src', name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()),
    name,
    url: url ?? null,
  };
}

function dateOf(input: ReportIn, errors: Errors): { date: EventDate; phrase: string | null } {
  const given = input.date ?? null;
  if (given === null) return { date: UNDATED, phrase: null };
  if (typeof given === 'string') return { date: parseEdtf(given), phrase: null };
  const found = resolvePhrase(given.phrase, { reference: given.reference });
  if (found === null) {
    errors.push({ path: 'date.phrase', message: `no date in the phrase: '${given.phrase}'` });
    return { date: UNDATED, phrase: given.phrase };
  }
  return { date: parseEdtf(found.edtf), phrase: given.phrase };
}

function entitiesOf(input: ReportIn, vocabulary: Vocabulary): EntityRef[] {
  const entities = new Map<string, EntityRef>();
  for (const given of input.entities) {
    const { name, type, role } = typeof given === 'string' ? { name: given, type: undefined, role: undefined } : given;
    const known = vocabulary.resolveEntity(name);
    const id = known?.id ?? slugify(name);
    if (entities.has(id)) continue;
    entities.set(id, {
      id,
      name: known?.name ?? name,
      type: type ?? known?.type ?? 'other',
      // Nobody said who does what: the first named acts, as in a headline.
      role: role ?? (entities.size === 0 ? 'agent' : 'patient'),
    });
  }
  return [...entities.values()];
}

/**
 * Turns what a client sent into the claim that the timeline merges: canonical names, a date with bounds, an id.
 * Answers with the errors (paths as the client wrote them) where the vocabulary or the calendar refuses it.
 */
export function normaliseReport(
  input: ReportIn,
  context: { owner: string; receivedAt: Date; vocabulary: Vocabulary },
): NormalisedReport | { errors: Errors } {
  const { owner, receivedAt, vocabulary } = context;
  const errors: Errors = [];
  const kind = vocabulary.kindById.get(input.kind);
  if (kind === undefined) errors.push({ path: 'kind', message: `no such kind: '${input.kind}'` });
  const { date, phrase } = dateOf(input, errors);
  const publishedAt = input.publishedAt ?? receivedAt.toISOString();
  if (Date.parse(publishedAt) > receivedAt.getTime() + DAY_MS) {
    errors.push({ path: 'publishedAt', message: `lies in the future: '${publishedAt}'` });
  }
  if (errors.length > 0 || kind === undefined) return { errors };

  const source = sourceOf(input.source.name, input.source.url);
  const { backfill, externalId, ...content } = input;
  const contentHash = sha256(canonicalJson(content));
  const evidence: Evidence | null =
    input.evidence === undefined ? null : { text: input.evidence, start: null, end: null };
  const entities = entitiesOf(input, vocabulary);
  const amount = input.amount ?? null;
  const usd = amount === null ? null : vocabulary.toUsd(amount, date.lower ?? publishedAt.slice(0, 10));
  return {
    contentHash,
    report: {
      reportId:
        externalId === undefined
          ? deriveId('rep', owner, source.id, 'content', contentHash)
          : deriveId('rep', owner, source.id, 'external', externalId),
      version: 1,
      owner,
      articleId: null,
      kind: input.kind,
      status: input.status,
      headline: input.headline,
      summary: input.summary ?? null,
      date,
      datePhrase: phrase,
      entities,
      countries: [...new Set(input.countries)],
      amount: amount === null ? null : { ...amount, usd },
      themes: [...new Set(input.themes)],
      source,
      url: input.url ?? null,
      publishedAt,
      receivedAt: receivedAt.toISOString(),
      evidence,
      mentions: [],
      // A client's word on what happened counts as what its kind usually counts for.
      importance: kind.importance,
      confidence: input.confidence ?? 0.9,
      backfill: backfill ?? false,
    },
  };
}
