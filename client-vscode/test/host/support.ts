/** What the suites share. */

import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

/** What the extension gives to its tests. */
export interface Api {
  readonly server: { readonly state: { readonly kind: string; readonly pid?: number; readonly reason?: string } };
  readonly status: { readonly shown: Shown | undefined };
}

export interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly command: vscode.Command;
}

export async function extension(): Promise<Api> {
  const found = vscode.extensions.getExtension<Api>("hatchet-dev.hatchet-ls");
  if (found === undefined) throw new Error("the extension is not installed");
  return found.activate();
}

/** What `ask` answers, as soon as it does. */
export async function until<T>(ask: () => T | undefined | false | PromiseLike<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask(); // mocha's time limit ends this
    if (answer !== undefined && answer !== false) return answer;
    await sleep(50);
  }
}

/** A file of the first folder, by its path in there. */
export function file(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function show(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The findings in a document, once there are any. */
export async function findings(document: vscode.TextDocument): Promise<vscode.Diagnostic[]> {
  return until(() => {
    const found = vscode.languages.getDiagnostics(document.uri);
    return found.length > 0 && found;
  });
}

/** The rule of a finding. */
export function rule(finding: vscode.Diagnostic): string {
  const { code } = finding;
  return String(typeof code === "object" ? code.value : code);
}

/** What the status item shows as soon as it fits. */
export async function status(fits: (shown: Shown) => boolean): Promise<Shown> {
  const { status } = await extension();
  return until(() => status.shown !== undefined && fits(status.shown) && status.shown);
}

/** Where `text` begins in a document. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`no ${text} in ${document.fileName}`);
  return document.positionAt(offset);
}

/** The code actions of a kind for a range of a document. */
export async function codeActions(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range, kind.value);
}

/** Apply a code action as the editor does. */
export async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  if (action?.edit === undefined || !(await vscode.workspace.applyEdit(action.edit))) {
    throw new Error("nothing was applied");
  }
}
