/** Settles what is run: which Python, and whose server. */

import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";

import * as vscode from "vscode";

import { currentDocument, currentFolder } from "./documents";
import { environmentsNear, ownInterpreterOf, Unusable } from "./environment";
import { type Candidate, findPython, onPath, pythonsOnPath } from "./python";
import type { PythonExtensions } from "./pythonExtension";
import { environmentSetting, interpreterSetting, runsFromEnvironment } from "./settings";

/** How to start a server. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** What it is, for the log. */
  readonly description: string;
  /** What the user has asked for and does not get. */
  readonly problems: readonly string[];
}

export class NoPython extends Error {}

const SETTING = "the setting hatchet.interpreter";

/** The setting asks for the environment's own server, or else the bundled one is run by whatever Python there is. */
export async function chooseLaunch(
  extensionPath: string,
  storage: string,
  extensions: PythonExtensions,
  log: vscode.LogOutputChannel,
): Promise<Launch> {
  const problems: string[] = [];
  if (runsFromEnvironment()) {
    const found = await environmentServer(extensions);
    if (typeof found !== "string") {
      return found;
    }
    problems.push(`the bundled server runs, not the environment's: ${found}`);
  }
  const { python, passedOver } = await findPython(interpreters(extensions), forbiddenFolders());
  for (const { origin, reason } of passedOver) {
    log.info(`passed over (${origin}): ${reason}`);
    if (origin === SETTING) {
      problems.push(`${origin}: ${reason}`);
    }
  }
  if (python === undefined) {
    const reason = problems.join("; ") || passedOver[0]?.reason;
    throw new NoPython(reason ?? "no Python 3.10 or newer was found");
  }
  const bundled = path.join(extensionPath, "bundled");
  return {
    command: python.command,
    args: ["-I", "-S", "-X", "utf8", ...(await bytecode(bundled, storage)), path.join(bundled, "launch.py")],
    description: `the bundled server with Python ${python.version} (${python.command}, from ${python.origin})`,
    problems,
  };
}

/** Where Python keeps what it has compiled: beside the server, as everywhere, or else where it may write. */
async function bytecode(bundled: string, storage: string): Promise<string[]> {
  return access(bundled, constants.W_OK).then(
    () => [],
    () => ["-X", `pycache_prefix=${path.join(storage, "bytecode")}`],
  );
}

/** Where a Python for the bundled server may be, the likeliest first. */
async function* interpreters(extensions: PythonExtensions): AsyncGenerator<Candidate> {
  const chosen = interpreterSetting(currentFolder());
  if (chosen !== undefined && path.isAbsolute(chosen)) {
    yield { place: chosen, origin: SETTING };
  } else if (chosen !== undefined) {
    let found = false;
    for await (const place of onPath(chosen)) {
      found = true;
      yield { place, origin: SETTING };
    }
    if (!found) {
      yield { place: chosen, origin: SETTING };
    }
  }
  if (vscode.workspace.isTrusted) {
    yield* environments(extensions);
  }
  yield* pythonsOnPath();
}

/** The project's environments, the likeliest first. */
async function* environments(extensions: PythonExtensions): AsyncGenerator<Candidate> {
  const folder = currentFolder();
  yield* extensions.environmentsOf(folder?.uri);
  for (const each of new Set([folder, ...(vscode.workspace.workspaceFolders ?? [])])) {
    if (each?.uri.scheme === "file") {
      const root = each.uri.fsPath;
      for (const place of await environmentsNear(each === folder ? currentPlace(root) : root, root)) {
        yield { place, origin: "the project" };
      }
    }
  }
  if (process.env["VIRTUAL_ENV"]) {
    yield { place: process.env["VIRTUAL_ENV"], origin: "VIRTUAL_ENV" };
  }
}

/** The server that is installed in the project's environment; a text: why it cannot be run. */
async function environmentServer(extensions: PythonExtensions): Promise<Launch | string> {
  if (!vscode.workspace.isTrusted) {
    return "the workspace is not trusted";
  }
  const chosen = environmentSetting(currentFolder());
  const places = chosen === undefined ? environments(extensions) : [{ place: chosen }];
  for await (const { place } of places) {
    return serverOf(place).catch((error: unknown) => {
      if (error instanceof Unusable) {
        return `${place} ${error.message}`;
      }
      throw error;
    });
  }
  return "no environment was found";
}

async function serverOf(environment: string): Promise<Launch> {
  const command = await ownInterpreterOf(environment);
  const probe = ["-I", "-c", "import hatchet_ls; print(hatchet_ls.__version__)"];
  const done = await promisify(execFile)(command, probe, { timeout: 30_000, windowsHide: true }).catch(() => {
    throw new Unusable("has no hatchet-ls that can be imported");
  });
  return {
    command,
    args: ["-I", "-X", "utf8", "-m", "hatchet_ls", "server"],
    description: `hatchet-ls ${done.stdout.trim()} of the environment (${command})`,
    problems: [],
  };
}

/** Nothing below a folder that is not trusted is run. */
function forbiddenFolders(): string[] {
  return vscode.workspace.isTrusted ? [] : (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

/** The folder of the file that the user looks at. */
function currentPlace(otherwise: string): string {
  const document = currentDocument();
  return document?.uri.scheme === "file" ? path.dirname(document.uri.fsPath) : otherwise;
}
