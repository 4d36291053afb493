import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const MEGABYTE = 1024 * 1024

/** What converting a script of ten megabytes takes in memory, beyond what a small one takes, as a multiple of the script. */
export async function run(): Promise<readonly { name: string; ratio: number; limit: number; detail: string }[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'schemaflow-memory-'))
  try {
    const small = peakOf(folder, script(10))
    const text = script(17_500)
    const large = peakOf(folder, text)
    const size = Buffer.byteLength(text)
    return [
      {
        name: 'memory of a conversion of 10 MB, as a multiple of the file',
        ratio: (large - small) / size,
        limit: 40,
        detail: `${(size / MEGABYTE).toFixed(1)} MB: peak ${(large / MEGABYTE).toFixed(0)} MB, of a small file ${(small / MEGABYTE).toFixed(0)} MB`,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The largest size of a process that converts the script, in bytes: everything, the engine's own included. */
function peakOf(folder: string, text: string): number {
  const file = path.join(folder, 'script.sql')
  writeFileSync(file, text)
  const cli = path.resolve(import.meta.dirname, '../../dist/cli/main.js')
  // A process's largest size as the kernel has it since it became this program (`maxRSS` counts the parent that it was forked from).
  const code = `import { main } from ${JSON.stringify(cli)}
    import { readFileSync } from 'node:fs'
    await main(['convert', ${JSON.stringify(file)}, '--to', 'postgres-sql', '--out', ${JSON.stringify(`${file}.out`)}])
    process.stderr.write('\\npeak ' + /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', maxBuffer: 1e9 })
  const peak = /peak (\d+)$/.exec(stderr)?.[1]
  if (peak === undefined) throw new Error(`no peak: ${stderr.slice(-500)}`)
  return Number(peak) * 1024
}

/** Tables as a dump says them: about 600 bytes each. */
function script(tables: number): string {
  const table = (n: number) => `CREATE TABLE public.account_${n} (
    id bigint NOT NULL,
    parent_id bigint,
    name character varying(255) DEFAULT ''::character varying NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb,
    CONSTRAINT account_${n}_name_check CHECK ((length((name)::text) > 0))
);
COMMENT ON COLUMN public.account_${n}.name IS 'What people call the account number ${n}';
ALTER TABLE ONLY public.account_${n} ADD CONSTRAINT account_${n}_pkey PRIMARY KEY (id);
CREATE INDEX account_${n}_name ON public.account_${n} USING btree (name, created_at DESC);
`
  return Array.from({ length: tables }, (_, n) => table(n)).join('\n')
}
