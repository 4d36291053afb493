import type { TrueReading, TruthInput } from '#database/truth/types.ts'
import { wrongUse } from './exit-code.ts'
import type { SourceOptions } from './source-options.ts'
import type { Terminal } from './terminal.ts'

/** Has PostgreSQL run what was read and gives what it made of it. */
export const readTruth = (_input: TruthInput, _options: SourceOptions, _io: Terminal): Promise<TrueReading> => {
  throw wrongUse('--truth is not there yet')
}
