import type { ObjectName } from '../schema/names.ts'
import type { Draft, Named } from './rows.ts'

/** Bytes of UTF-8 that a name may have: PostgreSQL's NAMEDATALEN - 1. Longer ones it would cut, silently. */
export const MAX_NAME_BYTES = 63

/** The length of a text in UTF-8 bytes. */
export function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/**
 * The name that PostgreSQL generates for an object (`makeObjectName` in indexcmds.c): `first_second_label`, the longer of the two parts cut
 * until all is 63 bytes.
 */
export function objectName(first: string, second: string | null, label: string): string {
  const overhead = label.length + 1 + (second === null ? 0 : 1)
  let firstBytes = utf8Length(first)
  let secondBytes = second === null ? 0 : utf8Length(second)
  while (firstBytes + secondBytes > MAX_NAME_BYTES - overhead) {
    if (firstBytes > secondBytes) firstBytes -= 1
    else secondBytes -= 1
  }
  return [clip(first, firstBytes), ...(second === null ? [] : [clip(second, secondBytes)]), label].join('_')
}

/** The generated name, with a number on the label when it is taken: `users_email_key1`. */
export function freeName(isTaken: (name: string) => boolean, first: string, second: string | null, label: string): string {
  for (let number = 0; ; number += 1) {
    const name = objectName(first, second, number === 0 ? label : `${label}${number}`)
    if (!isTaken(name)) return name
  }
}

/** A name that is not taken: as wished, else with `_2`, `_3` …, cut to fit. */
export function freeVariant(isTaken: (name: string) => boolean, wished: string): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `_${number}`
    const name = `${clip(wished, MAX_NAME_BYTES - suffix.length)}${suffix}`
    if (!isTaken(name)) return name
  }
}

/** What already has this name among the relations of a namespace: tables, views, sequences, indexes, and constraints that own an index. */
export function relationNamed(draft: Draft, { namespace, name }: ObjectName): Named | undefined {
  return draft.named(name).find((found) => {
    if (found.kind === 'constraint') {
      const row = draft.get('constraint', found.id)
      return row !== undefined && ownsIndex(row.kind) && namespaceOf(draft, found) === namespace
    }
    return ['table', 'view', 'sequence', 'index'].includes(found.kind) && namespaceOf(draft, found) === namespace
  })
}

/** What already has this name among the types of a namespace. Tables and views are types too. */
export function typeNamed(draft: Draft, { namespace, name }: ObjectName): Named | undefined {
  return draft
    .named(name)
    .find(
      (found) =>
        ['enumType', 'domain', 'compositeType', 'rangeType', 'table', 'view'].includes(found.kind) &&
        namespaceOf(draft, found) === namespace,
    )
}

/** Whether a generated constraint name would meet a relation or any constraint of the namespace: PostgreSQL avoids both. */
export function isConstraintNameTaken(draft: Draft, namespace: string): (name: string) => boolean {
  return (name) =>
    draft.named(name).some((found) => {
      const isRival = ['table', 'view', 'sequence', 'index', 'constraint'].includes(found.kind)
      return isRival && namespaceOf(draft, found) === namespace
    })
}

/** The namespace that a named row lives in; that of its table or view for what hangs on one. */
export function namespaceOf(draft: Draft, { kind, id }: Named): string | undefined {
  const row = draft.get(kind, id)
  if (!row) return undefined
  if ('namespace' in row) return row.namespace ?? undefined
  const tableId = 'tableId' in row ? row.tableId : null
  const viewId = 'viewId' in row ? row.viewId : null
  if (tableId !== null) return draft.get('table', tableId)?.namespace
  return viewId === null ? undefined : draft.get('view', viewId)?.namespace
}

const ownsIndex = (kind: string): boolean => kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion'

/** The beginning of a text, up to so many bytes, never half a character. */
function clip(text: string, bytes: number): string {
  let used = 0
  let clipped = ''
  for (const character of text) {
    used += utf8Length(character)
    if (used > bytes) break
    clipped += character
  }
  return clipped
}
