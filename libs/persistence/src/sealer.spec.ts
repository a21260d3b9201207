import fc from 'fast-check';
import { Sealer } from './sealer';

const sealer = new Sealer('a-secret-of-more-than-thirty-two-characters');

test('any text comes back, and is not to be seen while it is sealed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 8 }), (text) => {
      fc.pre(text.isWellFormed());
      const sealed = sealer.seal(text);
      expect(sealed).toMatch(/^sealed:[\w-]+$/);
      expect(sealed).not.toContain(text);
      expect(sealer.open(sealed)).toBe(text);
      expect(sealer.seal(sealed)).toBe(sealed);
    }),
  );
  expect(sealer.seal('x')).not.toBe(sealer.seal('x'));
});

test('an address keeps its host', () => {
  const address = 'https://hooks.example:8443/services/T0/B0/token?key=1';
  const sealed = sealer.sealAddress(address);
  expect(sealed).toMatch(/^https:\/\/hooks\.example:8443\/sealed:/);
  expect(sealed).not.toMatch(/T0|token/);
  expect(sealer.openAddress(sealed)).toBe(address);
  expect(sealer.sealAddress(sealed)).toBe(sealed);
  expect(sealer.openAddress(address)).toBe(address);
});

test.each(['sealed:', 'sealed:abc', `sealed:${'A'.repeat(80)}`])(
  '%s, which somebody chose so, is sealed like any other text',
  (text) => {
    expect(sealer.open(sealer.seal(text))).toBe(text);
    const address = `https://hooks.example/${text}`;
    expect(sealer.openAddress(sealer.sealAddress(address))).toBe(address);
  },
);

test('what was stored before there was sealing is read as it is', () => {
  expect(sealer.open('whsec_abc')).toBe('whsec_abc');
});

test('another secret, or a changed text, opens nothing', () => {
  const sealed = sealer.seal('whsec_abc');
  const refusal = 'a stored secret cannot be opened: IDENTITY_SECRET is not the one that it was sealed under';
  expect(() => new Sealer('another').open(sealed)).toThrow(refusal);
  expect(() => sealer.open(`${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`)).toThrow(refusal);
});
