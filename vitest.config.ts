import { defineConfig } from 'vitest/config'

/** Real engines and real processes on a machine of two cores: more workers only take time from each other. */
const maxWorkers = 2

/**
 * Files that bring a sandbox of their own and gate on no time: `bin/verify` runs them beside the others, which share
 * one sandbox and take turns at it.
 */
const ownSandbox = [
  'autoscaling',
  'exit-codes',
  'kills',
  'local-lifecycle',
  'local-trouble',
  'locks',
  'prometheus-rules',
  'recovery',
  'session-router',
].map((name) => `test/sandbox/${name}.test.ts`)
const sandboxTimes = { fileParallelism: false, testTimeout: 180_000, hookTimeout: 300_000 }

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
          // Nothing here waits: a test that takes long has a machine that is busy with something else.
          testTimeout: 20_000,
          hookTimeout: 60_000,
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
          exclude: ownSandbox,
          globalSetup: ['test/support/cli-setup.ts', 'test/support/sandbox-setup.ts'],
          ...sandboxTimes,
        },
      },
      {
        extends: true,
        test: {
          name: 'own-sandbox',
          include: ownSandbox,
          globalSetup: ['test/support/cli-setup.ts'],
          ...sandboxTimes,
        },
      },
    ],
  },
})
