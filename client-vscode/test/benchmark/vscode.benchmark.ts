/**
 * How long somebody waits in VS Code, in milliseconds as the window's own clock counts them.
 *
 * HATCHET_BENCHMARK_PROJECT names a folder with a file `app/client.py` that is right, and with two others that have one
 * mistake each, at their top; HATCHET_BENCHMARK_RUNS says how often, HATCHET_BENCHMARK_OUTPUT where the times go.
 */

import * as fs from "node:fs";
import * as path from "node:path";

import { type Page, expect, test } from "@playwright/test";

import { Editor } from "../harness/editor";
import { scratchFolder } from "../harness/run";
import { Window } from "../harness/window";

const PROJECT = process.env["HATCHET_BENCHMARK_PROJECT"]!;
const OUTPUT = process.env["HATCHET_BENCHMARK_OUTPUT"]!;
const RUNS = Number(process.env["HATCHET_BENCHMARK_RUNS"]);
const TEXT = ".editor-instance .view-line span span";
const SQUIGGLE = ".editor-instance .squiggly-error";

test("waits in VS Code", async ({ browser }) => {
  test.setTimeout(RUNS * 180_000);
  const times = { cold: [] as number[], warm: [] as number[], fix: [] as number[] };
  const editor = await Editor.start({ version: "newest" });
  for (let run = 0; run <= RUNS; run++) {
    const folder = path.join(scratchFolder("workspace"), "shop");
    fs.cpSync(PROJECT, folder, { recursive: true });
    const page = await browser.newPage();
    const measured = await measure(new Window(page, editor), folder);
    await page.close();
    if (run === 0) continue; // it warms the caches of the file system
    times.cold.push(measured.cold);
    times.warm.push(measured.warm);
    times.fix.push(measured.fix);
  }
  editor.stop();
  fs.writeFileSync(OUTPUT, JSON.stringify(times));
});

async function measure(window: Window, folder: string): Promise<{ cold: number; warm: number; fix: number }> {
  const { page } = window;
  const [first, second] = ["first.py", "second.py"] as const;
  const url = window.editor.url(folder, { openFile: window.editor.remote(path.join(folder, "app", first)) });
  await page.goto(url, { waitUntil: "commit" });
  const [shown, marked] = await Promise.all([moment(page, TEXT, true), moment(page, SQUIGGLE, true)]);

  await choose(window, "client.py");
  await page.keyboard.press("Enter");
  await expect(window.squiggles("error")).toHaveCount(0);
  await choose(window, second);
  const opened = await now(page);
  await page.keyboard.press("Enter");
  const markedAgain = await moment(page, SQUIGGLE, true);

  await window.word("500").click();
  await window.offerQuickFixes();
  const chosen = await now(page);
  await page.keyboard.press("Enter");
  const gone = await moment(page, SQUIGGLE, false);
  await expect(window.line("hurry")).not.toContainText("500");
  await page.keyboard.press("Control+Z"); // or the window asks whether it may close
  return { cold: marked - shown, warm: markedAgain - opened, fix: gone - chosen };
}

/** Find a file by its name; Enter opens it. */
async function choose({ page }: Window, name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.keyboard.type(name);
  await expect(page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name })).toBeVisible();
}

function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/** When something is first there, or no longer, to the frame. */
async function moment(page: Page, selector: string, there: boolean): Promise<number> {
  const handle = await page.waitForFunction(
    ([selector, there]) => (document.querySelector(selector) !== null) === there && performance.now(),
    [selector, there] as const,
    { polling: "raf", timeout: 120_000 },
  );
  return Number(await handle.jsonValue());
}
