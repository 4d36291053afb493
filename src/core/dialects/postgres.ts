// PostgreSQL as data: how names are quoted, which words are reserved, which types there are.
export * from './postgres-words.ts'
export * from './postgres-names.ts'
export * from './postgres-types.ts'
export * from './postgres-operators.ts'
export * from './postgres-operator-classes.ts'
