/** What the client knows about itself, for reports of bugs. */

import * as vscode from "vscode";

import type { State } from "./server";
import { SECTION } from "./settings";

export function debugOfClient(context: vscode.ExtensionContext, state: State): string {
  const { version } = context.extension.packageJSON as { version: string };
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const facts = {
    editor: `${vscode.env.appName} ${vscode.version} on ${process.platform} ${process.arch}`,
    extension: version,
    remote: vscode.env.remoteName ?? "no",
    "workspace is trusted": vscode.workspace.isTrusted ? "yes" : "no",
    "hatchet.interpreter": configuration.get<string>("interpreter") ?? "",
    "hatchet.importStrategy": configuration.get<string>("importStrategy") ?? "",
    server: describe(state),
  };
  return [
    "# hatchet-ls in VS Code",
    "",
    ...Object.entries(facts).map(([name, fact]) => `- ${name}: ${fact || "(not set)"}`),
    "",
  ].join("\n");
}

function describe(state: State): string {
  switch (state.kind) {
    case "running":
      return [state.launch.description, `process ${state.pid}`, ...state.launch.problems].join("; ");
    case "waiting":
    case "failed":
      return `not running: ${state.reason}`;
    case "starting":
    case "stopped":
      return state.kind;
  }
}
