import type { Format } from '../format.ts'
import { exportPrisma } from './exporter.ts'

export const format: Format = { exporter: exportPrisma }
