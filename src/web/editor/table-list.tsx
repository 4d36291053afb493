import type { ListedTable } from '../bridge/types.ts'

/** The tables as a plain list: what the page holds before the canvas is there, and all there is without scripts. */
export function TableList({ tables }: { readonly tables: readonly ListedTable[] }) {
  const namespaces = [...new Set(tables.map((table) => table.namespace))].map(
    (name) => [name, tables.filter((table) => table.namespace === name)] as const,
  )
  return (
    <section aria-label="Tables" className="h-full overflow-auto bg-canvas bg-dotted p-8">
      {tables.length === 0 ? <p className="text-sm text-muted">This project has no tables yet.</p> : null}
      {namespaces.map(([namespace, inside]) => (
        <div key={namespace} className="mb-8">
          <h2 className="mb-2 text-xs font-semibold text-faint">
            {namespace} · {inside.length}
          </h2>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-2">
            {inside.map((table) => (
              <li key={table.id} className="flex items-baseline gap-2 rounded-lg border bg-surface px-3 py-1.5">
                <span className="truncate font-semibold">{table.name}</span>
                <span className="ml-auto text-2xs whitespace-nowrap text-faint">
                  {table.columns === 1 ? '1 column' : `${table.columns} columns`}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}
