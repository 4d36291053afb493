import { editingCodes } from './codes/editing.ts'
import { introspectingCodes } from './codes/introspecting.ts'
import { readingCodes } from './codes/reading.ts'
import { runningCodes } from './codes/running.ts'
import { writingDetailCodes } from './codes/writing-details.ts'
import { writingObjectCodes } from './codes/writing-objects.ts'

/** Every code of a diagnostic or a loss, by where it comes from. A code is in one area and never changes its meaning. */
export const diagnosticCodes = {
  reading: { ...readingCodes, ...introspectingCodes },
  writing: { ...writingObjectCodes, ...writingDetailCodes },
  editing: editingCodes,
  running: runningCodes,
}

/** What a code may be: the compiler refuses one that the tables do not explain. */
export type DiagnosticCode = { [Area in keyof typeof diagnosticCodes]: keyof (typeof diagnosticCodes)[Area] }[keyof typeof diagnosticCodes]
