import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../support/server.ts'

/**
 * From `npm start` on a built checkout with its database there to the first 200 on /health. Set against `npm start` doing nothing but starting
 * Node, so that the figure is a ratio; the seconds are in the detail.
 */
export async function run(): Promise<readonly { name: string; ratio: number; limit: number; detail: string }[]> {
  const data = mkdtempSync(path.join(tmpdir(), 'schemaflow-start-'))
  try {
    const first = await startOnce(data)
    const later = [await startOnce(data), await startOnce(data), await startOnce(data)].sort((a, b) => a - b)
    const bare = await bareNode()
    const second = later[1] ?? Number.NaN
    return [
      {
        name: 'second start to healthy, against a bare `npm start`',
        ratio: second / bare,
        limit: 20,
        detail: `second ${second.toFixed(0)} ms, first on an empty folder ${first.toFixed(0)} ms, bare npm and Node ${bare.toFixed(0)} ms`,
      },
    ]
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function startOnce(data: string): Promise<number> {
  const port = await freePort()
  const began = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    env: { ...process.env, PORT: String(port), SCHEMAFLOW_DATA: data },
    stdio: 'ignore',
    detached: true,
  })
  const exited = new Promise((resolve) => child.once('close', resolve))
  try {
    for (;;) {
      const healthy = await fetch(`http://127.0.0.1:${port}/health`).then(
        (response) => response.status === 200,
        () => false,
      )
      if (healthy) return performance.now() - began
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGTERM')
    await exited
  }
}

async function bareNode(): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now()
    const child = spawn('npm', ['exec', '--silent', '--offline', '--', 'node', '-e', '0'], { stdio: 'ignore' })
    await new Promise((resolve) => child.once('close', resolve))
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)[1] ?? Number.NaN
}
