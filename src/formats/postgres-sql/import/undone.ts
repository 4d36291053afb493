import { nameKey } from '#core/schema/index.ts'
import type { Node, RangeVar } from 'libpg-query'
import { all, as, kindOf, strings } from './ast.ts'
import type { Catalog } from './catalog.ts'
import { Refusal, type Statement } from './statement.ts'

/** What was made in transactions that PostgreSQL undid: who speaks of it afterwards is refused, with certainty. */
export class Undone {
  private readonly namespaces = new Set<string>()
  private readonly relations = new Set<string>()
  private readonly routines = new Set<string>()

  /** Takes in what a catalog had and the restored one has not. */
  add(before: Catalog, after: Catalog): void {
    for (const name of before.namespaces.keys()) if (!after.namespaces.has(name)) this.namespaces.add(name)
    for (const key of before.relations.keys()) if (!after.relations.has(key)) this.relations.add(key)
    for (const key of before.types.keys()) if (!after.types.has(key)) this.relations.add(key)
    for (const key of before.routines.keys()) if (!after.routines.has(key)) this.routines.add(key)
  }

  /** Takes in what a statement would have made that PostgreSQL passed over, because its transaction had failed. */
  addSkipped(st: Statement, node: Node): void {
    const namespace = as(node, 'CreateSchemaStmt')?.schemaname
    if (namespace !== undefined) this.namespaces.add(namespace)
    const relation = madeBy(node)
    if (relation) this.relations.add(this.key(st, [relation.schemaname ?? '', relation.relname ?? '']))
    const type = as(node, 'CreateEnumStmt')?.typeName ?? as(node, 'CreateRangeStmt')?.typeName ?? as(node, 'CreateDomainStmt')?.domainname
    if (type) this.relations.add(this.key(st, strings(type)))
    const routine = as(node, 'CreateFunctionStmt')?.funcname
    if (routine) this.routines.add(this.key(st, strings(routine)))
  }

  private key(st: Statement, names: readonly string[]): string {
    return nameKey({ namespace: names.at(-2) || (st.session.path.creation ?? 'public'), name: names.at(-1) ?? '' })
  }

  /** Refuses a statement that names something undone. What IF EXISTS guards is nothing to fail on. */
  check(st: Statement, node: Node): void {
    const content = as(node, kindOf(node)) as { readonly missing_ok?: boolean } | undefined
    if (content?.missing_ok) return
    this.checkTree(st, node, madeBy(node))
    const routine = as(node, 'CreateFunctionStmt')
    if (routine && !st.session.settings.unchecked) this.checkBody(st, all(routine.options, 'DefElem'))
  }

  /** The body in SQL is read when the function is made; of one in PL/pgSQL, the types of its variables. */
  private checkBody(st: Statement, options: readonly { readonly defname?: string; readonly arg?: Node }[]): void {
    const language = as(options.find(({ defname }) => defname === 'language')?.arg, 'String')?.sval?.toLowerCase()
    const body = strings(as(options.find(({ defname }) => defname === 'as')?.arg, 'List')?.items)[0] ?? ''
    if (language === 'plpgsql') for (const [, namespace, name] of body.matchAll(declared)) this.relation(st, [namespace ?? '', name ?? ''])
    if (language !== 'sql') return
    const parsed = st.session.parse(body)
    for (const { stmt } of parsed.ok ? parsed.stmts : []) if (stmt) this.checkTree(st, stmt, undefined)
  }

  /** Looks at every range variable, type and function of a tree. `made` is what the statement itself brings into being. */
  private checkTree(st: Statement, root: Node, made: RangeVar | undefined): void {
    const named = new Set<string>()
    const relations: RangeVar[] = []
    const stack: unknown[] = [root]
    while (stack.length > 0) {
      const top = stack.pop()
      if (typeof top !== 'object' || top === null) continue
      const { relname, relpersistence, names, typemod, funcname, ctename } = top as Readonly<Record<string, unknown>>
      if (typeof ctename === 'string') named.add(ctename)
      if (typeof relname === 'string' && relpersistence !== undefined && top !== made) relations.push(top)
      if (Array.isArray(names) && typemod !== undefined) this.relation(st, strings(names as Node[]))
      if (Array.isArray(funcname) && kindOf(root) !== 'CreateFunctionStmt') this.routine(st, strings(funcname as Node[]))
      for (const value of Object.values(top)) stack.push(value)
    }
    for (const { schemaname, relname = '' } of relations) {
      const itself = made?.relname === relname && made.schemaname === schemaname
      if (itself || (schemaname === undefined && named.has(relname))) continue
      this.relation(st, schemaname === undefined ? [relname] : [schemaname, relname])
    }
  }

  private relation(st: Statement, names: readonly string[]): void {
    const { catalog } = st
    const keys = this.keys(st, names)
    if (keys.some((key) => catalog.relations.has(key) || catalog.types.has(key))) return
    if (keys.some((key) => this.relations.has(key))) throw new Refusal('undone', `"${names.join('.')}" does not exist`)
  }

  private routine(st: Statement, names: readonly string[]): void {
    const keys = this.keys(st, names)
    if (keys.some((key) => st.catalog.routines.has(key))) return
    if (keys.some((key) => this.routines.has(key))) throw new Refusal('undone', `function ${names.join('.')} does not exist`)
  }

  private keys(st: Statement, names: readonly string[]): readonly string[] {
    const name = names.at(-1) ?? ''
    const namespace = names.at(-2)
    if (namespace !== undefined && this.namespaces.has(namespace) && !st.catalog.hasNamespace(namespace)) {
      throw new Refusal('undone', `schema "${namespace}" does not exist`)
    }
    return (namespace === undefined ? st.session.path.names : [namespace]).map((candidate) => nameKey({ namespace: candidate, name }))
  }
}

/** `v_row actor.usr%ROWTYPE`, `v_id actor.usr.id%TYPE`. */
const declared = /\b([a-z_][\w$]*)\.([a-z_][\w$]*)(?:\.[\w$]+)?\s*%\s*(?:rowtype|type)\b/gi

/** The relation a statement makes. */
function madeBy(node: Node): RangeVar | undefined {
  const foreign = as(node, 'CreateForeignTableStmt')?.base
  return (
    (as(node, 'CreateStmt') ?? foreign)?.relation ??
    as(node, 'ViewStmt')?.view ??
    as(node, 'CreateSeqStmt')?.sequence ??
    as(node, 'CreateTableAsStmt')?.into?.rel ??
    as(node, 'CompositeTypeStmt')?.typevar
  )
}
