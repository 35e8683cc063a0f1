import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

export interface Question {
  readonly to: string;
  readonly method?: string;
  readonly headers?: NodeJS.Dict<string>;
}

/** Sends a request as it stands: `fetch` would tidy its path up, and set its Host. */
export function ask(path: string, { to, method = 'GET', headers = {} }: Question): Promise<Answer> {
  const { hostname, port } = new URL(to);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
