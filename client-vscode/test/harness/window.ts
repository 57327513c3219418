/** A window of VS Code in the browser: what a user sees in it and does with it. */

import * as path from "node:path";

import { type Locator, type Page, expect } from "@playwright/test";

import type { Editor } from "./editor";
import { ARTIFACTS } from "./run";

export class Window {
  constructor(
    readonly page: Page,
    readonly editor: Editor,
  ) {}

  /** Open a folder or a .code-workspace file, perhaps with one file in it. */
  async open(workspace: string, file?: string): Promise<void> {
    await this.page.goto(this.editor.url(workspace, file === undefined ? {} : { openFile: this.editor.remote(file) }));
    await expect(this.page.locator(".monaco-workbench")).toBeVisible();
    if (file !== undefined) await this.isOpen(path.basename(file));
  }

  /** Open a file in the explorer, at a line. */
  async openFile(file: string, line = 1): Promise<void> {
    const folder = this.explorerRow(path.dirname(file));
    if ((await folder.getAttribute("aria-expanded")) === "false") await folder.click();
    await this.explorerRow(file).dblclick();
    await this.isOpen(path.basename(file));
    await this.goTo(line);
  }

  /** Put the cursor at the start of a line. */
  async goTo(line: number): Promise<void> {
    await this.page.keyboard.press("Control+G");
    await this.quickInput().fill(`:${line}`);
    await this.page.keyboard.press("Enter");
    await expect(this.page.locator("#status\\.editor\\.selection")).toHaveText(`Ln ${line}, Col 1`);
  }

  /** Choose a command by its whole title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput().fill(`>${title}`);
    await this.quickPick(title).click();
  }

  /** The first line that is shown with `text` in it. */
  line(text: string): Locator {
    return this.page.locator(".editor-instance .view-line", { hasText: text }).first();
  }

  /** The first coloured piece with `text` in it, of the first such line or of the one with `line` in it. */
  word(text: string, line = text): Locator {
    return this.line(line).locator("span > span", { hasText: text }).first();
  }

  /** The underlinings that are shown. */
  squiggles(severity: "error" | "warning"): Locator {
    return this.page.locator(`.editor-instance .squiggly-${severity}`);
  }

  /** What the hover under the mouse says. */
  hover(): Locator {
    return this.page.locator(".monaco-hover:not(.hidden) .monaco-hover-content").first();
  }

  /** Choose one of the code actions at the cursor. With keys: some versions take no clicks until the mouse moves. */
  async quickFix(title: string): Promise<void> {
    await this.offerQuickFixes();
    const wanted = this.quickFixes().filter({ hasText: title });
    await expect(wanted).toBeVisible();
    for (let left = await this.quickFixes().count(); left > 0 && !(await isFocused(wanted)); left--) {
      await this.page.keyboard.press("ArrowDown");
    }
    await expect(wanted).toHaveClass(/focused/);
    await this.page.keyboard.press("Enter");
  }

  /** Have the code actions at the cursor offered. The key goes unheard while the editor is not yet ready for it. */
  async offerQuickFixes(): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press("Control+.");
      await expect(this.quickFixes().first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 30_000 });
  }

  /** The code actions that are offered. */
  quickFixes(): Locator {
    return this.page.locator(".action-widget .monaco-list-row.action");
  }

  /** The suggestions at the cursor. */
  suggestions(): Locator {
    return this.page.locator(".suggest-widget.visible .monaco-list-row");
  }

  /** The list of problems, each with its file above. */
  async problems(): Promise<Locator> {
    await this.command("Problems: Focus on Problems View");
    return this.page.locator(".markers-panel .monaco-list-row");
  }

  /** The language status item in the status bar. */
  statusItem(): Locator {
    return this.page.locator("#status\\.languageStatus");
  }

  /** What the language status item tells when the mouse rests on it. */
  async status(): Promise<Locator> {
    await this.page.mouse.move(0, 0);
    await this.statusItem().hover();
    return this.page.locator(".hover-language-status", { hasText: "hatchet-ls" });
  }

  /** The notices that have popped up. */
  notices(): Locator {
    return this.page.locator(".notifications-toasts .notification-toast");
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
  }

  /** Keep a picture of the window among the artefacts. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(ARTIFACTS, "screenshots", this.editor.version, `${name}.png`) });
  }

  private explorerRow(file: string): Locator {
    // Behind the path it says what there is to say of the file: "... • 4 problems in this file".
    const label = this.page.locator(`[aria-label="${file}"], [aria-label^="${file} •"]`);
    return this.page.locator(".explorer-folders-view .monaco-list-row", { has: label });
  }

  private quickInput(): Locator {
    return this.page.locator(".quick-input-widget input[type=text]");
  }

  private quickPick(text: string): Locator {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  private async isOpen(name: string): Promise<void> {
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
    await this.page.locator(".editor-instance .view-line").first().waitFor();
  }
}

async function isFocused(row: Locator): Promise<boolean> {
  return (await row.getAttribute("class"))?.includes("focused") ?? false;
}
