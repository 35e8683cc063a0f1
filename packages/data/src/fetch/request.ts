import { open, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { FailureError, InputError } from '@apical/core';
import { fileProblem } from '../file-problem.ts';
import { byteCount } from '../formats/length.ts';
import { fileLength } from '../locate.ts';
import { httpGet, Unreachable } from './http-get.ts';

/** A failure that may be over a moment later. */
export class Interruption extends Error {}

/** What the requests of one download learn of the server. */
export interface ServerState {
  /** Whether the server has answered at all: if not, the network is off rather than interrupted. */
  answered: boolean;
  /** Names the version of the file that the server sends, so that two versions are never joined. */
  etag: string | undefined;
}

/** One request for what is still missing of a file. */
export interface PartRequest {
  readonly url: string;
  /** Where the file grows. */
  readonly path: string;
  /** The most bytes that the file can have. */
  readonly limit: number;
  readonly server: ServerState;
  readonly stallTimeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((bytes: number, total: number | undefined) => void) | undefined;
}

const interruptedStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Asks for what is missing of the file, and appends it; starts the file afresh if the server sends all of it.
 * @throws Interruption if asking again may help; FailureError if not
 */
export async function requestRest(request: PartRequest): Promise<void> {
  const { url, path, server, signal, stallTimeout } = request;
  const start = (await fileLength(path)) ?? 0;
  const stall = new AbortController();
  const timer = setTimeout(() => stall.abort(), stallTimeout);
  const problem = (error: unknown): Error =>
    stall.signal.aborted
      ? new Interruption(`no data for ${stallTimeout / 1000} s`)
      : networkProblem(error, url, server.answered);
  async function* piecesOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of response) {
        timer.refresh();
        yield piece;
      }
    } catch (error) {
      throw problem(error);
    }
  }
  try {
    const stop = signal ? AbortSignal.any([signal, stall.signal]) : stall.signal;
    const response = await httpGet(url, requestHeaders(start, server.etag), stop).catch((error) => {
      throw problem(error);
    });
    timer.refresh();
    server.answered = true;
    try {
      const place = await readHead(response, url, path, start);
      if (place === 'complete') return;
      const { etag } = response.headers;
      server.etag = etag?.startsWith('"') ? etag : undefined;
      await save(place, request, piecesOf(response));
    } finally {
      response.destroy();
    }
  } finally {
    clearTimeout(timer);
  }
}

function requestHeaders(start: number, etag: string | undefined): Record<string, string> {
  return {
    // Some servers refuse requests that name no program.
    'user-agent': 'apical',
    // Otherwise a server may send .gz files as gzip-encoded content.
    'accept-encoding': 'identity',
    ...(start > 0 && { range: `bytes=${start}-` }),
    ...(start > 0 && etag !== undefined && { 'if-range': etag }),
  };
}

/** Where in the file a response's body belongs, and the length of the whole file if the server tells. */
interface Place {
  readonly offset: number;
  readonly total: number | undefined;
}

async function readHead(
  response: IncomingMessage,
  url: string,
  path: string,
  start: number,
): Promise<Place | 'complete'> {
  const { statusCode: status = 0, statusMessage = '', headers } = response;
  if (status === 206 || status === 416) {
    const [, first, total] = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    if (status === 416 && Number(total) === start) return 'complete';
    if (status === 206 && Number(first) === start) {
      return { offset: start, total: total === '*' ? undefined : Number(total) };
    }
    await rm(path, { force: true });
    throw new Interruption('the server could not go on from where the download was cut');
  }
  const answer = `the server answered ${status} ${statusMessage}`.trimEnd();
  if (interruptedStatuses.has(status)) throw new Interruption(answer);
  if (status !== 200) throw new FailureError(`${url}: ${answer}; try another mirror`);
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new FailureError(`${url}: the server changes the file's compression on the way; try another mirror`);
  }
  const length = headers['content-length'];
  return { offset: 0, total: length === undefined ? undefined : Number(length) };
}

async function save({ offset, total }: Place, request: PartRequest, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const { url, path, limit, onProgress } = request;
  const file = await onDisk(path, open(path, offset === 0 ? 'w' : 'a'));
  let bytes = offset;
  try {
    onProgress?.(bytes, total);
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > limit) {
        await rm(path, { force: true });
        throw new FailureError(`${url}: more than ${byteCount(limit)}: this is not the official file`);
      }
      await onDisk(path, file.writeFile(piece));
      onProgress?.(bytes, total);
    }
    await onDisk(path, file.sync());
  } finally {
    await file.close();
  }
  if (total !== undefined && bytes !== total) throw new Interruption('the connection was cut');
}

async function onDisk<T>(path: string, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}

function networkProblem(error: unknown, url: string, answered: boolean): Error {
  if (error instanceof InputError) return error;
  if (error instanceof Unreachable && !answered) {
    return new FailureError(
      `${url}: ${error.message}; check the network, or fetch on another machine and copy the folder`,
      { cause: error },
    );
  }
  const { code, message } = error as NodeJS.ErrnoException;
  return new Interruption(`the connection failed (${code || message})`, { cause: error });
}
