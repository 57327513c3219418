/** The language status item. */

import * as path from "node:path";

import * as vscode from "vscode";

import { currentDocument, SELECTOR } from "./documents";
import { type Status, STATUS_CHANGED, status } from "./protocol";
import type { Server, State } from "./server";
import { interpreterSettingCommand } from "./settings";

const DETAILS = { title: "Details", command: "hatchet.showDebugInformation" };
const RESTART = { title: "Restart", command: "hatchet.restart" };

/** What the item shows. */
export interface Shown {
  readonly text: string;
  readonly detail: string;
  readonly severity: vscode.LanguageStatusSeverity;
  readonly command: vscode.Command;
  readonly busy: boolean;
}

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("hatchet", SELECTOR);
  private readonly subscriptions: { dispose(): unknown }[];
  private listening: vscode.Disposable | undefined;
  private updates = 0;
  /** What it shows now. */
  shown: Shown | undefined;

  constructor(private readonly server: Server) {
    this.item.name = "Hatchet";
    this.subscriptions = [
      this.item,
      server.onDidChange((state) => {
        this.listen(state);
        void this.update();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor?.document.languageId === "python") {
          void this.update();
        }
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, ...(this.listening === undefined ? [] : [this.listening])).dispose();
  }

  private listen(state: State): void {
    this.listening?.dispose();
    this.listening =
      state.kind === "running" ? state.client.onNotification(STATUS_CHANGED, () => void this.update()) : undefined;
  }

  /** Show how it is now; answers that are overtaken are dropped. */
  private async update(): Promise<void> {
    const turn = ++this.updates;
    const { state } = this.server;
    if (state.kind !== "running") {
      this.show(withoutServer(state));
      return;
    }
    const answer = await status(state.client, currentDocument()?.uri).catch(() => undefined);
    if (turn === this.updates) {
      this.show(withServer(state.launch.problems, state.client.initializeResult?.serverInfo?.version, answer));
    }
  }

  private show(shown: Shown): void {
    this.shown = shown;
    Object.assign(this.item, shown);
  }
}

function withServer(problems: readonly string[], version: string | undefined, answer: Status | undefined): Shown {
  const all = [...problems, ...(answer?.problems ?? [])];
  const facts = answer === undefined ? [] : [sdkOf(answer), environmentOf(answer)];
  return {
    text: `hatchet-ls ${answer?.version ?? version ?? ""}`,
    detail: [...all, ...facts].join(" · "),
    severity: all.length > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information,
    command: DETAILS,
    busy: false,
  };
}

function withoutServer(state: Exclude<State, { kind: "running" }>): Shown {
  const { Information, Warning, Error } = vscode.LanguageStatusSeverity;
  switch (state.kind) {
    case "starting": {
      const [detail, severity] =
        state.after === undefined ? ["is starting", Information] : [`is starting again: ${state.after}`, Warning];
      return { text: "hatchet-ls", detail, severity, command: DETAILS, busy: true };
    }
    case "stopped":
      return { text: "hatchet-ls", detail: "is stopped", severity: Information, command: RESTART, busy: false };
    case "waiting": {
      const detail = `${state.reason}; it is started again in ${state.seconds} s`;
      return { text: "hatchet-ls is not running", detail, severity: Warning, command: RESTART, busy: true };
    }
    case "failed": {
      const command = state.lacksPython ? choosePython() : RESTART;
      return { text: "hatchet-ls is not running", detail: state.reason, severity: Error, command, busy: false };
    }
  }
}

function choosePython(): vscode.Command {
  const [command, ...args] = interpreterSettingCommand();
  return { title: "Choose a Python", command, arguments: args };
}

function sdkOf({ sdk }: Status): string {
  if (sdk === null) {
    return "no hatchet-sdk";
  }
  return sdk.installed ? `hatchet-sdk ${sdk.version}` : `hatchet-sdk ${sdk.version} (bundled facts; none is installed)`;
}

function environmentOf({ environment }: Status): string {
  return environment === null
    ? "no environment"
    : path.join(path.basename(path.dirname(environment)), path.basename(environment));
}
