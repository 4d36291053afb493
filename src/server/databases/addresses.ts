import { BlockList, isIP } from 'node:net'

/** Where this server may be sent to look for databases. */
export type Reach =
  /** Anywhere but what is never a database: for a server on one's own machine. */
  | 'private'
  /** The public Internet alone. */
  | 'public'

/** What stands in the way of connecting to an address; null = nothing. */
export function addressTrouble(address: string, reach: Reach): 'never' | 'private' | null {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || never.check(address, family)) return 'never'
  return reach === 'public' && privates.check(address, family) ? 'private' : null
}

/** Metadata services of clouds, link-local, multicast and reserved addresses: no database lives there, but secrets do. */
const never = blockList(
  ['0.0.0.0/8', '169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32', '224.0.0.0/4', '240.0.0.0/4'],
  ['::/128', 'fe80::/10', 'fec0::/10', 'ff00::/8', 'fd00:ec2::/32', 'fd20:ce::/32'],
)

/**
 * What is not globally reachable (IANA's special-purpose registries, RFC 6890), and the IPv6 forms that carry an IPv4 address inside and would be
 * translated to it on the way.
 */
const privates = blockList(
  [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
  ['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '5f00::/16', 'fc00::/7'],
)

/** IPv4 ranges hold for IPv4-mapped IPv6 addresses too: `BlockList` sees to it. */
function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of [...ipv4, ...ipv6]) {
    const [network = '', prefix = ''] = range.split('/')
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
