import { Search } from 'lucide-react'
import { DEFAULT_NAMESPACE } from '#core/schema/names.ts'
import type { ListedTable } from '../bridge/types.ts'
import { squareOf } from '../panels/outline/table-colour.ts'

/** The tables as a list to read, in the places where the live outline will have them: nothing moves when it comes. */
export function WaitingOutline({ tables }: { readonly tables: readonly ListedTable[] }) {
  const namespaces = [...new Set(tables.map(({ namespace }) => namespace))].toSorted(byNamespace)
  return (
    <nav aria-label="Outline" className="flex h-full min-h-0 flex-col overflow-hidden bg-surface">
      <div className="m-2.5 mb-1 flex h-7 shrink-0 items-center gap-2 rounded-md border bg-canvas px-2.5 text-xs text-faint">
        <Search className="size-3.5" aria-hidden="true" /> Filter
      </div>
      <div className="min-h-0 flex-1 overflow-hidden px-2">
        {namespaces.map((namespace) => (
          <Namespace key={namespace} name={namespace} tables={tables.filter((table) => table.namespace === namespace)} />
        ))}
      </div>
    </nav>
  )
}

function Namespace({ name, tables }: { readonly name: string; readonly tables: readonly ListedTable[] }) {
  return (
    <section>
      <h2 className="flex h-[26px] items-end justify-between px-2 pb-1 text-2xs font-semibold text-faint">
        {name} <span className="font-normal tabular-nums">{tables.length}</span>
      </h2>
      <ul>
        {tables
          .toSorted((a, b) => collator.compare(a.name, b.name))
          .map((table) => (
            <li key={table.id} className="flex h-[26px] items-center gap-2 px-2 text-[12.5px] text-muted">
              <span aria-hidden="true" className={`size-2 shrink-0 rounded-[2px] ${squareOf(table.color)}`} />
              <span className="truncate">{table.name}</span>
              <span className="ml-auto text-2xs text-faint tabular-nums">
                {table.columns}
                <span className="sr-only"> columns</span>
              </span>
            </li>
          ))}
      </ul>
    </section>
  )
}

const collator = new Intl.Collator('en', { numeric: true })

/** The default namespace first, as the live outline has it. */
function byNamespace(a: string, b: string): number {
  if (a === DEFAULT_NAMESPACE || b === DEFAULT_NAMESPACE) return Number(b === DEFAULT_NAMESPACE) - Number(a === DEFAULT_NAMESPACE)
  return collator.compare(a, b)
}
