/** At the end of a run: nothing that an editor has started may be left. */

import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

import { processes, scratch } from "./run";

const PATIENCE = 20_000;

export default async function teardown(): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (processes().length > 0 && Date.now() < deadline) await sleep(50);
  const left = processes();
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  fs.rmSync(scratch(), { recursive: true, force: true });
  if (left.length > 0) {
    throw new Error(`left behind: ${left.map(({ pid, command }) => `${pid} ${command.join(" ")}`).join("\n")}`);
  }
}
