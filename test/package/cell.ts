/**
 * Cell — one way of using the packed package, as data: a project in a folder of its own, and the commands that must succeed there.
 */

export interface Cell {
  /** Unique; it names the folder, and stands in docs/compatibility.md. */
  readonly name: string;
  readonly group: string;
  /** What a reader of the table is told that the cell shows. */
  readonly shows: string;
  readonly files: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** A command of Node, of a tool of test/package/tools/package.json, or of the machine. Its output must hold `expect`. */
export interface Step {
  /** `node` (this Node), `node-20.0` … (one of the tools), or a path below the tools' node_modules. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly expect?: RegExp | undefined;
  /** Which folder of the cell it runs in. */
  readonly folder?: string | undefined;
}

/** What a program of program.ts prints when all of its assertions held. */
export const OK = /^cedarmill: ok$/m;

export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** package.json of a project that somebody just made. */
export function manifest(type?: 'module' | 'commonjs'): string {
  return json({ name: 'project', version: '1.0.0', private: true, ...(type === undefined ? {} : { type }) });
}
