import { type EntityRef, slugify, UNDATED } from '@themeline/contracts';
import { parseEdtf } from '@themeline/dates';
import type { FieldError } from '@themeline/http';
import type { Vocabulary } from '@themeline/vocabulary';
import type { Corrections, Snapshot } from '../timeline.collections';
import type { CorrectionIn } from './edit.input';

/** What an editor's input stands for: canonical names, bounds of the date, dollars; or what is wrong with it. */
export function readCorrection(
  input: CorrectionIn,
  event: Snapshot,
  vocabulary: Vocabulary,
  themeIds: ReadonlySet<string>,
): { set: Corrections } | { errors: FieldError[] } {
  const errors = unknownNames(input, vocabulary, themeIds);
  if (errors.length > 0) return { errors };
  const { reason: _reason, date: edtf, entities, countries, themes, amount, ...plain } = input;
  const date = edtf === undefined ? undefined : edtf === null ? UNDATED : parseEdtf(edtf);
  const day = (date ?? event.date).lower ?? event.recordedAt.slice(0, 10);
  const usd = (sum: NonNullable<typeof amount>): number | null => vocabulary.toUsd(sum, day);
  return {
    set: {
      ...given(plain),
      ...(date === undefined ? {} : { date }),
      ...(entities === undefined ? {} : { entities: entitiesOf(entities, event, vocabulary) }),
      ...(countries === undefined ? {} : { countries: [...new Set(countries)].sort() }),
      ...(themes === undefined ? {} : { themes: [...new Set(themes)].sort() }),
      ...(amount === undefined ? {} : { amount: amount === null ? null : { ...amount, usd: usd(amount) } }),
    },
  };
}

function unknownNames(input: CorrectionIn, vocabulary: Vocabulary, themeIds: ReadonlySet<string>): FieldError[] {
  const errors: FieldError[] = [];
  if (input.kind !== undefined && !vocabulary.kindById.has(input.kind)) {
    errors.push({ path: 'kind', message: `no such kind: '${input.kind}'` });
  }
  input.themes?.forEach((theme, index) => {
    if (!themeIds.has(theme)) errors.push({ path: `themes[${String(index)}]`, message: `no such theme: '${theme}'` });
  });
  return errors;
}

/** Type and role of those that were in the event already stay, unless the editor says otherwise. */
function entitiesOf(
  given: NonNullable<CorrectionIn['entities']>,
  event: Snapshot,
  vocabulary: Vocabulary,
): EntityRef[] {
  const entities = new Map<string, EntityRef>();
  for (const one of given) {
    const { name, type, role } = typeof one === 'string' ? { name: one, type: undefined, role: undefined } : one;
    const known = vocabulary.resolveEntity(name);
    const id = known?.id ?? slugify(name);
    const before = event.entities.find((entity) => entity.id === id);
    if (entities.has(id)) continue;
    entities.set(id, {
      id,
      name: known?.name ?? name,
      type: type ?? before?.type ?? known?.type ?? 'other',
      role: role ?? before?.role ?? (entities.size === 0 ? 'agent' : 'patient'),
    });
  }
  return [...entities.values()];
}

type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
