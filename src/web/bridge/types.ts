import type { PaletteName } from '../canvas/scene/palette.ts'

/** Who is looking. A guest has a session and projects, but no e-mail address and no password yet. */
export interface Viewer {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly isGuest: boolean
}

/** A project as a list shows it. */
export interface ProjectSummary {
  readonly id: string
  readonly name: string
  readonly tables: number
  /** ISO 8601. */
  readonly updatedAt: string
  readonly owner: string
}

/** Everything the dashboard shows. */
export interface Dashboard {
  readonly viewer: Viewer
  readonly projects: readonly ProjectSummary[]
  /** The server's clock, ISO 8601. */
  readonly now: string
}

/** The editor's page as the server draws it: who, which project, and its tables as a list to read. */
export interface EditorFrame {
  readonly viewer: Viewer
  readonly projectId: string
  readonly name: string
  readonly tables: readonly ListedTable[]
}
export interface ListedTable {
  readonly id: string
  readonly namespace: string
  readonly name: string
  /** As the canvas gives it. */
  readonly color: PaletteName
  /** How many columns it has. */
  readonly columns: number
}

/** What became of a request. `refused` says why, in words for the person; `status` as in HTTP. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
