import fc from 'fast-check'

// The suite draws the same cases every time: what passed once fails only when the code changes. `npm run soak` looks for new ones, and a seed that
// found something runs again with SCHEMAFLOW_SEED.
const seed = Number(process.env['SCHEMAFLOW_SEED'] ?? 20_261_120)
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
