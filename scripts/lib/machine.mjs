// What the tests need from the machine: a Chromium and a PostgreSQL server. Installed through apt where that is there.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, chownSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { quiet, step } from './run.mjs'

const isRoot = process.getuid?.() === 0

/** The path of a Chromium, installing Debian's when there is none; undefined when the machine cannot have one. */
export async function findChromium() {
  const known = () =>
    [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
      (file) => file && existsSync(file),
    )
  return known() ?? ((await aptInstall('chromium')) ? known() : undefined)
}

/** Starts a throwaway PostgreSQL on a free port; undefined when the machine cannot have one. `stop` ends it and removes its files. */
export async function startPostgres() {
  if (process.env.SCHEMAFLOW_TEST_PG) return { url: process.env.SCHEMAFLOW_TEST_PG, stop: () => {} }
  const bin = serverPrograms() ?? ((await aptInstall('postgresql')) ? serverPrograms() : undefined)
  if (!bin) return undefined
  const dir = mkdtempSync(path.join(tmpdir(), 'schemaflow-pg-'))
  const data = path.join(dir, 'data')
  mkdirSync(data)
  if (isRoot) for (const folder of [dir, data]) chownSync(folder, ...postgresUser())
  const port = await freePort()
  const settings = `-p ${port} -k ${dir} -c fsync=off -c listen_addresses=127.0.0.1 -c max_locks_per_transaction=512`
  await asPostgres(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C.UTF-8', '-E', 'UTF8'], dir)
  await asPostgres(path.join(bin, 'pg_ctl'), ['-D', data, '-o', settings, '-l', path.join(dir, 'log'), '-w', 'start'], dir)
  const stop = () => {
    const [command, args] = wrap(path.join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'])
    spawnSync(command, args, { cwd: '/', stdio: 'ignore' })
    rmSync(dir, { recursive: true, force: true })
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop }
}

function serverPrograms() {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions.map((version) => path.join(base, version, 'bin')).find((dir) => existsSync(path.join(dir, 'initdb')))
  if (found) return found
  const which = spawnSync('which', ['initdb'], { encoding: 'utf8' })
  return which.status === 0 ? path.dirname(which.stdout.trim()) : undefined
}

// PostgreSQL refuses to run as root: as root it runs as the user that Debian's package makes.
const wrap = (command, args) => (isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args])
// pg_ctl's server keeps the inherited pipes open, so its output goes nowhere.
function asPostgres(command, args, cwd) {
  const [program, rest] = wrap(command, args)
  const result = spawnSync(program, rest, { cwd, stdio: ['ignore', 'ignore', 'ignore'] })
  if (result.status !== 0) throw new Error(`${path.basename(command)} failed with exit code ${result.status}`)
}
function postgresUser() {
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim())
  return [id('-u'), id('-g')]
}

async function aptInstall(name) {
  const apt = spawnSync('which', ['apt-get']).status === 0
  if (!apt || !isRoot) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    await step(`Installing ${name} with apt`, async () => {
      await quiet('apt-get', ['update', '-q'], { env })
      await quiet('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env })
    })
    return true
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    return false
  }
}

/** A port nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
