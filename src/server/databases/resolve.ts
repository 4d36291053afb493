import { lookup } from 'node:dns/promises'
import { RequestFailure } from '../failure.ts'
import { addressTrouble, type Reach } from './addresses.ts'

/** All addresses of a host name; `node:dns` unless a test says otherwise. */
export type Resolve = (host: string) => Promise<readonly string[]>

/**
 * The one address to connect to. The name is asked for once and every address is looked at, so that a name cannot say one thing now and another
 * when the connection is made, nor hide a private address behind a public one. Throws a `RequestFailure` that tells people why not.
 */
export async function allowedAddress(host: string, reach: Reach, resolve: Resolve = resolveByDns): Promise<string> {
  const name = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
  const addresses = await resolve(name).catch(() => [])
  const [first] = addresses
  if (first === undefined)
    throw new RequestFailure(422, 'cannot-connect', `There is no host "${name}".`, 'Check the name, and whether this server can reach it.')
  for (const address of addresses) {
    const trouble = addressTrouble(address, reach)
    if (trouble === 'never')
      throw new RequestFailure(
        422,
        'address-not-allowed',
        `This server does not connect to ${name}.`,
        'Name the address of the database server.',
      )
    if (trouble === 'private') {
      throw new RequestFailure(
        422,
        'address-not-allowed',
        `${name} is in a private network, and this server is open to others.`,
        'Whoever runs it can allow private databases (SCHEMAFLOW_ALLOW_PRIVATE_DATABASES=1). Or dump the schema (pg_dump --schema-only) and drop the file.',
      )
    }
  }
  return first
}

const resolveByDns: Resolve = async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address)
