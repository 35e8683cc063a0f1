import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FailureError } from '@apical/core';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { dataFiles, pageFiles } from './files.ts';
import { pageDirectory } from './page-directory.ts';

/** How many connections are open at most: each takes some memory, and a page needs six. */
const mostConnections = 64;

export interface LabOptions {
  /** The address to listen at. Default 127.0.0.1: only this machine can reach it. */
  readonly host?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string;
  /** A folder with runs at any depth, to be shown as they are and as they change. Nothing is written to it. */
  readonly runs?: string;
}

/** A laboratory that is being served. */
export interface ServedLab {
  /** The address to open in a browser. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the laboratory: the page, the data sets that are there, and what there is to know of runs.
 * @throws FailureError where the port is taken or may not be used; InputError where the runs' folder is none
 */
export async function serveLab(options: LabOptions = {}): Promise<ServedLab> {
  const { host = '127.0.0.1', port = 0, directory, runs } = options;
  const watched = runs === undefined ? undefined : await watchRuns(runs);
  const files = new Map([...(await pageFiles(pageDirectory)), ...(await dataFiles(directory))]);
  let hosts: readonly string[] = [];
  const app = createApp(files, () => hosts, watched?.routes);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.maxConnections = mostConnections;
  server.headersTimeout = server.requestTimeout = 10_000;
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening.catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message;
    throw new FailureError(`${host}, port ${port}: ${why}; choose another with --port`, { cause: error });
  });
  const used = (server.address() as AddressInfo).port;
  const name = host.includes(':') ? `[${host}]` : host;
  hosts = [name, 'localhost', '127.0.0.1', '[::1]'].map((each) => `${each}:${used}`);
  watched?.start();
  return {
    url: `http://${name}:${used}/`,
    async close() {
      watched?.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** What reads runs is loaded only where there are some to show. */
async function watchRuns(directory: string) {
  const { WatchedRuns } = await import('./runs/watched-runs.ts');
  return WatchedRuns.open(directory);
}
