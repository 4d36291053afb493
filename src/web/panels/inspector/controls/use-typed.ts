import { useState } from 'react'

/** How a value is written as text, and read back. */
export interface Spelling<T> {
  readonly write: (value: T) => string
  readonly read: (text: string) => T
}

/** The text of a field for a value that is written as text. What is being typed stays as typed, as long as it means the value. */
export function useTyped<T>(value: T, { write, read }: Spelling<T>): readonly [shown: string, setText: (text: string) => void] {
  const [text, setText] = useState(write(value))
  return [write(read(text)) === write(value) ? text : write(value), setText]
}
