/** Runs mocha suites in the extension host of an editor's window. */

import * as path from "node:path";
import { format } from "node:util";

import type { Page } from "@playwright/test";

import type { Editor } from "./editor";
import { TEST_FOLDER } from "./run";

/** Begins the lines of mocha among all that the extension host says; see `host/index.ts`. */
const MARK = "[mocha] ";
const HOST = path.join(TEST_FOLDER, "host");

/** Load the tests into a window that has a folder open; whether all passed. What they say goes to `say`. */
export async function runTests(
  page: Page,
  editor: Editor,
  folder: string,
  say: (line: string) => void,
): Promise<boolean> {
  const ended = new Promise<number>((resolve) => void page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (_type: string, parts: unknown[]) => {
    const line = format(...parts);
    if (line.startsWith(MARK)) say(line.slice(MARK.length));
  });
  const payload = {
    extensionDevelopmentPath: editor.remote(HOST),
    extensionTestsPath: editor.remote(path.join(HOST, "out", "index.js")),
  };
  await page.goto(editor.url(folder, payload));
  return (await ended) === 0;
}
