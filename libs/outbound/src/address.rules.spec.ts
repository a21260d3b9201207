import { AddressRules } from './address.rules';

describe('AddressRules', () => {
  const rules = new AddressRules();

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['10.0.0.8', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'link-local'],
    ['100.64.0.1', 'carrier-grade-nat'],
    ['100.100.100.200', 'carrier-grade-nat'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['255.255.255.255', 'broadcast'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['192.0.0.192', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['198.51.100.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['168.63.129.16', 'cloud platform address'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'not a public address'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:a9fe:a9fe', 'link-local'],
    ['::ffff:168.63.129.16', 'cloud platform address'],
    ['::ffff:0:7f00:1', 'rfc6145'],
    ['64:ff9b::127.0.0.1', 'loopback'],
    ['64:ff9b::a00:1', 'private'],
    ['64:ff9b:1::1', 'rfc6052'],
    ['2002:7f00:1::', '6to4'],
    ['2001::1', 'teredo'],
    ['2001:db8::1', 'reserved'],
    ['fc00::1', 'unique-local'],
    ['fd00:ec2::254', 'unique-local'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'deprecated-site-local'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'not a public address'],
    ['example.org', 'not an IP address'],
    ['', 'not an IP address'],
  ])('refuses %s: %s', (address, reason) => {
    expect(rules.refusal(address)).toBe(reason);
  });

  test.each([
    ['1.1.1.1'],
    ['8.8.8.8'],
    ['126.255.255.255'],
    ['128.0.0.1'],
    ['11.0.0.1'],
    ['172.15.255.255'],
    ['172.32.0.1'],
    ['192.167.255.255'],
    ['100.63.255.255'],
    ['100.128.0.1'],
    ['168.63.129.17'],
    ['2606:4700::1111'],
    ['::ffff:1.1.1.1'],
    ['64:ff9b::1.1.1.1'],
  ])('lets %s through', (address) => {
    expect(rules.refusal(address)).toBeNull();
  });

  test.each([
    ['127.0.0.0/8', '127.0.0.1', true],
    ['127.0.0.0/8', '::ffff:127.0.0.1', true],
    ['127.0.0.0/8', '::1', false],
    ['127.0.0.0/8', '10.0.0.1', false],
    ['::1', '::1', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3', '10.1.2.4', false],
    ['fd00::/8', 'fd12::1', true],
    ['fd00::/8', 'fc12::1', false],
  ])('with %s allowed, %s is reachable: %s', (range, address, reachable) => {
    expect(new AddressRules([range]).refusal(address) === null).toBe(reachable);
  });

  test.each([['10.0.0.0/33'], ['loopback'], ['10.0.0/8/8'], ['::1/129'], ['300.1.1.1']])(
    'names the bad range %s',
    (range) => {
      expect(() => new AddressRules(['127.0.0.0/8', range])).toThrow(`not a CIDR range: '${range}'`);
    },
  );
});
