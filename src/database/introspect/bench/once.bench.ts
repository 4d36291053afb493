// One introspection in a program of its own, as `pull` commands do it: prints the milliseconds. Bundled and run by the benchmark.
import { prismaIntrospect } from '#tests/support/prisma-engine.ts'
import { connect } from '../../connect/connect.ts'
import { introspect } from '../introspect.ts'

const [tool, url = ''] = process.argv.slice(2)
process.stdout.write(String(tool === 'prisma' ? await theirs() : await ours()))

/** Loading the engine does not count. */
async function theirs(): Promise<number> {
  const { milliseconds } = await prismaIntrospect(url, 'datasource db {\n  provider = "postgresql"\n  schemas = ["public"]\n}\n')
  return milliseconds
}

async function ours(): Promise<number> {
  const connection = await connect(url)
  try {
    const started = performance.now()
    await introspect(connection)
    return performance.now() - started
  } finally {
    await connection.close()
  }
}
