import type { Diagnostic } from '#core/diagnostic.ts'
import type { Schema, SchemaList } from '#core/schema/index.ts'
import type { Unverified } from './types.ts'
import type { Witness } from './witness.ts'

/** Differences of one kind that are told one by one; the others are counted. */
const MOST_OF_A_KIND = 20

/** What differs between the two readings, noted while they are joined. */
export class Differences {
  readonly unverified: Unverified[] = []
  private readonly witness: Witness
  private readonly notes = new Map<string, { readonly object: string; readonly name: string; readonly text: string }[]>()
  private readonly spelled = new Map<string, number>()

  constructor(witness: Witness) {
    this.witness = witness
  }

  /** Only the grammar has it, and it stays. */
  keep(list: SchemaList & keyof Schema, name: string, reason: string): void {
    this.unverified.push({ list, name, reason })
  }

  /** PostgreSQL says otherwise. `kind` groups; `name` is looked for in the sources. */
  note(kind: string, name: string, object: string, text: string): void {
    const group = this.notes.get(kind)
    const note = { object, name, text }
    if (group) group.push(note)
    else this.notes.set(kind, [note])
  }

  /** The same, written otherwise: only counted. */
  spell(what: string): void {
    this.spelled.set(what, (this.spelled.get(what) ?? 0) + 1)
  }

  diagnostics(): readonly Diagnostic[] {
    return [...[...this.notes].flatMap(([kind, notes]) => this.tell(kind, notes)), ...this.spelling()]
  }

  private tell(
    kind: string,
    notes: readonly { readonly object: string; readonly name: string; readonly text: string }[],
  ): readonly Diagnostic[] {
    const told = notes.slice(0, MOST_OF_A_KIND).map(({ object, name, text }): Diagnostic => {
      const place = this.witness.place(name, kind.startsWith('new '))
      return {
        code: 'resolved-by-postgres',
        severity: 'info',
        message: `${object}: ${text}.`,
        ...(place && { file: place.file, span: place.span }),
      }
    })
    const more = notes.length - told.length
    if (more === 0) return told
    return [...told, { code: 'resolved-by-postgres', severity: 'info', message: `${more} more of this kind: ${kind}.` }]
  }

  private spelling(): readonly Diagnostic[] {
    if (this.spelled.size === 0) return []
    const counts = [...this.spelled].map(([what, count]) => `${count} ${what}`).join(', ')
    return [
      { code: 'resolved-by-postgres', severity: 'info', message: `PostgreSQL's own text stands for what the sources say in ${counts}.` },
    ]
  }
}
