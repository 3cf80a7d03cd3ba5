import { defineConfig } from 'vitest/config'

/** Real engines and real processes on a machine of two cores: more workers only take time from each other. */
const maxWorkers = 2

export default defineConfig({
  test: {
    maxWorkers,
    // Tests decide about colours and CI themselves; a developer's machine and a pipeline must agree.
    env: { NO_COLOR: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/cli/**', 'test/sandbox/**', 'test/fixtures/**'],
          globalSetup: ['test/support/temporary-setup.ts'],
          // One module graph for all files: importing Pulumi once, not once per file. So no global state in tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup: ['test/support/temporary-setup.ts', 'test/support/cli-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['test/sandbox/**/*.test.ts'],
          globalSetup: ['test/support/cli-setup.ts', 'test/support/sandbox-setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
