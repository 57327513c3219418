/** What Microsoft's Python extensions say about environments, where they are installed. They are never required. */

import * as vscode from "vscode";

import { within } from "./time";

const SECONDS = 10;

/** What is used of `ms-python.vscode-python-envs`. */
interface EnvironmentsApi {
  getEnvironment(scope: vscode.Uri | undefined): Promise<{ readonly sysPrefix?: string } | undefined>;
  readonly onDidChangeEnvironment?: vscode.Event<unknown>;
}

/** What is used of `ms-python.python`. */
interface PythonApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

/** An extension that knows which environment belongs to which folder. */
interface Source {
  readonly id: string;
  readonly origin: string;
  /** The environment's folder or its interpreter. */
  environmentOf(api: unknown, folder: vscode.Uri | undefined): Promise<string | undefined>;
  changes(api: unknown): vscode.Event<unknown> | undefined;
}

const SOURCES: readonly Source[] = [
  {
    id: "ms-python.vscode-python-envs",
    origin: "the Python Environments extension",
    environmentOf: async (api, folder) => (await (api as EnvironmentsApi).getEnvironment(folder))?.sysPrefix,
    changes: (api) => (api as EnvironmentsApi).onDidChangeEnvironment,
  },
  {
    id: "ms-python.python",
    origin: "the Python extension",
    environmentOf: (api, folder) =>
      Promise.resolve((api as PythonApi).environments.getActiveEnvironmentPath(folder).path),
    changes: (api) => (api as PythonApi).environments.onDidChangeActiveEnvironmentPath,
  },
];

export interface ChosenEnvironment {
  readonly place: string;
  readonly origin: string;
}

/** Asks whichever of the extensions are there. One that fails or does not answer counts as not there. */
export class PythonExtensions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscriptions = new Map<string, vscode.Disposable>();

  /** Another environment was chosen, or an extension that knows of environments was added. */
  readonly onDidChange = this.changed.event;

  private readonly installations = vscode.extensions.onDidChange(() => {
    if (SOURCES.some(({ id }) => vscode.extensions.getExtension(id) !== undefined && !this.subscriptions.has(id))) {
      this.changed.fire();
    }
  });

  constructor(private readonly log: vscode.LogOutputChannel) {}

  /** The environments chosen for a folder, the first is the likeliest. */
  async *environmentsOf(folder: vscode.Uri | undefined): AsyncGenerator<ChosenEnvironment> {
    for (const source of SOURCES) {
      const place = await this.ask(source, folder);
      if (place !== undefined) {
        yield { place, origin: source.origin };
      }
    }
  }

  dispose(): void {
    this.installations.dispose();
    this.changed.dispose();
    for (const subscription of this.subscriptions.values()) {
      subscription.dispose();
    }
  }

  private async ask(source: Source, folder: vscode.Uri | undefined): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<unknown>(source.id);
    if (extension === undefined) {
      return undefined;
    }
    try {
      const api = await within(SECONDS, Promise.resolve(extension.activate()));
      this.subscribe(source, api);
      const place = await within(SECONDS, source.environmentOf(api, folder));
      // Without an environment of its own the extension says only `python`.
      return place !== undefined && /[\\/]/.test(place) ? place : undefined;
    } catch (error) {
      this.log.info(`${source.origin} does not say which environment is chosen: ${String(error)}`);
      return undefined;
    }
  }

  private subscribe(source: Source, api: unknown): void {
    if (!this.subscriptions.has(source.id)) {
      const subscription = source.changes(api)?.(() => {
        this.changed.fire();
      });
      this.subscriptions.set(source.id, subscription ?? new vscode.Disposable(() => undefined));
    }
  }
}
