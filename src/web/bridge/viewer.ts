import { createServerFn } from '@tanstack/react-start'
import type { Viewer } from './types.ts'
export const getViewer = createServerFn({ method: 'GET' }).handler((): Viewer | null => null)
