/** Limits and delays. Knows nothing of VS Code. */

/** What a promise gives, unless whoever works on it takes longer than that. */
export async function within<T>(seconds: number, work: Promise<T>, who = "it"): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${who} did not answer within ${seconds} seconds`));
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How long to wait before something that ended is started again. */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly seconds: readonly number[] = [1, 2, 4, 8, 16],
    /** What has run as long as this was well. */
    private readonly healthy = 180,
  ) {}

  /** Seconds to wait; undefined: it is hopeless. */
  next(ranForSeconds: number): number | undefined {
    if (ranForSeconds >= this.healthy) {
      this.failures = 0;
    }
    return this.seconds[this.failures++];
  }

  reset(): void {
    this.failures = 0;
  }
}
