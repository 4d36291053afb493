import { useMemo, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { useEditor } from '../../state/editor.tsx'
import { newId } from '../../state/new-id.ts'
import { argumentsOf, type Field, type FormContext, type Spec, type Values } from './fields.ts'

export interface Form {
  /** The object as it is, with what has been changed here. */
  readonly values: Values
  readonly isChanged: boolean
  readonly isSaving: boolean
  /** The field that was changed last. */
  readonly last: Field | null
  /** What a new object still lacks before it can be made; null = nothing. */
  readonly missing: string | null
  /** The edit that saving would make. */
  readonly edit: { readonly name: string; readonly args: Values } | null
  set(field: Field, value: unknown): void
  /** Gives back what was. */
  discard(): void
  /** Makes the edit; resolves with the object's id when the server has taken it. */
  save(): Promise<Id | null>
}

export interface FormSubject {
  readonly spec: Spec
  readonly context: FormContext
  /** Null = a new one. */
  readonly row: (Values & { readonly id: Id }) | null
}

/** What is being changed of one object. Others' changes to fields that are not changed here show through. */
export function useForm({ spec, context, row }: FormSubject): Form {
  const { edit: run } = useEditor()
  const [patch, setPatch] = useState<Values>({})
  const [last, setLast] = useState<Field | null>(null)
  const [isSaving, setSaving] = useState(false)
  const [freshId] = useState(newId)
  const blank = useMemo(() => (row ? null : spec.blank(context)), [row, spec, context])
  const values = useMemo(() => ({ ...(row ?? blank), ...patch }), [row, blank, patch])
  const changed = Object.keys(patch).filter((key) => !row || JSON.stringify(patch[key]) !== JSON.stringify(row[key] ?? null))
  const isChanged = changed.length > 0
  const name = row ? spec.update : spec.create
  const sent = row ? Object.fromEntries(changed.map((key) => [key, patch[key]])) : filled({ ...blank, ...patch })
  const id = row?.id ?? freshId
  const missing = row ? null : (spec.missing?.(values) ?? null)
  const edit = isChanged && name && missing === null ? { name, args: argumentsOf({ spec, id, patch: sent, context }, !row) } : null
  return {
    values,
    isChanged,
    isSaving,
    last,
    missing,
    edit,
    set(field, value) {
      setLast(field)
      setPatch((before) => ({ ...before, [field.key]: value }))
    },
    discard() {
      setPatch({})
      setLast(null)
    },
    async save() {
      if (!edit || isSaving) return null
      setSaving(true)
      const result = await run(edit.name, edit.args)
      setSaving(false)
      if (result.kind !== 'ok') return null
      setPatch({})
      return id
    },
  }
}

/** A name that was left empty is not given: then it is generated. */
const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key, value]) => key !== 'name' || value !== ''))
