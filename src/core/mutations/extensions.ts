import { extensionShape } from '../schema/index.ts'
import { plainMutations } from './plain-objects.ts'

/** `extensions.create`, `.update` and `.delete`. What an extension brings is known to PostgreSQL alone, so nothing here can say who needs it. */
export const extensions = plainMutations('extensions', 'extension', extensionShape)
