import { Link, useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Viewer } from '../bridge/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Input } from '../ui/input.tsx'
import { Logo } from '../ui/logo.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { authClient } from './auth-client.ts'
import { type AuthError, authMessage } from './auth-message.ts'
import { nextAddress } from './next-address.ts'

interface AccountPageProps {
  readonly mode: 'signIn' | 'signUp'
  /** Where the person wanted to go. */
  readonly next: string | undefined
  readonly viewer: Viewer | null
}

/** Sign in or create an account. A guest who does keeps every project. */
export function AccountPage({ mode, next, viewer }: AccountPageProps) {
  const text = texts[mode]
  const other = mode === 'signIn' ? '/signup' : '/login'
  return (
    <main className="grid min-h-dvh grid-rows-[auto_1fr_auto] bg-canvas bg-[radial-gradient(900px_420px_at_50%_-10%,color-mix(in_srgb,var(--accent-blue)_12%,transparent),transparent_65%)]">
      <Link to="/" className="m-4 flex items-center gap-2.5 justify-self-start rounded-md text-sm font-semibold">
        <Logo /> SchemaFlow
      </Link>
      <div className="mx-auto w-full max-w-[380px] self-center px-4 pb-24">
        <h1 className="text-2xl font-semibold tracking-[-0.02em]">{text.title}</h1>
        <p className="mt-1.5 mb-6 text-sm text-muted">{leadFor(viewer) ?? text.lead}</p>
        <AccountForm mode={mode} next={next} />
        <p className="mt-5 text-body text-muted">
          {text.otherQuestion}{' '}
          <Link to={other} search={next ? { next } : {}} className="rounded-xs font-[550] text-blue underline-offset-4 hover:underline">
            {text.otherLink}
          </Link>
        </p>
      </div>
    </main>
  )
}

function leadFor(viewer: Viewer | null): string | null {
  if (!viewer) return null
  return viewer.isGuest
    ? 'Your projects come with you: everything you made as a guest stays yours.'
    : `You are signed in as ${viewer.email}. Going on here changes to the other account.`
}

const texts = {
  signIn: {
    title: 'Sign in',
    lead: 'Back to your schemas.',
    button: 'Sign in',
    otherQuestion: 'New here?',
    otherLink: 'Create an account',
  },
  signUp: {
    title: 'Create an account',
    lead: 'Your projects stay on this server, under your name.',
    button: 'Create the account',
    otherQuestion: 'Have one already?',
    otherLink: 'Sign in',
  },
}

function AccountForm({ mode, next }: Pick<AccountPageProps, 'mode' | 'next'>) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AuthError | null>(null)
  const problem = error ? authMessage(error) : null
  const errorOf = (field: string) => (problem?.field === field ? problem.text : undefined)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setError(null)
    const refused = await send(mode, { name: text(form, 'name'), email: text(form, 'email'), password: text(form, 'password') })
    setBusy(false)
    if (refused) return setError(refused)
    await router.invalidate()
    await router.navigate({ to: nextAddress(next) })
  }

  return (
    // The server is asked by script; `method` keeps a password out of the address bar if the form is sent before the script is there.
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-4">
      {mode === 'signUp' ? (
        <Field label="Name" hint="As others will see it." error={errorOf('name')}>
          {(control) => <Input {...control} size="lg" name="name" autoComplete="name" required maxLength={80} />}
        </Field>
      ) : null}
      <Field label="E-mail" error={errorOf('email')}>
        {(control) => <Input {...control} size="lg" name="email" type="email" autoComplete="email" required maxLength={254} />}
      </Field>
      <Field label="Password" hint={mode === 'signUp' ? 'At least 8 characters.' : undefined} error={errorOf('password')}>
        {(control) => (
          <Input
            {...control}
            size="lg"
            name="password"
            type="password"
            autoComplete={mode === 'signUp' ? 'new-password' : 'current-password'}
            required
            minLength={mode === 'signUp' ? 8 : 1}
            maxLength={128}
          />
        )}
      </Field>
      {problem && !problem.field ? (
        <p role="alert" className="rounded-lg border border-red/40 bg-red/10 px-3 py-2 text-body">
          {problem.text}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="xl" disabled={busy} className="mt-1">
        {busy ? <Spinner /> : null}
        {texts[mode].button}
      </Button>
    </form>
  )
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

async function send(
  mode: AccountPageProps['mode'],
  { name, email, password }: Record<'name' | 'email' | 'password', string>,
): Promise<AuthError | null> {
  try {
    const { error } =
      mode === 'signUp' ? await authClient.signUp.email({ name, email, password }) : await authClient.signIn.email({ email, password })
    return error
  } catch {
    return { status: 0 }
  }
}
