import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// A really running server for tests: the built one when the build is fresh, else the server part alone, built on the spot (no pages then).

export interface TestServer {
  readonly url: string
  readonly dataFolder: string
  readonly process: ChildProcess
  /** Everything it has printed. */
  output(): string
  /** Ends it and waits until it is gone; its data stay. SIGKILL by default, as a crash would. */
  kill(signal?: NodeJS.Signals): Promise<number | null>
  /** Starts it again: same data, same port. */
  restart(): Promise<TestServer>
  /** Ends it and removes its data. */
  stop(): Promise<void>
}
export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly dataFolder?: string
  readonly port?: number
}

const root = resolve(import.meta.dirname, '../..')

/** Starts a server on a free port with a data folder of its own. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort())
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'schemaflow-test-'))
  const { child, output, exited } = spawnServer({ ...options, port, dataFolder })
  await ready(child, output)
  const url = `http://127.0.0.1:${port}`
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    return exited
  }
  return {
    url,
    dataFolder,
    process: child,
    output,
    kill,
    restart: () => startServer({ ...options, port, dataFolder }),
    async stop() {
      await kill('SIGKILL')
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Starts a server that is expected to end by itself. */
export async function runServer(
  options: TestServerOptions & { readonly dataFolder: string },
): Promise<{ code: number | null; output: string }> {
  const { output, exited } = spawnServer({ ...options, port: options.port ?? (await freePort()) })
  return { code: await exited, output: output() }
}

function spawnServer({ port, dataFolder, env }: TestServerOptions & { readonly port: number; readonly dataFolder: string }) {
  const child = spawn(process.execPath, [serverEntry()], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      SCHEMAFLOW_DATA: dataFolder,
      SCHEMAFLOW_RATE_FACTOR: '1000',
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  const exited = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return { child, output: () => text, exited }
}

function ready(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((done, fail) => {
    const look = () => {
      if (output().includes('SchemaFlow is ready')) done()
    }
    child.stdout?.on('data', look)
    child.once('close', (code) => fail(new Error(`the server ended with ${code}:\n${output()}`)))
  })
}

/** A port that was free just now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

let entry: string | undefined
/** The server's entry file, newer than its sources. */
function serverEntry(): string {
  entry ??= findEntry()
  return entry
}

function findEntry(): string {
  const changed = newest(join(root, 'src', 'server'), join(root, 'src', 'main'), join(root, 'src', 'sync'), join(root, 'src', 'core'))
  const built = join(root, 'dist', 'server', 'main.js')
  const seed = join(root, 'dist', 'pglite-seed.gz')
  if (isNewer(built, changed) && existsSync(seed)) return built
  const own = join(root, '.cache', 'server', 'main.js')
  if (!isNewer(own, changed)) {
    run(
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      'build',
      '--config',
      'src/main/vite.config.ts',
      '--outDir',
      '.cache/server',
      '--logLevel',
      'warn',
    )
  }
  if (!isNewer(join(root, '.cache', 'pglite-seed.gz'), newest(join(root, 'src', 'server', 'storage', 'migrations')))) {
    run(join(root, '.cache', 'server', 'prepare.js'))
  }
  return own
}

function run(...args: string[]): void {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
}

const isNewer = (path: string, time: number): boolean => existsSync(path) && statSync(path).mtimeMs > time

function newest(...folders: string[]): number {
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  const sources = files.filter((file) => file.isFile() && !file.name.includes('.test.'))
  return Math.max(...sources.map((file) => statSync(join(file.parentPath, file.name)).mtimeMs))
}
