import { type Showcase, type ShowcaseLink, type ShowcaseTable, tableSize } from './showcase.ts'

interface MiniEdgesProps {
  readonly links: Showcase['links']
  readonly tables: readonly ShowcaseTable[]
  /** The table whose lines are in front. */
  readonly active: string | null
}

/** The relationships: orthogonal lines with round corners; a crow's foot for many, a bar for one, a ring for maybe none. */
export function MiniEdges({ links, tables, active }: MiniEdgesProps) {
  const byName = new Map(tables.map((table) => [table.name, table]))
  const isHot = (link: ShowcaseLink) => link.table === active || link.toTable === active
  const drawn = links.toSorted((a, b) => Number(isHot(a)) - Number(isHot(b)))
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible" fill="none" strokeLinecap="round">
      {drawn.map((link) => {
        const from = byName.get(link.table)
        const to = byName.get(link.toTable)
        if (!from || !to) return null
        const hot = isHot(link)
        return (
          <path
            key={`${link.table}.${link.column}`}
            d={edgePath(link, from, to)}
            className={hot ? 'stroke-blue' : 'stroke-edge'}
            strokeWidth={hot ? 1.7 : 1.3}
          />
        )
      })}
    </svg>
  )
}

interface End {
  readonly x: number
  readonly y: number
  /** 1 = leaves to the right, -1 = to the left. */
  readonly side: 1 | -1
}

function edgePath(link: ShowcaseLink, from: ShowcaseTable, to: ShowcaseTable): string {
  const [fromSide, toSide] = sides(from, to)
  const start = end(from, link.column, fromSide)
  const finish = end(to, link.toColumn, toSide)
  return [
    line(start, finish),
    link.many ? crowsFoot(start) : bar(start, 8),
    ring(start, link.many ? 11 : 9),
    bar(finish, 8),
    link.optional ? ring(finish, 9) : bar(finish, 12),
  ].join('')
}

/** Facing sides when there is room between the two, else both on the right. */
function sides(from: ShowcaseTable, to: ShowcaseTable): [1 | -1, 1 | -1] {
  const room = 36
  if (from.x >= to.x + tableSize.width + room) return [-1, 1]
  if (to.x >= from.x + tableSize.width + room) return [1, -1]
  return [1, 1]
}

function end(table: ShowcaseTable, column: string, side: 1 | -1): End {
  const row = table.columns.findIndex((it) => it.id === column)
  return { x: side === 1 ? table.x + tableSize.width : table.x, y: table.y + tableSize.head + (row + 0.5) * tableSize.row, side }
}

function line(a: End, b: End): string {
  const middle = a.side === b.side ? Math.max(a.x, b.x) + 28 : (a.x + b.x) / 2
  const radius = Math.min(8, Math.abs(b.y - a.y) / 2, Math.abs(middle - a.x), Math.abs(b.x - middle))
  const down = Math.sign(b.y - a.y) * radius
  const into = a.side * radius
  const out = -b.side * radius
  return [
    `M${a.x} ${a.y}H${middle - into}`,
    `Q${middle} ${a.y} ${middle} ${a.y + down}`,
    `V${b.y - down}`,
    `Q${middle} ${b.y} ${middle + out} ${b.y}`,
    `H${b.x}`,
  ].join('')
}

const crowsFoot = ({ x, y, side }: End) => `M${x} ${y - 5.5}L${x + side * 11} ${y}L${x} ${y + 5.5}`
const bar = ({ x, y, side }: End, at: number) => `M${x + side * at} ${y - 5}v10`
/** May be none: a ring that begins `at` that distance from the table. */
const ring = ({ x, y, side }: End, at: number) => `M${x + side * at} ${y}a3.5 3.5 0 1 0 ${side * 7} 0a3.5 3.5 0 1 0 ${side * -7} 0`
