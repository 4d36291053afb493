import { useState } from 'react'
import { Input, Textarea } from '../../../ui/input.tsx'
import { useTyped } from './use-typed.ts'

interface TextProps<T> {
  readonly id: string
  readonly describedBy: string
  readonly value: T
  readonly disabled: boolean
  readonly onChange: (value: T) => void
}

/** Words with commas between them. What is being typed stays as typed. */
export function Words({
  id,
  describedBy,
  value,
  placeholder,
  disabled,
  onChange,
}: TextProps<readonly string[]> & { readonly placeholder?: string }) {
  const [shown, setText] = useTyped(value, { write: (words) => words.join(', '), read: wordsIn })
  const type = (next: string) => {
    setText(next)
    onChange(wordsIn(next))
  }
  return (
    <Input
      id={id}
      aria-describedby={describedBy}
      className="w-full font-mono"
      placeholder={placeholder ?? 'none'}
      disabled={disabled}
      value={shown}
      onChange={(event) => type(event.target.value)}
    />
  )
}

/** The words of a text with commas between them. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)

/** `name = value`, one per line. */
export function Options({ id, describedBy, value, disabled, onChange }: TextProps<Readonly<Record<string, string>>>) {
  const [shown, setText] = useTyped(value, { write: linesOf, read: optionsIn })
  const type = (next: string) => {
    setText(next)
    onChange(optionsIn(next))
  }
  return (
    <Textarea
      id={id}
      aria-describedby={describedBy}
      className="min-h-8 w-full resize-y font-mono text-xs leading-[18px]"
      rows={Math.max(1, Object.keys(value).length)}
      placeholder="none"
      disabled={disabled}
      value={shown}
      onChange={(event) => type(event.target.value)}
    />
  )
}

const linesOf = (options: Readonly<Record<string, string>>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')

function optionsIn(text: string): Readonly<Record<string, string>> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=')
    const name = (at < 0 ? line : line.slice(0, at)).trim()
    return name ? [[name, at < 0 ? '' : line.slice(at + 1).trim()] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** Anything the model holds, as JSON. Tells nothing while the text is not JSON. */
export function Json({ id, describedBy, value, disabled, onChange }: TextProps<unknown>) {
  const written = JSON.stringify(value ?? null, null, 2)
  const [text, setText] = useState(written)
  const type = (next: string) => {
    setText(next)
    const parsed = parse(next)
    if (parsed !== undefined) onChange(parsed.value)
  }
  const parsed = parse(text)
  const isStale = parsed !== undefined && JSON.stringify(parsed.value) !== JSON.stringify(value ?? null)
  return (
    <Textarea
      id={id}
      aria-describedby={describedBy}
      aria-invalid={parsed === undefined}
      className="w-full resize-y font-mono text-xs leading-[18px]"
      rows={Math.min(12, written.split('\n').length)}
      disabled={disabled}
      value={isStale ? written : text}
      onChange={(event) => type(event.target.value)}
    />
  )
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
