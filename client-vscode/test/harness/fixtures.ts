/** Playwright's `test`, with editors and windows that end with it. */

import { test as base } from "@playwright/test";

import { Editor, type EditorOptions, type Version } from "./editor";
import { Window } from "./window";

export interface EditorVersion {
  version: Version;
}

interface Fixtures {
  /** Start an editor; it ends with the test. */
  startEditor: (options?: Omit<EditorOptions, "version">) => Promise<Editor>;
  /** A window of a new editor. */
  startWindow: (options?: Omit<EditorOptions, "version">) => Promise<Window>;
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
});

export { expect } from "@playwright/test";
