// Our own database, whole: what drizzle-kit turns into migrations.
export * from './auth-tables.ts'
export * from './project-tables.ts'
export * from './row-tables.ts'
