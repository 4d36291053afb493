import { ChevronDown, ChevronLeft, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Id } from '#core/project/rows.ts'
import { confirm } from '../../dialogs/confirm/confirm.tsx'
import { keysOf } from '../../commands/keys.ts'
import { useEditor } from '../../state/editor.tsx'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { CheckLine } from './check-line.tsx'
import { FieldControl } from './field-control.tsx'
import type { Field, Values } from './fields.ts'
import type { TextProblem } from './syntax.ts'
import { type Check, useCheck } from './use-check.ts'
import { type Form, type FormSubject, useForm } from './use-form.ts'

interface ObjectFormProps extends FormSubject {
  readonly title: string
  /** Where Escape and the arrow go; null = nowhere. */
  readonly back: { readonly label: string; readonly go: () => void } | null
  /** After a new object has been made. */
  readonly onMade: (id: Id) => void
}

/** One object with all that can be changed of it. Mod+Enter saves; Escape gives back what was, and then goes back. */
export function ObjectForm({ title, back, onMade, ...subject }: ObjectFormProps) {
  const { spec, row, context } = subject
  const { canEdit } = useEditor()
  const form = useForm(subject)
  const { check, isSql, tellSyntax } = useValidity(form, subject)
  const mayEdit = canEdit && form.values['inherited'] !== true
  const [showsAll, setShowsAll] = useState(false)
  const root = useRef<HTMLFormElement>(null)
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input:not([disabled]), button[role=combobox], textarea')?.focus({ preventScroll: true })
  }, [])
  const save = async () => {
    const made = await form.save()
    if (made && !row) onMade(made)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      void save()
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      event.stopPropagation()
      if (form.isChanged && !form.isSaving) form.discard()
      else back?.go()
    }
  }
  return (
    // The form hears the keys of all its fields. Enter alone saves nothing.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={root}
      aria-label={`${spec.word} ${title}`}
      className="flex min-h-0 flex-1 flex-col"
      onKeyDown={onKeyDown}
      onSubmit={(event) => event.preventDefault()}
    >
      <Head title={title} back={back} mayDelete={mayEdit} subject={subject} />
      <div className="grid min-h-0 flex-1 auto-rows-min grid-cols-[minmax(0,1fr)] content-start gap-y-2.5 overflow-y-auto px-3.5 py-3">
        {spec.fields.map((field) =>
          isShown(field, form.values, context) && (showsAll || !isPassedOver(field, form)) ? (
            <Line
              key={field.key}
              field={field}
              form={form}
              subject={subject}
              disabled={!mayEdit}
              check={check}
              onSyntax={(isGood) => tellSyntax(field.key, isGood)}
            />
          ) : null,
        )}
        {showsAll || !spec.fields.some((field) => isPassedOver(field, form)) ? null : (
          <Button variant="ghost" size="sm" className="justify-self-start" onClick={() => setShowsAll(true)}>
            <ChevronDown aria-hidden="true" /> More options
          </Button>
        )}
      </div>
      <Foot form={form} check={check} isSql={isSql} mayEdit={mayEdit} isNew={!row} onSave={() => void save()} />
    </form>
  )
}

/** What the grammar and PostgreSQL say of the form as it stands. */
function useValidity(form: Form, { spec, context }: FormSubject) {
  const { canEdit, projectId } = useEditor()
  const [badFields, setBadFields] = useState<ReadonlySet<string>>(new Set())
  const isSql = !spec.fields.some((field) => badFields.has(field.key) && isShown(field, form.values, context))
  const text = textOf(form)
  const request = form.edit && isSql && canEdit ? { mutations: [form.edit], ...(text === null ? {} : { text }) } : null
  const check = useCheck(projectId, request)
  const tellSyntax = (key: string, isGood: boolean) =>
    setBadFields((before) => {
      if (before.has(key) !== isGood) return before
      return new Set(isGood ? [...before].filter((one) => one !== key) : [...before, key])
    })
  return { check, isSql, tellSyntax }
}

/** What is seldom needed and not used here, until it is asked for. */
const isPassedOver = ({ isSeldom, key }: Field, { values }: Form): boolean => isSeldom === true && isNothing(values[key])

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  value === 'unsafe' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

const isShown = (field: Field, values: Values, context: FormSubject['context']): boolean => field.isShown?.(values, context) ?? true

/** The text that was changed last, when it is SQL: places in it can be told. */
function textOf({ last, values }: Form): string | null {
  if (last?.control.kind !== 'code' && last?.control.kind !== 'body') return null
  const value = values[last.key]
  const text: unknown = last.control.kind === 'body' && typeof value === 'object' && value !== null ? Reflect.get(value, 'text') : value
  return typeof text === 'string' ? text : null
}

const sure = (word: string, title: string) =>
  confirm({
    title: `Delete the ${word} “${title}”?`,
    text: 'Nothing else goes with it. What needs it stays and is named.',
    action: 'Delete',
  })

interface HeadProps {
  readonly title: string
  readonly back: ObjectFormProps['back']
  readonly subject: FormSubject
  readonly mayDelete: boolean
}

function Head({ title, back, subject: { spec, row }, mayDelete }: HeadProps) {
  const { edit } = useEditor()
  const { word } = spec
  const askAndDelete = async () => {
    if (!row || !spec.remove || !(await sure(word, title))) return
    const result = await edit(spec.remove, spec.isRare ? { id: row.id, kind: spec.kind } : { id: row.id })
    if (result.kind === 'ok') back?.go()
  }
  return (
    <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line-muted pr-2 pl-1.5">
      {back ? (
        <Button variant="ghost" size="icon-sm" aria-label={`Back to ${back.label}`} onClick={back.go}>
          <ChevronLeft aria-hidden="true" />
        </Button>
      ) : (
        <span className="w-2" />
      )}
      <h2 className="truncate font-mono text-[12.5px] font-semibold" title={title}>
        {title}
      </h2>
      <span className="ml-1 shrink-0 text-xs text-faint">{row ? word : `new ${word}`}</span>
      {row && spec.remove && mayDelete ? (
        <Button
          variant="ghost"
          size="icon-sm"
          className="ml-auto hover:text-red"
          aria-label={`Delete this ${word}`}
          onClick={() => void askAndDelete()}
        >
          <Trash2 aria-hidden="true" />
        </Button>
      ) : null}
    </div>
  )
}

interface LineProps {
  readonly field: Field
  readonly form: Form
  readonly subject: FormSubject
  readonly disabled: boolean
  readonly check: Check
  readonly onSyntax: (isSql: boolean) => void
}

const wide = new Set(['code', 'body', 'rows', 'json', 'keys', 'reference'])

/** A label and its control; wide ones have a line of their own. */
function Line({ field, form, subject, disabled, check, onSyntax }: LineProps): ReactNode {
  const id = useId()
  const isWide = wide.has(field.control.kind)
  const control = (
    <FieldControl
      field={field}
      id={id}
      noteId={`${id}-hint`}
      value={form.values[field.key]}
      values={form.values}
      context={subject.context}
      disabled={disabled}
      problems={form.last === field ? problemsIn(check) : none}
      onChange={(value) => form.set(field, value)}
      onSyntax={onSyntax}
    />
  )
  return (
    <div
      className={
        isWide ? 'grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1' : 'grid min-w-0 grid-cols-[108px_minmax(0,1fr)] items-start gap-x-3'
      }
    >
      <label htmlFor={id} className={isWide ? 'text-xs text-muted' : 'pt-[5px] text-xs text-muted'}>
        {field.label}
      </label>
      <div className="flex min-h-7 min-w-0 flex-col justify-center">
        {control}
        {field.hint ? (
          <p id={`${id}-hint`} className="mt-1 text-2xs text-faint">
            {field.hint}
          </p>
        ) : null}
      </div>
    </div>
  )
}

const none: readonly TextProblem[] = []
const known = new WeakMap<Check, readonly TextProblem[]>()

/** What PostgreSQL says against the text, with its place there. */
function problemsIn(check: Check): readonly TextProblem[] {
  if (check.kind !== 'refused') return none
  const found =
    known.get(check) ??
    check.diagnostics.flatMap(({ message, span }) => (span ? [{ message, from: span.start, to: Math.max(span.end, span.start + 1) }] : []))
  known.set(check, found)
  return found
}

interface FootProps {
  readonly form: Form
  readonly check: Check
  readonly isSql: boolean
  readonly mayEdit: boolean
  readonly isNew: boolean
  readonly onSave: () => void
}

/** What PostgreSQL says, and how to save. Always there, so that nothing moves when something is changed. */
function Foot({ form, check, isSql, mayEdit, isNew, onSave }: FootProps) {
  if (!mayEdit) {
    const why = form.values['inherited'] === true ? 'Comes from the parent table: change it there.' : 'You can look, not change.'
    return <p className="flex h-11 shrink-0 items-center border-t border-line-muted px-3.5 text-xs text-faint">{why}</p>
  }
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-2 border-t border-line-muted px-3 py-1.5">
      <CheckLine check={check} isChanged={form.isChanged} isSaving={form.isSaving} isNew={isNew} isSql={isSql} missing={form.missing} />
      <Button variant="ghost" className="ml-auto px-2" disabled={!form.isChanged} onClick={form.discard}>
        Revert <Kbd>Esc</Kbd>
      </Button>
      <Button variant="primary" disabled={!form.edit || form.isSaving} aria-keyshortcuts="Meta+Enter Control+Enter" onClick={onSave}>
        Save <span className="text-2xs opacity-75">{keysOf('mod+Enter')}</span>
      </Button>
    </div>
  )
}
