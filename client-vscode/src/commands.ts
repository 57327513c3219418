/** The commands. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

import { debugOfClient } from "./debug";
import { currentDocument } from "./documents";
import type { Pages } from "./pages";
import * as protocol from "./protocol";
import type { Server } from "./server";
import { SECTION } from "./settings";

const DOCUMENTATION = "https://github.com/hatchet-dev/hatchet-ls/tree/main/docs";

export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  pages: Pages,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const commands: Record<string, (...args: unknown[]) => unknown> = {
    restart: () => server.restart(),
    showOutput: () => {
      log.show();
    },
    showDebugInformation: () => showDebugInformation(context, server, pages),
    fixAll: () =>
      vscode.commands.executeCommand("editor.action.sourceAction", { kind: "source.fixAll.hatchet", apply: "first" }),
    explainRule: (rule) => explainRule(server, pages, typeof rule === "string" ? rule : undefined),
    openDocumentation: () => vscode.env.openExternal(vscode.Uri.parse(DOCUMENTATION)),
    openDashboard: () => openDashboard(server),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`${SECTION}.${name}`, run)),
  );
}

async function showDebugInformation(context: vscode.ExtensionContext, server: Server, pages: Pages): Promise<void> {
  const { state } = server;
  const uri = currentDocument()?.uri;
  const fromServer = state.kind === "running" ? await protocol.debugInformation(state.client, uri) : undefined;
  await pages.source("debug-information", [debugOfClient(context, state), fromServer ?? ""].join("\n"));
}

async function explainRule(server: Server, pages: Pages, asked: string | undefined): Promise<void> {
  const client = clientOf(server);
  const name = asked ?? (client && (await pickRule(client)));
  if (client === undefined || name === undefined) {
    return;
  }
  const page = await protocol.explain(client, name);
  if (page !== undefined) {
    await pages.preview(name, page);
  }
}

async function pickRule(client: LanguageClient): Promise<string | undefined> {
  const items = protocol.rules(client).then((rules) =>
    (rules ?? []).map(({ name, family, severity, summary }) => ({
      label: name,
      description: `${family} · ${severity}`,
      detail: summary,
    })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: "Which rule?",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.label;
}

async function openDashboard(server: Server): Promise<void> {
  const client = clientOf(server);
  const editor = vscode.window.activeTextEditor;
  if (client === undefined || editor === undefined) {
    return;
  }
  const runs = await protocol.runsUrl(client, editor);
  if (runs !== undefined) {
    await vscode.env.openExternal(vscode.Uri.parse(runs.url, true));
  } else if (vscode.workspace.getConfiguration(SECTION, editor.document).get("dashboardUrl")) {
    void vscode.window.showInformationMessage("There is no workflow under the cursor whose name can be told.");
  } else {
    const open = "Open the Setting";
    const message = "Where is your tenant in Hatchet's dashboard? The setting hatchet.dashboardUrl says it.";
    if ((await vscode.window.showInformationMessage(message, open)) === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "hatchet.dashboardUrl");
    }
  }
}

/** The running server's; where none runs, the user is told. */
function clientOf(server: Server): LanguageClient | undefined {
  if (server.state.kind === "running") {
    return server.state.client;
  }
  void vscode.window.showInformationMessage("hatchet-ls is not running; its status item says why.");
  return undefined;
}
