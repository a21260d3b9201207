import type { Identity } from '@themeline/contracts';
import { signIdentity, verifyIdentity } from './identity.header';

const SECRET = 'a-secret-of-more-than-thirty-two-characters';
const NOW = Date.UTC(2026, 0, 2);
const identity: Identity = { keyId: 'key_1', owner: 'press', scopes: ['read'], expiresAt: NOW + 60_000 };
const header = signIdentity(identity, SECRET);
const [payload = '', signature = ''] = header.split('.');
const forged = Buffer.from(JSON.stringify({ ...identity, scopes: ['admin'] })).toString('base64url');

test('what was signed is believed until it expires', () => {
  expect(verifyIdentity(header, SECRET, NOW)).toEqual(identity);
  expect(verifyIdentity(header, SECRET, NOW + 59_999)).toEqual(identity);
  expect(verifyIdentity(header, SECRET, NOW + 60_000)).toBeNull();
});

test.each<[string, string | undefined]>([
  ['no header', undefined],
  ['an empty header', ''],
  ['no signature', payload],
  ['an empty signature', `${payload}.`],
  ['another payload', `${forged}.${signature}`],
  ['a shortened signature', `${payload}.${signature.slice(0, -2)}`],
  ['a third part', `${header}.x`],
  ['padding added', `${header}=`],
  ['another secret', signIdentity(identity, `${SECRET}!`)],
  ['something else that was signed', signIdentity({ owner: 'press' } as Identity, SECRET)],
])('refuses %s', (_, tampered) => {
  expect(verifyIdentity(tampered, SECRET, NOW)).toBeNull();
});

test('refuses any single changed character', () => {
  for (let at = 0; at < header.length; at += 1) {
    const other = header[at] === 'A' ? 'B' : 'A';
    expect(verifyIdentity(header.slice(0, at) + other + header.slice(at + 1), SECRET, NOW)).toBeNull();
  }
});
