// Running other programs: with their output shown, or caught and shown only when they fail.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** Says what is being done. Goes to stderr: stdout belongs to results. */
export const say = (text) => process.stderr.write(`${text}\n`)

/** Runs a program with its output shown. Resolves with its exit code. */
export function show(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

/** Runs a program quietly and throws with its output when it fails. Resolves with what it printed. */
export function quiet(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (output += data))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} failed (exit ${code}):\n${output}`)),
    )
  })
}

/** A step of unknown length, told with its time when it is done. */
export async function step(title, work) {
  const started = Date.now()
  const ticking = process.stderr.isTTY ? setInterval(() => process.stderr.write(`\r${title} … ${seconds(started)}`), 500) : undefined
  if (!ticking) say(`${title} …`)
  try {
    const result = await work()
    if (ticking) process.stderr.write('\r\u001b[K')
    say(`${title}: done in ${seconds(started)}`)
    return result
  } finally {
    clearInterval(ticking)
  }
}

const seconds = (started) => `${((Date.now() - started) / 1000).toFixed(1)} s`

/** The path of a package's command, run with `node` so that no shell stands between. */
export const bin = (name) => path.join(root, 'node_modules', '.bin', name)
