import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    // All cores; the default leaves one idle, which is half of a small machine.
    maxWorkers: "100%",
    globalSetup: ["test/compiledContracts.ts"],
  },
})
