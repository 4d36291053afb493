import { pino, type Logger } from 'pino'

export type Log = Logger

/** The server's log: one JSON line per event on stdout. Cookies, tokens and passwords never reach it. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    redact: { paths: ['*.cookie', '*.authorization', '*.password', '*.token', '*.secret', '*.connectionString'], censor: '[kept out]' },
  })
