/** Where VS Code begins and ends the extension. */

import * as vscode from "vscode";

import { registerCommands } from "./commands";
import { Pages } from "./pages";
import { PythonExtensions } from "./pythonExtension";
import { Server } from "./server";
import { runsFromEnvironment, SECTION } from "./settings";
import { StatusItem } from "./status";

let server: Server | undefined;

/** Returns at once: the server starts beside the editor. What is returned is for tests. */
export function activate(context: vscode.ExtensionContext): { server: Server; status: StatusItem } {
  const log = vscode.window.createOutputChannel("Hatchet", { log: true });
  const extensions = new PythonExtensions(log);
  const pages = new Pages();
  const it = new Server(context, extensions, log);
  const status = new StatusItem(it);
  server = it;
  context.subscriptions.push(log, extensions, pages, it, status, registerCommands(context, it, pages, log));
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((event) => {
      const names = ["interpreter", "importStrategy", ...(runsFromEnvironment() ? ["environment"] : [])];
      if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) {
        void it.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void it.restart()),
    extensions.onDidChange(() => {
      // Any Python does for the bundled server, so another environment is only news for it.
      void (it.state.kind === "failed" || runsFromEnvironment() ? it.restart() : it.settingsChanged());
    }),
  );
  void it.restart();
  return { server: it, status };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
