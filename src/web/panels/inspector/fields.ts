import type { Id, ProjectView, RowKind } from '#core/project/rows.ts'
import type { Frame } from './syntax.ts'

// What can be edited of each kind of object, as data: the form is drawn from it.

/** The values of a form: arguments of a mutation by name. */
export type Values = Readonly<Record<string, unknown>>

/** What the fields of a form may look at besides their values. */
export interface FormContext {
  readonly view: ProjectView
  /** The table or view that the object hangs on; null for objects that stand alone. */
  readonly parent: { readonly kind: 'table' | 'view'; readonly id: Id } | null
}

export interface Choice {
  /** Any JSON value. */
  readonly value: unknown
  readonly label: string
}

/** One of several small fields in a row of a list: an argument of a function, an attribute of a type. */
export interface Cell {
  readonly key: string
  readonly label: string
  readonly choices?: readonly Choice[]
  /** An empty text is null. */
  readonly isOptional?: boolean
  readonly wide?: boolean
}

export type Control =
  | { readonly kind: 'text'; readonly mono?: boolean; readonly isOptional?: boolean; readonly placeholder?: string }
  | { readonly kind: 'number' }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] | ((context: FormContext, values: Values) => readonly Choice[]) }
  | {
      readonly kind: 'code'
      readonly frame: Frame | ((values: Values) => Frame)
      readonly lines: number
      readonly isOptional?: boolean
      readonly placeholder?: string
    }
  /** Several words, with commas between them. */
  | { readonly kind: 'words'; readonly placeholder?: string }
  /** `name = value`, one per line. */
  | { readonly kind: 'options' }
  /** Columns of the table, in order. */
  | { readonly kind: 'columns' }
  /** Keys of an index; `operators` for exclusion constraints. */
  | { readonly kind: 'keys'; readonly operators?: boolean; readonly plain?: boolean }
  | { readonly kind: 'events' }
  | { readonly kind: 'rows'; readonly cells: readonly Cell[]; readonly blank: Values; readonly add: string }
  | { readonly kind: 'body' }
  /** Tables of the project, in order. */
  | { readonly kind: 'tables' }
  | { readonly kind: 'partitionBy' }
  | { readonly kind: 'partitionOf' }
  /** Whatever the model holds there, as JSON. */
  | { readonly kind: 'json' }

export interface Field {
  readonly key: string
  readonly label: string
  readonly control: Control
  readonly hint?: string
  /** Not shown before it is asked for, unless it is used. */
  readonly isSeldom?: boolean
  /** Shown only when this is so. */
  readonly isShown?: (values: Values, context: FormContext) => boolean
}

/** How one kind of object is edited. */
export interface Spec {
  readonly id: string
  readonly kind: RowKind
  /** `index`, for people. */
  readonly word: string
  readonly fields: readonly Field[]
  /** The mutation that makes one; null = not here. */
  readonly create: string | null
  readonly update: string
  readonly remove: string | null
  /** What a new one begins with. Names may be left out: they are generated. */
  readonly blank: (context: FormContext) => Values
  /** What it is, in a line, for lists. */
  readonly about: (row: Values, context: FormContext) => string
  /** Kinds that share mutations name themselves in the arguments. */
  readonly isRare?: boolean
}

/** The arguments of the mutation that carries out what a form holds. */
export function argumentsOf(
  { spec, id, patch, context }: { readonly spec: Spec; readonly id: Id; readonly patch: Values; readonly context: FormContext },
  isNew: boolean,
): Values {
  if (spec.isRare) return { id, kind: spec.kind, fields: patch }
  if (!isNew || !context.parent) return { id, ...patch }
  return { id, ...patch, [context.parent.kind === 'view' ? 'viewId' : 'tableId']: context.parent.id }
}
