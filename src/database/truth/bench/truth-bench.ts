import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Source } from '#formats/format.ts'
import { format } from '#formats/postgres-sql/index.ts'
import { introspect } from '../../introspect/introspect.ts'
import { openScratch } from '../../scratch/open-scratch.ts'
import { execute } from '../execute.ts'
import { joinReadings } from '../join.ts'
import { readTruth } from '../read-truth.ts'
import { witnessOf } from '../witness.ts'

/** A figure measured in one run: `ratio` must not pass `limit`. */
export interface Figure {
  readonly name: string
  readonly ratio: number
  readonly limit: number
  readonly detail: string
}

const SIZE = 2_000_000

/**
 * How long PostgreSQL's reading of a 2 MB schema takes, opening the scratch database aside: seconds of processor time (other work on the machine does not
 * count), with the stages in the detail.
 */
export async function run(): Promise<readonly Figure[]> {
  const source = copies(largestDump())
  const read = await format.importer?.([source])
  if (!read) throw new Error('PostgreSQL can be read')
  const opening = clock()
  const scratch = await openScratch({ statementTimeout: 60_000 })
  const opened = clock()
  try {
    const truth = await readTruth({ sources: [source], read }, scratch)
    const seconds = (clock() - opened) / 1000
    await scratch.reset()
    const { stages, total } = await stagesOf({ sources: [source], read }, scratch)
    const size = `${(source.text.length / 1e6).toFixed(2)} MB, ${truth.schema.tables.length} tables, ${truth.executed.ran} statements ran, ${truth.executed.refused} refused`
    return [
      {
        name: 'Truth of a 2 MB schema, seconds',
        // The better of two rounds: in the first one the WASM is still being compiled.
        ratio: Math.min(seconds, total / 1000),
        limit: 6,
        detail: `${size}; opening ${(opened - opening).toFixed(0)} ms, ${stages}`,
      },
    ]
  } finally {
    await scratch.close()
  }
}

/** Milliseconds of processor time, the scratch database's thread included. */
const clock = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function stagesOf(
  input: Parameters<typeof execute>[0],
  scratch: Parameters<typeof execute>[1],
): Promise<{ readonly stages: string; readonly total: number }> {
  const start = clock()
  const { statements, standIns } = await execute(input, scratch)
  const ran = clock()
  const { schema } = await introspect(scratch.connection)
  const introspected = clock()
  const [text = ''] = input.sources.map((source) => source.text)
  const textOf = ({ span }: (typeof statements)[number]['record']) => text.slice(span.start, span.end)
  joinReadings(input.read.schema, schema, { witness: witnessOf({ statements, textOf }), standIns })
  const joined = clock()
  await scratch.reset()
  const emptied = clock()
  const parts = { running: ran - start, catalogs: introspected - ran, joining: joined - introspected, emptying: emptied - joined }
  const stages = Object.entries(parts).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`)
  return { stages: stages.join(', '), total: joined - start }
}

/** The largest dump of one namespace of the shared corpus; without the corpus, tables made up. */
function largestDump(): string {
  const folder = '../shared/corpus/postgres-dump'
  if (!existsSync(folder)) return madeUp()
  const dumps = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .filter(
      (text) =>
        text.includes('-- PostgreSQL database dump complete') && /CREATE TABLE public\./.test(text) && !/^CREATE SCHEMA/m.test(text),
    )
  return dumps.toSorted((a, b) => b.length - a.length)[0] ?? madeUp()
}

const madeUp = (): string =>
  Array.from(
    { length: 400 },
    (
      _,
      n,
    ) => `CREATE TABLE public.t${n} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, parent bigint, name text NOT NULL DEFAULT 'x', at timestamptz, CHECK (name <> ''));
CREATE INDEX ON public.t${n} (parent, at DESC);
ALTER TABLE public.t${n} ADD CONSTRAINT t${n}_fk FOREIGN KEY (parent) REFERENCES public.t${Math.floor(n / 2)} (id) ON DELETE CASCADE;
CREATE VIEW public.v${n} AS SELECT * FROM public.t${n} WHERE name LIKE 'a%';`,
  ).join('\n')

/** As many copies as make 2 MB, each in a namespace of its own. */
function copies(dump: string): Source {
  const count = Math.ceil(SIZE / dump.length)
  const text = Array.from(
    { length: count },
    (_, n) =>
      `CREATE SCHEMA copy_${n};\n${dump.replaceAll(/\bpublic\./g, `copy_${n}.`).replaceAll(/^(?:CREATE|COMMENT ON) EXTENSION(?! IF)[^;]*;/gm, '')}`,
  ).join('\n')
  return { file: 'copies.sql', text }
}
