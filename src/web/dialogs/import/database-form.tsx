import { CircleAlert } from 'lucide-react'
import type { ClipboardEvent, FormEvent } from 'react'
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
    <form id={FORM_ID} onSubmit={submit} onPaste={onPaste} className="grid content-start gap-4 overflow-y-auto px-5 pt-5 pb-4">
      <fieldset disabled={isBusy} className="grid min-w-0 gap-4">
        {form.url === null ? <Fields form={form} change={change} /> : <UrlField url={form.url} change={change} />}
      </fieldset>
      <Button
        variant="link"
        className="justify-self-start text-xs"
        onClick={() => change({ url: form.url === null ? '' : null })}
        disabled={isBusy}
      >
        {form.url === null ? 'Use a connection string' : 'Use fields'}
      </Button>
      <div role="alert">
        {trouble ? (
          <div className="flex gap-3 rounded-lg border border-red/45 px-3.5 py-3">
            <CircleAlert className="mt-0.5 size-4 shrink-0 text-red" aria-hidden="true" />
            <div className="grid min-w-0 gap-1">
              <p className="text-body font-medium break-words">{trouble.message}</p>
              {trouble.hint ? <p className="text-[12.5px] break-words text-muted">{trouble.hint}</p> : null}
            </div>
          </div>
        ) : null}
      </div>
    </form>
  )
}

function Fields({ form, change }: { readonly form: ConnectionForm; readonly change: Change }) {
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_96px] gap-3">
        <Field label="Host" hint="A whole postgres:// url can be pasted here.">
          {(control) => (
            <Input
              {...control}
              size="lg"
              autoFocus
              placeholder="db.example.org"
              value={form.host}
              onChange={(event) => change({ host: event.target.value })}
            />
          )}
        </Field>
        <Field label="Port">
          {(control) => (
            <Input
              {...control}
              size="lg"
              inputMode="numeric"
              value={form.port}
              onChange={(event) => change({ port: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label="Database">
        {(control) => <Input {...control} size="lg" value={form.database} onChange={(event) => change({ database: event.target.value })} />}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="User">
          {(control) => <Input {...control} size="lg" value={form.user} onChange={(event) => change({ user: event.target.value })} />}
        </Field>
        <Field label="Password">
          {(control) => (
            <Input
              {...control}
              size="lg"
              type="password"
              autoComplete="new-password"
              value={form.password}
              onChange={(event) => change({ password: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Encryption form={form} change={change} />
    </>
  )
}

function Encryption({ form, change }: { readonly form: ConnectionForm; readonly change: Change }) {
  const choose = (mode: string) => change({ ssl: tlsChoices.find((each) => each.mode === mode)?.mode ?? 'prefer' })
  return (
    <Field label="Encryption" className="max-w-[calc(50%-6px)]">
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
    <Field label="Connection string" hint="postgres://user:password@host:5432/database, or host=… dbname=… as psql takes it.">
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
