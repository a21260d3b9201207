import * as ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

/**
 * Ports of services that read an HTTP request's lines as commands of their own, so that a body could be smuggled to
 * them. A part of the "bad ports" of the Fetch standard, and the common unauthenticated stores.
 */
export const DENIED_PORTS: ReadonlySet<number> = new Set([
  7, 9, 19, 21, 22, 23, 25, 53, 69, 110, 119, 135, 137, 139, 143, 161, 389, 445, 465, 512, 513, 514, 515, 587, 636, 993,
  995, 6379, 6667, 11211,
]);

/**
 * Public in the registry's eyes, yet answered inside a cloud's own network: Azure's WireServer.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const CLOUD_ADDRESSES: readonly Range[] = [ipaddr.parseCIDR('168.63.129.16/32')];

/** Prefixes that carry an IPv4 address in their last 32 bits (RFC 4291 2.5.5.2, RFC 6052 2.1). */
const CARRIERS: readonly Range[] = [ipaddr.parseCIDR('::ffff:0:0/96'), ipaddr.parseCIDR('64:ff9b::/96')];

/** The only block of IPv6 from which public unicast addresses are given out (RFC 4291 2.4, IANA registry). */
const GLOBAL_UNICAST: Range = ipaddr.parseCIDR('2000::/3');

function lies(address: Address, [network, bits]: Range): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** What is really reached: `::ffff:7f00:1` and `64:ff9b::7f00:1` → `127.0.0.1` */
function unwrapped(address: Address): Address {
  if (!CARRIERS.some((carrier) => lies(address, carrier))) return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(12));
}

/** Which addresses may be reached: the public ones, and those that the operator allowed. */
export class AddressRules {
  private readonly allowed: readonly Range[];

  /** `allow`: CIDR ranges such as `127.0.0.0/8`, or single addresses. Throws an Error that names a bad one. */
  constructor(allow: readonly string[] = []) {
    this.allowed = allow.map((range) => {
      const cidr = range.includes('/') ? range : `${range}/${range.includes(':') ? '128' : '32'}`;
      if (!ipaddr.isValidCIDR(cidr)) throw new Error(`not a CIDR range: '${range}' (for example 10.0.0.0/8)`);
      return ipaddr.parseCIDR(cidr);
    });
  }

  /**
   * Why an address is refused, or null when it may be reached. `address` is an IPv4 or IPv6 literal without brackets.
   * `'10.0.0.8'` → `'private'`, `'169.254.169.254'` → `'link-local'`, `'1.1.1.1'` → null
   */
  refusal(address: string): string | null {
    if (!ipaddr.isValid(address)) return 'not an IP address';
    const parsed = ipaddr.parse(address);
    const target = unwrapped(parsed);
    if (this.allowed.some((range) => lies(target, range) || lies(parsed, range))) return null;
    if (CLOUD_ADDRESSES.some((range) => lies(target, range))) return 'cloud platform address';
    const range = target.range();
    if (range !== 'unicast') return spelled(range);
    return target.kind() === 'ipv6' && !lies(target, GLOBAL_UNICAST) ? 'not a public address' : null;
  }
}

/** `carrierGradeNat` → `carrier-grade-nat` */
function spelled(range: string): string {
  return range.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
