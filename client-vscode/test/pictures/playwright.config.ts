/** Makes the pictures of the README and of the walkthrough: `npm run pictures`. */

import { defineConfig } from "@playwright/test";

import tests from "../playwright.config";

export default defineConfig({
  ...tests,
  globalTeardown: "../harness/teardown.ts",
  testMatch: "*.pictures.ts",
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  projects: [{ name: "pictures" }],
});
