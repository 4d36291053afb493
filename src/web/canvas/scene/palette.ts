import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'

/** The colours a table may have, in the order in which namespaces get them. Each is a token: `--accent-blue`. */
export const palette = ['blue', 'green', 'purple', 'yellow', 'orange', 'pink', 'red'] as const
export type PaletteName = (typeof palette)[number]

const names: ReadonlySet<string> = new Set(palette)
const isPaletteName = (name: string): name is PaletteName => names.has(name)

/**
 * Gives tables their colour: their own if they have one, else their namespace's. The default namespace is blue; the project's namespaces get
 * theirs in their own order, so that canvas, outline and server agree; one that the project does not list gets the next when it is first seen.
 */
export class Colors {
  readonly #byNamespace = new Map<string, PaletteName>([[DEFAULT_NAMESPACE, 'blue']])

  constructor(namespaces: readonly { readonly name: string }[]) {
    for (const { name } of namespaces) this.of({ color: null, namespace: name })
  }

  of({ color, namespace }: { readonly color: string | null; readonly namespace: string }): PaletteName {
    if (color && isPaletteName(color)) return color
    const known = this.#byNamespace.get(namespace)
    if (known) return known
    const next = palette[this.#byNamespace.size % palette.length] ?? 'blue'
    this.#byNamespace.set(namespace, next)
    return next
  }
}
