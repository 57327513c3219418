/** The server of this window: started, watched, started again. */

import * as vscode from "vscode";
import { DidChangeConfigurationNotification, type LanguageClient } from "vscode-languageclient/node";

import { makeClient } from "./client";
import { chooseLaunch, type Launch, NoPython } from "./launch";
import { type ServerProcess, start } from "./process";
import type { PythonExtensions } from "./pythonExtension";
import { interpreterSettingCommand } from "./settings";
import { Backoff, within } from "./time";

const SECONDS_TO_ANSWER = 30;
const SECONDS_TO_END = 5;

/** How the server is. */
export type State =
  | { readonly kind: "stopped" }
  /** After it has ended for some reason, if it is not the first start. */
  | { readonly kind: "starting"; readonly after: string | undefined }
  | { readonly kind: "running"; readonly launch: Launch; readonly client: LanguageClient; readonly pid: number }
  /** It ended and will be started again. */
  | { readonly kind: "waiting"; readonly reason: string; readonly seconds: number }
  /** It ended and will not be started again by itself. */
  | { readonly kind: "failed"; readonly reason: string; readonly lacksPython: boolean };

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onDidChange = this.changed.event;

  private current: State = { kind: "stopped" };
  private process: ServerProcess | undefined;
  private client: LanguageClient | undefined;
  private readonly backoff = new Backoff();
  private timer: NodeJS.Timeout | undefined;
  /** Counts what the user and the editor ask for, so that what is overtaken ends. */
  private generation = 0;
  /** Of all servers that were to end so far. */
  private ending: Promise<unknown> = Promise.resolve();
  private noticed = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly extensions: PythonExtensions,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get state(): State {
    return this.current;
  }

  /** Start, or start again because somebody asks for it. */
  async restart(): Promise<void> {
    this.backoff.reset();
    this.noticed = false;
    const generation = await this.stop();
    if (generation === this.generation) {
      await this.start(generation);
    }
  }

  /** End the server, however it is. Gives the generation that may follow, unless somebody has asked for more since. */
  async stop(): Promise<number> {
    const generation = ++this.generation;
    clearTimeout(this.timer);
    const { client, process } = this;
    this.client = undefined;
    this.process = undefined;
    this.ending = Promise.all([this.ending, this.end(client, process)]);
    await this.ending;
    if (generation === this.generation) {
      this.become({ kind: "stopped" });
    }
    return generation;
  }

  /** Have the server ask for the settings again. */
  async settingsChanged(): Promise<void> {
    await this.client?.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async end(client: LanguageClient | undefined, process: ServerProcess | undefined): Promise<void> {
    if (client?.isRunning() === true) {
      await client.stop().catch((error: unknown) => {
        this.log.info(`stopped with: ${String(error)}`);
      });
    }
    if (process !== undefined) {
      process.child.kill("SIGKILL");
      await within(SECONDS_TO_END, process.ended).catch(() => undefined);
    }
  }

  private async start(generation: number): Promise<void> {
    this.become({ kind: "starting", after: this.current.kind === "waiting" ? this.current.reason : undefined });
    const began = performance.now();
    try {
      const folder = await this.folder();
      const launch = await chooseLaunch(this.context.extensionPath, folder, this.extensions, this.log);
      if (generation === this.generation) {
        await this.run(launch, folder, generation);
      }
    } catch (error) {
      if (generation === this.generation) {
        this.failed(error, generation, (performance.now() - began) / 1000);
      }
    }
  }

  private async run(launch: Launch, folder: string, generation: number): Promise<void> {
    this.log.info(`starts ${launch.description}`);
    const process = await start(launch.command, launch.args, folder, (line) => {
      this.log.error(line);
    });
    if (generation !== this.generation) {
      process.child.kill("SIGKILL");
      return;
    }
    this.process = process;
    const client = makeClient(process.child, this.log, this.extensions);
    try {
      await within(SECONDS_TO_ANSWER, connect(client, process), "the server");
    } catch (error) {
      process.child.kill("SIGKILL");
      throw error;
    }
    if (generation !== this.generation) {
      return;
    }
    const began = performance.now();
    this.client = client;
    this.become({ kind: "running", launch, client, pid: process.child.pid ?? 0 });
    void process.ended.then((reason) => {
      if (generation === this.generation) {
        this.failed(new Error(reason), generation, (performance.now() - began) / 1000);
      }
    });
  }

  private failed(error: unknown, generation: number, ranForSeconds: number): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.log.error(reason);
    this.client = undefined;
    this.process = undefined;
    const seconds = error instanceof NoPython ? undefined : this.backoff.next(ranForSeconds);
    if (seconds === undefined) {
      this.become({ kind: "failed", reason, lacksPython: error instanceof NoPython });
      void this.notice(reason, error instanceof NoPython);
      return;
    }
    this.become({ kind: "waiting", reason, seconds });
    this.timer = setTimeout(() => void this.start(generation), seconds * 1000);
  }

  /** At most once, until the user has restarted the server. */
  private async notice(reason: string, lacksPython: boolean): Promise<void> {
    if (this.noticed) {
      return;
    }
    this.noticed = true;
    const remedy = lacksPython ? "Choose a Python" : "Restart";
    const message = lacksPython ? `hatchet-ls cannot start: ${reason}.` : `hatchet-ls gave up: ${reason}`;
    const answer = await vscode.window.showErrorMessage(message, remedy, "Show Output");
    if (answer === "Show Output") {
      this.log.show();
    } else if (answer !== undefined) {
      await (lacksPython
        ? vscode.commands.executeCommand(...interpreterSettingCommand())
        : vscode.commands.executeCommand("hatchet.restart"));
    }
  }

  /** A folder that stays, whatever becomes of the workspace's. */
  private async folder(): Promise<string> {
    const storage = this.context.globalStorageUri;
    await vscode.workspace.fs.createDirectory(storage);
    return storage.fsPath;
  }

  private become(state: State): void {
    this.current = state;
    this.changed.fire(state);
  }
}

/** Begin to talk. Of a server that has ended meanwhile, its own words say more than those of the broken connection. */
async function connect(client: LanguageClient, { ended }: ServerProcess): Promise<void> {
  const ending = ended.then((reason) => {
    throw new Error(reason);
  });
  const starting = client.start().catch(async (error: unknown) => {
    throw new Error(await within(1, ended).catch(() => String(error)));
  });
  await Promise.race([starting, ending]);
}
