/** Temporary copies of the example project, and files written for one test. */

import * as fs from "node:fs";
import * as path from "node:path";

import { REPOSITORY, scratchFolder } from "./run";

/** A copy of the example project, so that no test edits the original. */
export function exampleProject(name = "shop"): string {
  const folder = path.join(scratchFolder("workspace"), name);
  fs.cpSync(path.join(REPOSITORY, "examples"), folder, {
    recursive: true,
    filter: (source) => !/__pycache__|\.ruff_cache/.test(source),
  });
  return folder;
}

/** A folder with these files, by path. */
export function project(files: Record<string, string>, name = "project"): string {
  const folder = path.join(scratchFolder("workspace"), name);
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Record<string, string>): void {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
}
