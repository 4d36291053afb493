import { editingCodes } from './codes/editing.ts'
import { readingCodes } from './codes/reading.ts'
import { runningCodes } from './codes/running.ts'
import { writingCodes } from './codes/writing.ts'

/** Every code of a diagnostic or a loss, by where it comes from. A code is in one area and never changes its meaning. */
export const diagnosticCodes = { reading: readingCodes, writing: writingCodes, editing: editingCodes, running: runningCodes } as const

/** What a code may be: the compiler refuses one that the tables do not explain. */
export type DiagnosticCode = { [Area in keyof typeof diagnosticCodes]: keyof (typeof diagnosticCodes)[Area] }[keyof typeof diagnosticCodes]
