import { createServerFn } from '@tanstack/react-start'
import { getCookie } from '@tanstack/react-start/server'
import { THEME_COOKIE, type Theme } from '../account/theme.ts'

/** The theme this browser has chosen; dark when it has not. */
export const getTheme = createServerFn({ method: 'GET' }).handler((): Theme => (getCookie(THEME_COOKIE) === 'light' ? 'light' : 'dark'))
