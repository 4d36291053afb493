// A schema as rows with ids, and back again without loss.
export * from './references.ts'
export * from './schema-to-rows.ts'
export * from './rows-to-schema.ts'
