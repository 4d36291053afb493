import type { AddCommand } from '../command.ts'
import { convert } from './convert.ts'
import { fix } from './fix.ts'
import { formats } from './formats.ts'
import { inspect } from './inspect.ts'

/** Every command, one line each. */
export const commands: readonly AddCommand[] = [convert, inspect, fix, formats]
