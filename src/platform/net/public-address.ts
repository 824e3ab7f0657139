import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address is one of the public internet. Private, loopback, link-local, multicast, reserved and unspecified
 * addresses are not, nor are those of IPv6 that stand for an address of IPv4 (mapped, NAT64, 6to4, Teredo): behind any of
 * them may be what only this machine was meant to reach, such as the metadata service of a cloud.
 */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast';
}
