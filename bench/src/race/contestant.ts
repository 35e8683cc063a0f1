import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Implementation } from './implementations.ts';
import { peerEnvironment } from './peer-environment.ts';
import { readLearned } from './setup.ts';

/**
 * An implementation at work on a problem, as a child process. It is started with the problem's folder and says `ready
 * VERSION`. Then it answers lines: `learn FIRST COUNT` (the samples at these positions of the endless sequence of epochs) by
 * the seconds that took, `weights` by `written` when they are in its folder; if it goes on with other problems, `begin FOLDER` by `ready VERSION`
 * again. It ends with its input.
 */
export class Contestant {
  readonly implementation: Implementation;
  #folder: string;
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  #complaint = '';

  private constructor(implementation: Implementation, folder: string) {
    this.implementation = implementation;
    this.#folder = folder;
    const [program, ...args] = [...implementation.command, folder];
    this.#child = spawn(program!, args, { env: peerEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    this.#lines = createInterface({ input: this.#child.stdout! });
    this.#child.stderr!.on('data', (text) => {
      this.#complaint += text;
    });
    this.#child.stdin!.on('error', () => {});
  }

  /** Starts it, and waits until it is ready. @throws Error with what it printed, if it ends instead */
  static async start(implementation: Implementation, folder: string): Promise<Contestant> {
    const contestant = new Contestant(implementation, folder);
    await contestant.#line();
    return contestant;
  }

  /** Goes on with another problem, and waits until it is ready. @throws Error with what it printed, if it ends instead */
  async begin(folder: string): Promise<void> {
    this.#folder = folder;
    await this.#ask(`begin ${folder}`);
  }

  /** The number of its process. */
  get process(): number {
    return this.#child.pid!;
  }

  /** Learns the samples at positions first … first + count − 1; the seconds it took. */
  async learn(first: number, count: number): Promise<number> {
    return Number(await this.#ask(`learn ${first} ${count}`));
  }

  /** What it has learned, by the names of the weights. */
  async weights(names: string[]): Promise<Record<string, Float64Array>> {
    await this.#ask('weights');
    return readLearned(this.#folder, this.implementation.name, names);
  }

  async end(): Promise<void> {
    const running = this.#child.exitCode === null && this.#child.signalCode === null;
    const closed = running ? new Promise((resolve) => this.#child.once('close', resolve)) : undefined;
    this.#child.stdin!.end();
    await closed;
  }

  async #ask(command: string): Promise<string> {
    const answer = this.#line();
    this.#child.stdin!.write(`${command}\n`);
    return await answer;
  }

  /** The next line that it prints. */
  #line(): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`${this.implementation.name} ${reason}`));
      const onLine = (line: string) => {
        this.#child.off('close', onClose).off('error', onError);
        resolve(line);
      };
      const onClose = () => fail(`failed: ${this.#complaint.trim().split('\n').at(-1)}`);
      const onError = (error: Error) => fail(`did not start: ${error.message}`);
      this.#lines.once('line', onLine);
      this.#child.once('close', onClose).once('error', onError);
    });
  }
}
