import { defineConfig } from "@playwright/test";

import { ARTIFACTS, scratch } from "./harness/run";
import type { EditorVersion } from "./harness/fixtures";

scratch(); // made here, so that all workers share it

export default defineConfig<EditorVersion>({
  outputDir: ARTIFACTS,
  globalTeardown: "./harness/teardown.ts",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  retries: 1, // a browser on a loaded machine misses a click now and then; the list names what was tried again
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    },
  },
  projects: [
    { name: "newest", use: { version: "newest" } },
    { name: "older", use: { version: "older" } },
  ],
});
