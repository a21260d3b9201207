import { createHash } from 'node:crypto';

/** 130 bits of SHA-256 over the parts in Crockford-like base 32: short enough for a URL, no collisions to plan for. */
function digest(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${String(Buffer.byteLength(part))}:`).update(part);
  return BigInt(`0x${hash.digest('hex')}`)
    .toString(32)
    .slice(0, 26);
}

/**
 * Ids are functions of what they name, so that doing a thing twice makes it once.
 * `deriveId('rep', owner, source, externalId)` → `rep_9s8…`
 */
export function deriveId(
  prefix: 'art' | 'rep' | 'evt' | 'src' | 'alr' | 'dlv' | 'msg' | 'fed' | 'itm',
  ...parts: string[]
): string {
  return `${prefix}_${digest(parts)}`;
}

/** The entity id and the folded form of a name: lower case, accents gone, words joined by hyphens. `Moonshot AI` → `moonshot-ai` */
export function slugify(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z0-9-]+$/.test(folded) ? folded.slice(0, 100).replace(/-+$/, '') : `x-${digest([folded])}`;
}
