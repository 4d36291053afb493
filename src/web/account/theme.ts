import { useSyncExternalStore } from 'react'

export const themes = ['dark', 'light'] as const
export type Theme = (typeof themes)[number]

/** The cookie that the server reads, so that the first paint has the right colours. */
export const THEME_COOKIE = 'schemaflow-theme'

/** Turns the page, now and on every later visit from this browser. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=lax`
  for (const listener of listeners) listener()
}

/** The theme the page has now. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, read, () => 'dark')

const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const read = (): Theme => (document.documentElement.dataset['theme'] === 'light' ? 'light' : 'dark')
