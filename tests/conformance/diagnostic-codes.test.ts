import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { CodeEntry } from '#core/codes/code-entry.ts'
import { editingCodes } from '#core/codes/editing.ts'
import { introspectingCodes } from '#core/codes/introspecting.ts'
import { readingCodes } from '#core/codes/reading.ts'
import { runningCodes } from '#core/codes/running.ts'
import { writingDetailCodes } from '#core/codes/writing-details.ts'
import { writingObjectCodes } from '#core/codes/writing-objects.ts'
import { diagnosticCodes } from '#core/diagnostic-codes.ts'

// The compiler refuses a code that the tables do not hold. These tests see to the rest: that the tables hold nothing else, and hold it well.

const tables: readonly Readonly<Record<string, CodeEntry>>[] = [
  readingCodes,
  introspectingCodes,
  writingObjectCodes,
  writingDetailCodes,
  editingCodes,
  runningCodes,
]
const entries = tables.flatMap((codes) => Object.entries(codes))

test('every code in the tables is used', () => {
  const used = usedCodes()
  expect(entries.map(([code]) => code).filter((code) => !used.has(code))).toEqual([])
})

test('codes are in kebab-case, each in one table', () => {
  const all = entries.map(([code]) => code)
  expect(all.filter((code, at) => all.indexOf(code) !== at)).toEqual([])
  expect(
    Object.values(diagnosticCodes)
      .flatMap((area) => Object.keys(area))
      .toSorted(),
  ).toEqual(all.toSorted())
  expect(all.filter((code) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code))).toEqual([])
})

test('texts are sentences that fit a card', () => {
  for (const [code, { title, means, help }] of entries) {
    expect([code, title]).toEqual([code, expect.stringMatching(/^\S.{2,39}[^.]$/)])
    for (const text of [means, help]) expect([code, text]).toEqual([code, expect.stringMatching(/^\S.{3,220}\.$/)])
  }
})

/** Functions that take a code as their first argument, or after a severity or a status. A new one belongs here. */
const reporters = 'add|error|leftOut|lose|refuse|refused|Refusal|RequestFailure|super|tell|told|TransportError|trouble|warning'
const place = new RegExp(`(?:\\b(?:${reporters})\\(\\s*(?:'(?:error|warning|info)',\\s*|\\d+,\\s*)?|\\bcode: )([^,]*)`, 'g')

function usedCodes(): ReadonlySet<string> {
  const root = path.resolve(import.meta.dirname, '../../src')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.|\.gen\.|^core\/codes\//.test(file.replaceAll(path.sep, '/')),
  )
  const texts = files.map((file) => readFileSync(path.join(root, file), 'utf8'))
  const arguments_ = texts.flatMap((text) => [...text.matchAll(place)].map(([, argument = '']) => argument))
  return new Set(arguments_.flatMap((argument) => [...argument.matchAll(/'([a-z0-9-]+)'/g)].map(([, code = '']) => code)))
}
