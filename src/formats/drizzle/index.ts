import type { Format } from '../format.ts'

export const format: Format = {}
