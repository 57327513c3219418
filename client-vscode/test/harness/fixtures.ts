/** Playwright's `test`, with editors and windows that end with it. */

import { expect, test as base } from "@playwright/test";

import { Editor, type EditorOptions, type Version } from "./editor";
import { runTests } from "./host";
import { Window } from "./window";

export interface EditorVersion {
  version: Version;
}

type Options = Omit<EditorOptions, "version">;

interface Fixtures {
  /** Start an editor; it ends with the test. */
  startEditor: (options?: Options) => Promise<Editor>;
  /** A window of a new editor. */
  startWindow: (options?: Options) => Promise<Window>;
  /** Run a suite of host/suites in the extension host of a new editor that has a folder open. */
  runSuite: (suite: string, folder: string, options?: Options) => Promise<void>;
}

export const test = base.extend<Fixtures, EditorVersion>({
  version: ["newest", { option: true, scope: "worker" }],
  startEditor: async ({ version }, use) => {
    const editors: Editor[] = [];
    await use(async (options = {}) => {
      const editor = await Editor.start({ version, ...options });
      editors.push(editor);
      return editor;
    });
    for (const editor of editors) editor.stop();
  },
  startWindow: async ({ startEditor, page }, use) => {
    await use(async (options = {}) => new Window(page, await startEditor(options)));
  },
  runSuite: async ({ startEditor, page }, use) => {
    await use(async (suite, folder, options = {}) => {
      const environment = { ...options.environment, HATCHET_TEST_SUITE: suite };
      const editor = await startEditor({ ...options, environment, runsTests: true });
      expect(await runTests(page, editor, folder, console.log)).toBe(true);
    });
  },
});

export { expect };
