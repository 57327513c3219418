/** Pythons and their environments, true and false ones. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { REPOSITORY, scratchFolder } from "./run";
import { writeFiles } from "./workspace";

let found: string | undefined;

/** The interpreter that this project's own tests run with; not that of a virtual environment. */
export function python(): string {
  const script = "import sys; print(getattr(sys, '_base_executable', sys.executable))";
  return (found ??= execFileSync(process.env["PYTHON"] ?? "python3", ["-c", script], { encoding: "utf8" }).trim());
}

/** The names of the modules of the standard library. */
export function standardLibrary(): string[] {
  const script = "import sys; print(*sorted(sys.stdlib_module_names))";
  return execFileSync(python(), ["-c", script], { encoding: "utf8" }).trim().split(" ");
}

/** A folder for PATH with a `python3` in it: the true one, or a shell script. */
export function folderWithPython(script?: string): string {
  const folder = scratchFolder("bin");
  const file = path.join(folder, "python3");
  if (script === undefined) fs.symlinkSync(python(), file);
  else fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

/** Make a virtual environment as far as it is read: which Python made it, and the declarations of an SDK in it. */
export function makeEnvironment(folder: string, sdk: string): string {
  const site = path.join("lib", "python3.11", "site-packages");
  writeFiles(folder, {
    "pyvenv.cfg": `home = ${path.dirname(python())}\nversion = 3.11.0\n`,
    [`${site}/hatchet_sdk-${sdk}.dist-info/METADATA`]: `Metadata-Version: 2.4\nName: hatchet-sdk\nVersion: ${sdk}\n`,
  });
  const stubs = path.join(REPOSITORY, "schemas", "stubs");
  for (const name of fs
    .readdirSync(stubs, { recursive: true, encoding: "utf8" })
    .filter((each) => each.endsWith(".pyi"))) {
    const target = path.join(folder, site, name.replace(/i$/, ""));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(stubs, name), target);
  }
  return folder;
}
