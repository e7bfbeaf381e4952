/** Brings commits to the disk beside the event loop: one that waited for the disk would hold up everybody. */
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { storeLimits } from './limits.ts';
import { StoreDown, trouble } from './store-error.ts';

export class WalSync {
  readonly #place: string;
  #file: FileHandle | undefined;
  #commits = 0;
  #synced = 0;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  /** What the disk was asked for last, and since when it has not answered, by `performance.now`. */
  #asked: Promise<void> = Promise.resolve();
  #askedAt: number | undefined;

  /** @param place the database file; its write-ahead log lies beside it */
  constructor(place: string) {
    this.#place = place;
  }

  noteCommit(): void {
    this.#commits++;
  }

  /**
   * Resolves when all that was committed before is on the disk. Who asks while a sync runs shares the next one, since
   * what runs may have begun before the commit. Throws what the system says, and `StoreDown` after `syncMs`.
   */
  async durable(): Promise<void> {
    if (this.#synced === this.#commits) return;
    this.#next ??= this.#syncAfter(this.#running);
    await this.#next;
  }

  /** Throws `StoreDown` while the disk has not answered for `syncMs`. */
  mustAnswer(): void {
    if (this.#askedAt !== undefined && performance.now() - this.#askedAt >= storeLimits.syncMs)
      throw new StoreDown(trouble('stalled'));
  }

  /** Throws `StoreDown` when the disk does not answer, and lets go of it. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#running, this.#next]);
    this.mustAnswer();
    await this.#file?.close();
  }

  async #syncAfter(earlier: Promise<void> | undefined): Promise<void> {
    // At least until whoever commits in this turn has done so.
    await earlier?.catch(() => undefined);
    this.#running = this.#next;
    this.#next = undefined;
    // Another one beside one that hangs would only take away one more of Node's few threads.
    this.#asked = this.#asked.catch(() => undefined).then(() => this.#sync());
    await answeredInTime(this.#asked);
  }

  async #sync(): Promise<void> {
    const commits = this.#commits;
    this.#askedAt = performance.now();
    try {
      this.#file ??= await this.#open();
      await this.#file.datasync();
      this.#synced = Math.max(this.#synced, commits);
    } finally {
      this.#askedAt = undefined;
    }
  }

  /** SQLite keeps the one file for as long as the database is open. That it is there at all is for the folder to keep. */
  async #open(): Promise<FileHandle> {
    const file = await open(`${this.#place}-wal`, 'r');
    const folder = await open(path.dirname(this.#place), 'r');
    await folder.sync().finally(() => folder.close());
    return file;
  }
}

async function answeredInTime(disk: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreDown(trouble('stalled'))), storeLimits.syncMs);
  });
  try {
    await Promise.race([disk, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
