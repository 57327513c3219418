/** What is asked of the server beyond the protocol. It renders, the client shows. */

import type * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

/** Answer of `hatchet-ls.status`. */
export interface Status {
  readonly version: string;
  readonly python: string;
  readonly sdk: { readonly version: string; readonly installed: boolean } | null;
  readonly environment: string | null;
  readonly problems: readonly string[];
}

/** One of the answer of `hatchet-ls.rules`. */
export interface Rule {
  readonly name: string;
  readonly family: string;
  readonly severity: string;
  readonly summary: string;
  readonly url: string;
}

/** Answer of `hatchet-ls.runsUrl`. */
export interface Runs {
  readonly url: string;
  readonly workflow: string;
}

export const STATUS_CHANGED = "hatchet/statusChanged";

export function status(client: LanguageClient, document?: vscode.Uri): Promise<Status | undefined> {
  return ask(client, "hatchet-ls.status", about(client, document));
}

export function debugInformation(client: LanguageClient, document?: vscode.Uri): Promise<string | undefined> {
  return ask(client, "hatchet-ls.debugInformation", about(client, document));
}

export function rules(client: LanguageClient): Promise<Rule[] | undefined> {
  return ask(client, "hatchet-ls.rules");
}

export function explain(client: LanguageClient, rule: string): Promise<string | undefined> {
  return ask(client, "hatchet-ls.explain", { rule });
}

export async function runsUrl(client: LanguageClient, editor: vscode.TextEditor): Promise<Runs | undefined> {
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const found = await ask<Runs | null>(client, "hatchet-ls.runsUrl", {
    ...about(client, editor.document.uri),
    position,
  });
  return found ?? undefined;
}

function about(client: LanguageClient, document: vscode.Uri | undefined): object {
  return document === undefined ? {} : { uri: client.code2ProtocolConverter.asUri(document) };
}

/** Undefined from a server that does not know the command: it may be the environment's, and older. */
async function ask<T>(client: LanguageClient, command: string, argument?: object): Promise<T | undefined> {
  if (client.initializeResult?.capabilities.executeCommandProvider?.commands.includes(command) !== true) {
    return undefined;
  }
  const params = { command, arguments: argument === undefined ? [] : [argument] };
  return (await client.sendRequest(ExecuteCommandRequest.type, params)) as T;
}
