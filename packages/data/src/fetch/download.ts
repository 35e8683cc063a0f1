import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '@apical/core';
import { byteCount } from '../formats/length.ts';
import { fileLength } from '../locate.ts';
import { Interruption, type PartRequest, requestRest } from './request.ts';

/** How a download goes about it. */
export interface DownloadOptions {
  /** Called with the bytes that are there, those of an earlier call included, and how many there will be, if known. */
  readonly onProgress?: ((bytes: number, total: number | undefined) => void) | undefined;
  /** Stops the download with the signal's reason; what has come stays, for the next call to go on from. */
  readonly signal?: AbortSignal | undefined;
  /** How long the server may send nothing, in milliseconds; 30,000 if not given. */
  readonly stallTimeout?: number | undefined;
  /** How many failures in a row, without a byte gained, end the download; 5 if not given. */
  readonly attempts?: number | undefined;
  /** The pause after the first failure, in milliseconds, doubled by each further one; 1,000 if not given. */
  readonly retryDelay?: number | undefined;
}

/**
 * Downloads a file to `path`, going on from what is there of it already, and again after each interruption.
 *
 * @param limit the most bytes that the file can have: a longer one is refused, and removed
 * @throws FailureError if the file cannot be had or written; the signal's reason when aborted. What has come stays.
 */
export async function download(url: string, path: string, limit: number, options: DownloadOptions): Promise<void> {
  const { signal, onProgress, stallTimeout = 30_000, attempts = 5, retryDelay = 1000 } = options;
  const server = { answered: false, etag: undefined };
  const request: PartRequest = { url, path, limit, server, stallTimeout, signal, onProgress };
  let most = (await fileLength(path)) ?? 0;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await requestRest(request);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      const length = (await fileLength(path)) ?? 0;
      if (length > most) failures = 0;
      most = Math.max(most, length);
      failures += 1;
      if (failures >= attempts) {
        throw new FailureError(
          `${url}: ${error.message}, ${failures} times in a row; try again later: what has come (${byteCount(length)}) is kept`,
          { cause: error },
        );
      }
    }
    await wait(retryDelay * 2 ** (failures - 1), undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}
