/** The server's process. Knows nothing of VS Code. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";

/** A process, and how it ended. */
export interface ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Says how it ended, with the last line that it wrote to stderr. */
  readonly ended: Promise<string>;
}

/** Start a process. Rejects when it cannot be started at all. */
export async function start(
  command: string,
  args: readonly string[],
  cwd: string,
  onLine: (line: string) => void,
): Promise<ServerProcess> {
  const child = spawn(command, args, { cwd, windowsHide: true });
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  child.on("error", () => undefined);
  let last = "";
  createInterface({ input: child.stderr }).on("line", (line) => {
    last = line.trim() || last;
    onLine(line);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      const how = signal === null ? `with exit code ${code ?? "unknown"}` : `by ${signal}`;
      const tell = () => {
        resolve(`the server ended ${how}${last && `: ${last}`}`);
      };
      finished(child.stderr).then(tell, tell);
    });
  });
  return { child, ended };
}
