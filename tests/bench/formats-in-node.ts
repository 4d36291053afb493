// The figures of the formats as a program of its own: see formats.ts.
import { run } from '#formats/bench/formats-bench.ts'

process.stdout.write(JSON.stringify(await run()))
