/** What VS Code loads into its extension host: runs the suite that the environment names. */

import * as path from "node:path";
import { format } from "node:util";

import Mocha from "mocha";

/** Begins the lines of mocha among all that the extension host says; see `harness/host.ts`. */
const MARK = "[mocha] ";

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", color: false, timeout: 30_000, reporter: "spec" });
  mocha.addFile(path.join(__dirname, "suites", `${process.env["HATCHET_TEST_SUITE"] ?? ""}.js`));
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    console.log(MARK + format(...parts));
  };
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} failed`));
    });
  });
}
