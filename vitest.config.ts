import { defineConfig } from 'vitest/config'

const unitTests = ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}']
/** Run before each test file. */
const setupFiles = ['./tests/support/seed.ts']
const heavyTests = ['**/*.pg.test.ts', '**/*.browser.test.ts', '**/*.server.test.ts']

/** Three projects: `unit` computes, `integration` talks to databases and servers, `browser` drives Chromium against the built app. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: unitTests, exclude: heavyTests, setupFiles, environment: 'node', testTimeout: 20_000 } },
      {
        test: {
          name: 'integration',
          include: ['{src,tests}/**/*.pg.test.ts', '{src,tests}/**/*.server.test.ts'],
          setupFiles,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['{src,tests}/**/*.browser.test.ts'],
          setupFiles,
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/core/**', 'src/formats/**', 'src/sync/**'],
      exclude: ['**/*.test.ts', '**/fixtures/**', 'src/formats/bench/**'],
      reporter: ['text-summary', 'json-summary'],
      reportOnFailure: true,
      // The floor for what computes: the layers that everything else stands on.
      thresholds: { 'src/core/**': { lines: 80 }, 'src/formats/**': { lines: 80 }, 'src/sync/**': { lines: 80 } },
    },
  },
})
