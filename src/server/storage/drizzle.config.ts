import { defineConfig } from 'drizzle-kit'

/** `npx drizzle-kit generate --config src/server/storage/drizzle.config.ts --name what-changed` after changing the tables. */
export default defineConfig({ dialect: 'postgresql', schema: './src/server/storage/tables.ts', out: './src/server/storage/migrations' })
