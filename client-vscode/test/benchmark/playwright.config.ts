/** Measures what waits there are in VS Code: started by `python -m benchmarks.run --vscode`. */

import { defineConfig } from "@playwright/test";

import tests from "../playwright.config";

export default defineConfig({
  ...tests,
  globalTeardown: "../harness/teardown.ts",
  testMatch: "*.benchmark.ts",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  projects: [{ name: "benchmark" }],
  use: { ...tests.use, actionTimeout: 60_000 },
});
