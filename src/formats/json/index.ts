import type { Format } from '../format.ts'
import { exportJson } from './exporter.ts'
import { importJson } from './importer.ts'

export const format: Format = { importer: importJson, exporter: exportJson }
