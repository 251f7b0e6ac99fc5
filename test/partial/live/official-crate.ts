/**
 * Official crate — the program of `rust/` in a process of its own: a line of JSON goes in, a line comes out.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dataText } from '../../arbitrary/json.ts';

const SOURCE = fileURLToPath(new URL('rust/', import.meta.url));
const BUILT = fileURLToPath(new URL('../../../node_modules/.cache/cedarmill-oracle/', import.meta.url));

export class OfficialCrate {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** Throws where there is no cargo, or the build fails. */
  static build(): OfficialCrate {
    execFileSync('cargo', ['build', '--release', '--quiet', '--target-dir', BUILT], { cwd: SOURCE, stdio: 'inherit' });
    const child = spawn(`${BUILT}release/partial-oracle`, { stdio: ['pipe', 'pipe', 'inherit'] });
    return new OfficialCrate(child, createInterface({ input: child.stdout! }));
  }

  /** Throws where the program has ended. */
  async answer(question: unknown): Promise<unknown> {
    // Line breaks stand between members only: in texts they are escaped.
    this.#child.stdin!.write(`${dataText(question).replaceAll('\n', ' ')}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the official crate has ended');
    return JSON.parse(value);
  }

  end(): void {
    this.#child.stdin!.end();
  }
}
