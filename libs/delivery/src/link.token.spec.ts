import { type LinkClaim, signLink, verifyLink } from './link.token';

const claim: LinkClaim = { purpose: 'confirm', channelId: 'chn_1', address: 'anna@desk.example' };
const now = new Date('2026-02-02T10:00:00Z');
const later = new Date('2026-02-09T10:00:00Z');

test('a link is good until its time, for what it was signed for, under the secret of its channel', () => {
  const token = signLink('secret', claim, later);
  expect(verifyLink('secret', claim, token, now)).toBe('good');
  expect(verifyLink('secret', claim, token, later)).toBe('expired');
  expect(verifyLink('secret', { ...claim, purpose: 'unsubscribe' }, token, now)).toBe('forged');
  expect(verifyLink('secret', { ...claim, address: 'bo@desk.example' }, token, now)).toBe('forged');
  expect(verifyLink('secret', { ...claim, channelId: 'chn_2' }, token, now)).toBe('forged');
  expect(verifyLink('another', claim, token, now)).toBe('forged');
});

test.each([
  ['a later time', (token: string) => `z${token}`],
  ['for ever', (token: string) => `0.${token.split('.')[1] ?? ''}`],
  ['without a signature', (token: string) => token.split('.')[0] ?? ''],
  ['with something after it', (token: string) => `${token}.x`],
  ['nothing', () => ''],
])('%s is forged', (_what, forge) => {
  expect(verifyLink('secret', claim, forge(signLink('secret', claim, later)), now)).toBe('forged');
});

test('a link for ever does not expire', () => {
  expect(verifyLink('secret', claim, signLink('secret', claim, null), new Date('2126-01-01'))).toBe('good');
});
