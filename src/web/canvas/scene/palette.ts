import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'

/** The colours a table may have, in the order in which namespaces get them. Each is a token: `--accent-blue`. */
export const palette = ['blue', 'green', 'purple', 'yellow', 'orange', 'pink', 'red'] as const
export type PaletteName = (typeof palette)[number]

const names: ReadonlySet<string> = new Set(palette)
const isPaletteName = (name: string): name is PaletteName => names.has(name)

/** Gives tables their colour: their own if they have one, else their namespace's, handed out in the order namespaces appear; the default one is blue. */
export class Colors {
  readonly #byNamespace = new Map<string, PaletteName>([[DEFAULT_NAMESPACE, 'blue']])

  of({ color, namespace }: { readonly color: string | null; readonly namespace: string }): PaletteName {
    if (color && isPaletteName(color)) return color
    const known = this.#byNamespace.get(namespace)
    if (known) return known
    const next = palette[this.#byNamespace.size % palette.length] ?? 'blue'
    this.#byNamespace.set(namespace, next)
    return next
  }
}
