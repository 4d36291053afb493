import {
  Background,
  Handle,
  MiniMap,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
  type Edge,
  type Node,
  type NodeProps,
  type Viewport,
} from '@xyflow/react'
import type { ReactNode } from 'react'
import type { Row } from '#core/project/rows.ts'
import type { ProjectRows } from '#core/project/store.ts'
import '@xyflow/react/dist/style.css'

type TableData = { table: Row<'table'>; columns: readonly Row<'column'>[] }

/**
 * A canvas as React Flow's guide would have it, to measure ours against: every table a node with its data in it, two handles per column, every
 * foreign key an edge.
 */
export function NaiveCanvas({ rows, view }: { rows: ProjectRows; view?: Viewport }): ReactNode {
  const columnsOf = new Map<string, Row<'column'>[]>()
  for (const column of rows.column ?? []) columnsOf.set(column.tableId, [...(columnsOf.get(column.tableId) ?? []), column])
  const [nodes, , onNodesChange] = useNodesState(
    (rows.table ?? []).map((table): Node<TableData> => ({
      id: table.id,
      type: 'table',
      position: { x: table.positionX, y: table.positionY },
      data: { table, columns: columnsOf.get(table.id) ?? [] },
    })),
  )
  const [edges, , onEdgesChange] = useEdgesState(
    (rows.constraint ?? []).flatMap((constraint): Edge[] =>
      constraint.kind === 'foreignKey'
        ? [
            {
              id: constraint.id,
              source: constraint.tableId,
              target: constraint.references.tableId,
              sourceHandle: `${constraint.columnIds[0]}-source`,
              targetHandle: `${constraint.references.columnIds[0]}-target`,
              type: 'smoothstep',
            },
          ]
        : [],
    ),
  )
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      nodeTypes={nodeTypes}
      minZoom={0.02}
      panOnScroll
      {...(view ? { defaultViewport: view } : {})}
    >
      <Background />
      <MiniMap />
    </ReactFlow>
  )
}

function TableNode({ data }: NodeProps<Node<TableData>>): ReactNode {
  return (
    <div className="w-61 rounded-lg border border-line bg-surface">
      <div className="border-b border-line-muted px-2.5 py-1.5 font-semibold">{data.table.name}</div>
      {data.columns.map((column) => (
        <div key={column.id} className="relative flex h-6.5 items-center justify-between px-2.5 font-mono text-xs">
          <Handle type="target" position={Position.Left} id={`${column.id}-target`} />
          <span>{column.name}</span>
          <span className="text-muted">{column.type}</span>
          <Handle type="source" position={Position.Right} id={`${column.id}-source`} />
        </div>
      ))}
    </div>
  )
}

const nodeTypes = { table: TableNode }
