/** What all editors of one run share: a scratch folder, and a mark by which their processes are known. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export const TEST_FOLDER = path.join(__dirname, "..");
export const CLIENT_FOLDER = path.join(TEST_FOLDER, "..");
export const REPOSITORY = path.join(CLIENT_FOLDER, "..");
export const ARTIFACTS = path.join(TEST_FOLDER, "artifacts");

/** The variable that marks an editor's processes: its value is the editor's home folder. */
export const MARK = "HATCHET_VSCODE_TEST_HOME";
const SCRATCH = "HATCHET_VSCODE_TEST_SCRATCH";

/** The scratch folder of this run. Workers inherit it from the process that started them. */
export function scratch(): string {
  return (process.env[SCRATCH] ??= fs.mkdtempSync(path.join(os.tmpdir(), "hatchet-vscode-")));
}

/** A new folder in the scratch folder, in whose name `name` occurs. */
export function scratchFolder(name: string): string {
  return fs.mkdtempSync(path.join(scratch(), `${name}-`));
}

/** A process of an editor: VS Code, its extension host, what the extensions have started. */
export interface Process {
  pid: number;
  command: string[];
}

/** The living processes of the editors whose homes are `folder` or below it; by default of all editors of this run. */
export function processes(folder = scratch()): Process[] {
  return fs.readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = fs.readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
      if (!environment.some((variable) => variable.startsWith(`${MARK}=${folder}`))) return [];
      const command = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0").slice(0, -1);
      return command.length > 0 ? [{ pid: Number(name), command }] : []; // zombies have no command
    } catch {
      return []; // it has ended meanwhile
    }
  });
}
