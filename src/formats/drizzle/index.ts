import type { Format } from '../format.ts'
import { exportDrizzle } from './exporter.ts'

export const format: Format = { exporter: exportDrizzle }
