import { CircleAlert } from 'lucide-react'
import type { ClipboardEvent, ComponentProps, FormEvent } from 'react'
import type { Diagnostic } from '#core/diagnostic.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { Select, SelectContent, SelectItem, SelectTrigger } from '../../ui/select.tsx'
import { formOfUrl, tlsChoices, type ConnectionForm } from './connection-form.ts'
import type { DatabaseChoice } from './use-database-choice.ts'

/** The form's id: its button stands in the dialog's footer. */
export const FORM_ID = 'connect-to-database'

type Change = (change: Partial<ConnectionForm>) => void

/** How to reach the database: fields, into which a whole url may be pasted, or a connection string as it is. */
export function DatabaseForm({ database: { form, setForm, isBusy, trouble, connect } }: { readonly database: DatabaseChoice }) {
  const change: Change = (patch) => setForm({ ...form, ...patch })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    connect()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = formOfUrl(event.clipboardData.getData('text/plain'))
    if (!pasted || form.url !== null) return
    event.preventDefault()
    setForm(pasted)
  }
  return (
    <form id={FORM_ID} onSubmit={submit} onPaste={onPaste} className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-5 pb-4">
        <fieldset disabled={isBusy} className="grid min-w-0 gap-4">
          {form.url === null ? <Fields form={form} change={change} /> : <UrlField url={form.url} change={change} />}
        </fieldset>
        <p className="text-xs text-faint">
          {form.url === null
            ? 'A whole postgres:// url can be pasted into any field. Or '
            : 'postgres://user:password@host:5432/database, or host=… dbname=… as psql takes it. Or '}
          <Button variant="link" className="px-0 text-xs" onClick={() => change({ url: form.url === null ? '' : null })} disabled={isBusy}>
            {form.url === null ? 'use a connection string' : 'use fields'}
          </Button>
          .
        </p>
      </div>
      <div role="alert" className="px-5 pb-4 empty:hidden">
        {trouble ? <Trouble trouble={trouble} /> : null}
      </div>
    </form>
  )
}

function Trouble({ trouble: { message, hint } }: { readonly trouble: Diagnostic }) {
  return (
    <div className="flex gap-3 rounded-lg border border-red/45 px-3.5 py-3">
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" aria-hidden="true" />
      <div className="grid min-w-0 gap-1">
        <p className="text-body font-medium break-words">{message}</p>
        {hint ? <p className="text-[12.5px] break-words text-muted">{hint}</p> : null}
      </div>
    </div>
  )
}

interface PartProps {
  readonly form: ConnectionForm
  readonly change: Change
}

function Fields({ form, change }: PartProps) {
  const input = (name: 'host' | 'port' | 'database' | 'user' | 'password', label: string, more: ComponentProps<typeof Input> = {}) => (
    <Field label={label}>
      {(control) => (
        <Input {...control} {...more} size="lg" value={form[name]} onChange={(event) => change({ [name]: event.target.value })} />
      )}
    </Field>
  )
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_110px] gap-3">
        {input('host', 'Host', { placeholder: 'db.example.org' })}
        {input('port', 'Port', { inputMode: 'numeric' })}
      </div>
      <div className="grid grid-cols-2 gap-3">
        {input('database', 'Database')}
        <Encryption form={form} change={change} />
        {input('user', 'User')}
        {input('password', 'Password', { type: 'password', autoComplete: 'new-password' })}
      </div>
    </>
  )
}

function Encryption({ form, change }: PartProps) {
  const choose = (mode: string) => change({ ssl: tlsChoices.find((each) => each.mode === mode)?.mode ?? 'prefer' })
  return (
    <Field label="Encryption">
      {(control) => (
        <Select value={form.ssl} onValueChange={choose}>
          <SelectTrigger {...control} className="h-9 rounded-lg px-3 text-sm" />
          <SelectContent>
            {tlsChoices.map(({ mode, label }) => (
              <SelectItem key={mode} value={mode}>
                {label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  )
}

function UrlField({ url, change }: { readonly url: string; readonly change: Change }) {
  return (
    <Field label="Connection string">
      {(control) => (
        <Input
          {...control}
          size="lg"
          autoFocus
          className="font-mono"
          value={url}
          onChange={(event) => change({ url: event.target.value })}
        />
      )}
    </Field>
  )
}
