import type { RawSource } from '../../workers/import/protocol.ts'

/** A dropped file as the reader takes it; files of a dropped folder keep their path. */
export const fromFile = (file: File): RawSource => ({ kind: 'file', file: file.webkitRelativePath || file.name, blob: file })
