/** The SDK for the shop of the pictures. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** Make a virtual environment as far as it is read, with the SDK of the Python environment that is active. */
export function makeEnvironment(folder: string): void {
  const python = process.env["PYTHON"] ?? "python3";
  const script =
    "import importlib.util as u, sys; print(sys.base_prefix, *u.find_spec('hatchet_sdk').submodule_search_locations)";
  const [prefix, sdk] = execFileSync(python, ["-c", script], { encoding: "utf8" }).trim().split(" ") as [
    string,
    string,
  ];
  const source = path.dirname(sdk);
  const target = path.join(folder, "lib", "python3.11", "site-packages");
  for (const name of fs.readdirSync(source).filter((each) => /^hatchet_sdk(-|$)/.test(each))) {
    fs.cpSync(path.join(source, name), path.join(target, name), { recursive: true });
  }
  fs.writeFileSync(path.join(folder, "pyvenv.cfg"), `home = ${prefix}/bin\nversion = 3.11.0\n`);
}
