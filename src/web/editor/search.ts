import { z } from 'zod'

/**
 * The address of a place in a project (S0 §5): viewport, selection, panel. Every field may be missing, and one that makes no sense is as good as
 * missing: a link never fails for its decoration. What a missing one means is decided where it is read.
 */
export const canvasSearchShape = z.object({
  x: z.number().optional().catch(undefined),
  y: z.number().optional().catch(undefined),
  zoom: z.number().min(0.005).max(4).optional().catch(undefined),
  activeTable: z.string().optional().catch(undefined),
  panel: z.enum(['drizzle', 'prisma', 'sql', 'json', 'history', 'inspector']).optional().catch(undefined),
  panelOpen: z.boolean().optional().catch(undefined),
})
export type CanvasSearch = z.output<typeof canvasSearchShape>
