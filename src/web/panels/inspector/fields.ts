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
  /** What its text stands for: words with commas between them, or an object's name as SQL writes it. A flag is a switch. Else it is text. */
  readonly as?: 'words' | 'name' | 'flag'
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
  /** What a foreign key refers to. */
  | { readonly kind: 'reference' }
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
  /** What a new one still lacks, for people; null = it can be made. */
  readonly missing?: (values: Values) => string | null
  /** What it is, in a line, for lists. */
  readonly about: (row: Values, context: FormContext) => string
  /** The arguments of `create`, where they are not the form's values and the parent's id. */
  readonly toCreate?: (values: Values, context: FormContext) => Values
  /** Kinds that share mutations name themselves in the arguments. */
  readonly isRare?: boolean
}

/** The arguments of the mutation that carries out what a form holds. */
export function argumentsOf(
  { spec, id, patch, context }: { readonly spec: Spec; readonly id: Id; readonly patch: Values; readonly context: FormContext },
  isNew: boolean,
): Values {
  if (spec.isRare) return { id, kind: spec.kind, fields: isNew ? shownOf(spec, patch, context) : patch }
  if (!isNew || !context.parent) return { id, ...patch }
  if (spec.toCreate) return { id, ...spec.toCreate(patch, context) }
  return { id, ...patch, [context.parent.kind === 'view' ? 'viewId' : 'tableId']: context.parent.id }
}

/** What a new object is made of: without the fields of another of its kind's shapes. */
function shownOf({ fields }: Spec, values: Values, context: FormContext): Values {
  const passedOver = new Set(fields.flatMap(({ key, isShown }) => (isShown && !isShown(values, context) ? [key] : [])))
  return Object.fromEntries(Object.entries(values).filter(([key]) => !passedOver.has(key)))
}
