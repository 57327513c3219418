/** The settings of the section `hatchet`. */

import { homedir } from "node:os";
import * as path from "node:path";

import * as vscode from "vscode";
import type { ConfigurationParams } from "vscode-languageclient/node";

import type { PythonExtensions } from "./pythonExtension";

export const SECTION = "hatchet";

/** What the server is not told as it is set. */
const OWN = ["importStrategy", "interpreter", "trace", "environment"];

/** The interpreter that the user chose for the server: a path, or a name to be looked for in `PATH`. */
export function interpreterSetting(folder?: vscode.WorkspaceFolder): string | undefined {
  const value = read("interpreter", folder);
  return value !== undefined && /[\\/]|^[.~$]/.test(value) ? expand(value, folder?.uri.fsPath) : value;
}

/** The command that shows it, with its argument. On a remote machine it is among the settings of that machine only. */
export function interpreterSettingCommand(): [string, unknown] {
  const name = `${SECTION}.interpreter`;
  return vscode.env.remoteName === undefined
    ? ["workbench.action.openSettings", name]
    : ["workbench.action.openRemoteSettings", { query: name }];
}

/** The environment that the user chose for a folder. */
export function environmentSetting(folder?: vscode.WorkspaceFolder): string | undefined {
  const value = read("environment", folder);
  return value === undefined ? undefined : expand(value, folder?.uri.fsPath);
}

export function runsFromEnvironment(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get("importStrategy") === "fromEnvironment";
}

/** Answers the server's questions: what the user has set and nothing else, with the environment that is active in the folder. */
export async function settingsFor(
  params: ConfigurationParams,
  extensions: PythonExtensions,
): Promise<Record<string, unknown>[]> {
  return Promise.all(
    params.items.map(async ({ scopeUri, section }) =>
      section === SECTION ? settingsOf(scopeUri ? vscode.Uri.parse(scopeUri) : undefined, extensions) : {},
    ),
  );
}

async function settingsOf(
  scope: vscode.Uri | undefined,
  extensions: PythonExtensions,
): Promise<Record<string, unknown>> {
  const folder = scope && vscode.workspace.getWorkspaceFolder(scope);
  const configuration = vscode.workspace.getConfiguration(SECTION, scope);
  // What `get` answers for a setting without a value is VS Code's, not the user's: it would hide pyproject.toml.
  const names = Object.keys(vscode.workspace.getConfiguration(undefined, scope).get<object>(SECTION) ?? {});
  const said = names.filter((name) => !OWN.includes(name) && isSet(configuration, name));
  const settings = Object.fromEntries(said.map((name) => [name, configuration.get(name)]));
  const environment = environmentSetting(folder);
  const activeEnvironment = await activeIn(folder?.uri ?? scope, extensions);
  return {
    ...settings,
    ...(environment === undefined ? {} : { environment }),
    ...(activeEnvironment === undefined ? {} : { activeEnvironment }),
  };
}

/** What is active counts less than what somebody has named, be it in pyproject.toml. */
async function activeIn(folder: vscode.Uri | undefined, extensions: PythonExtensions): Promise<string | undefined> {
  for await (const { place } of extensions.environmentsOf(folder)) {
    return place;
  }
  return undefined;
}

function isSet(configuration: vscode.WorkspaceConfiguration, name: string): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = configuration.inspect(name) ?? {};
  return [globalValue, workspaceValue, workspaceFolderValue].some((value) => value !== undefined && value !== null);
}

function read(name: string, folder: vscode.WorkspaceFolder | undefined): string | undefined {
  const value = vscode.workspace.getConfiguration(SECTION, folder).get<string | null>(name)?.trim();
  return value === "" || value === undefined ? undefined : value;
}

/** `~`, `${workspaceFolder}`, and what is relative to the folder. */
function expand(value: string, folder: string | undefined): string {
  const place = value.replace(/^~(?=$|[\\/])/, homedir()).replaceAll("${workspaceFolder}", folder ?? "");
  return folder === undefined ? place : path.resolve(folder, place);
}
