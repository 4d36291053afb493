import type { FormatEntry } from './format.ts'
import { entry as postgresSql } from './postgres-sql/entry.ts'
import { entry as json } from './json/entry.ts'
import { entry as drizzle } from './drizzle/entry.ts'
import { entry as prisma } from './prisma/entry.ts'

/** Every format, one line each. The conformance suite tests each of them unasked. */
export const formats = [postgresSql, json, drizzle, prisma] as const

export type FormatId = (typeof formats)[number]['id']

/** The format of that id, or undefined. */
export const findFormat = (id: string): FormatEntry<FormatId> | undefined => formats.find((entry) => entry.id === id)

/** The readable format that a text most likely is, or undefined when none fits. */
export function detectFormat(file: string, text: string): FormatEntry<FormatId> | undefined {
  const head = text.slice(0, 8192)
  const scored = formats.filter((entry) => entry.reads).map((entry) => ({ entry, score: entry.detect(file, head) }))
  const best = scored.reduce<(typeof scored)[number] | undefined>((a, b) => (a && a.score >= b.score ? a : b), undefined)
  return best && best.score > 0 ? best.entry : undefined
}
