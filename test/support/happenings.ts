import type { ReportIn } from '@themeline/contracts';

const ONSETS = ['b', 'br', 'd', 'f', 'g', 'k', 'kl', 'l', 'm', 'n', 'p', 'r', 's', 'st', 't', 'v', 'z'];
const VOWELS = ['a', 'e', 'i', 'o', 'u'];
const KINDS = ['ban', 'partnership', 'acquisition', 'product-launch', 'regulation'] as const;

/** A made-up name for a number, another for every number: 0 → 'Bababa', 1 → 'Bababe'. */
export function inventedName(n: number): string {
  const syllable = (k: number): string =>
    `${ONSETS[Math.floor(k / VOWELS.length) % ONSETS.length] ?? ''}${VOWELS[k % VOWELS.length] ?? ''}`;
  const base = ONSETS.length * VOWELS.length;
  const name =
    syllable(Math.floor(n / base / base) % base) + syllable(Math.floor(n / base) % base) + syllable(n % base);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

export const kindOf = (n: number): (typeof KINDS)[number] => KINDS[n % KINDS.length] ?? 'ban';

/** The n-th happening as one source tells it. Different numbers are different happenings: other companies, other products. */
export function happening(n: number, source = 'Wire'): ReportIn & Record<string, unknown> {
  const company = inventedName(n * 2 + 1);
  const product = inventedName(n * 2 + 2);
  const day = `2025-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;
  return {
    kind: kindOf(n),
    headline: `${company} and the ${product} decision`,
    summary: `What ${company} decided about ${product}, as told by ${source}`,
    date: day,
    entities: [{ name: company, type: 'company', role: 'agent' }],
    source: { name: source },
    publishedAt: `${day}T12:00:00Z`,
    externalId: `happening-${String(n)}`,
  } as ReportIn & Record<string, unknown>;
}
