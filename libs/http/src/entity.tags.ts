import { createHash } from 'node:crypto';

/**
 * Does `If-None-Match` name this entity tag? Lists, `*` and weak tags count (RFC 9110, 13.1.2).
 * `matchesTag('W/"2", "3"', '"3"')` → true
 */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || opaque(part) === opaque(tag));
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** A tag of what an answer says. Weak, because the same answer goes out in several encodings. */
export function tagOf(body: string | Uint8Array): string {
  return `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}
