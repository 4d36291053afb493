import handler, { createServerEntry } from '@tanstack/react-start/server-entry'

/** The page renderer, as the production server mounts it. */
export default createServerEntry({ fetch: (request, options) => handler.fetch(request, options) })
