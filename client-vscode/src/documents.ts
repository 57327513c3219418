/** The documents that the server reads. */

import * as vscode from "vscode";

export const SELECTOR = ["file", "untitled"].map((scheme) => ({ scheme, language: "python" }));

/** The Python document that the user looks at, or has open. */
export function currentDocument(): vscode.TextDocument | undefined {
  const documents = [vscode.window.activeTextEditor?.document, ...vscode.workspace.textDocuments];
  return documents.find((each) => each !== undefined && vscode.languages.match(SELECTOR, each) > 0);
}

/** The folder of that document, or else the first. */
export function currentFolder(): vscode.WorkspaceFolder | undefined {
  const document = currentDocument();
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  return folder ?? vscode.workspace.workspaceFolders?.[0];
}
