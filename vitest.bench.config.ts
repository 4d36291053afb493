import { defineConfig } from 'vitest/config'

/** Benchmarks run through Vitest's module loader, one after the other, apart from the tests. */
export default defineConfig({
  test: { include: ['tests/bench/*.bench-run.ts'], fileParallelism: false, testTimeout: 1_800_000, hookTimeout: 600_000 },
})
