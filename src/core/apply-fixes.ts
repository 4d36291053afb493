import type { Diagnostic, Fix } from './diagnostic.ts'

type Edit = Fix['edits'][number]

/** A text with edits carried out. They do not cross and are in order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}

export interface Mended {
  readonly text: string
  /** The diagnostics whose fix was carried out. A fix is carried out whole or not at all: one that crosses an earlier one waits for the next reading. */
  readonly mended: readonly Diagnostic[]
}

/** Carries out the fixes of diagnostics that are about this text. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): Mended {
  const kept: Edit[] = []
  const mended: Diagnostic[] = []
  for (const diagnostic of diagnostics) {
    const { fix } = diagnostic
    if (!fix || fix.edits.length === 0) continue
    const fresh = fix.edits.filter((edit) => !kept.some((other) => isSame(edit, other)))
    if (fresh.some((edit) => kept.some((other) => crosses(edit, other)))) continue
    kept.push(...fresh)
    mended.push(diagnostic)
  }
  return {
    text: applyEdits(
      text,
      kept.toSorted((a, b) => a.start - b.start || a.end - b.end),
    ),
    mended,
  }
}

const isSame = (a: Edit, b: Edit): boolean => a.start === b.start && a.end === b.end && a.text === b.text
/** Insertions at one place do not cross: they follow each other in the order in which they were noticed. */
const crosses = (a: Edit, b: Edit): boolean => a.start < b.end && b.start < a.end
