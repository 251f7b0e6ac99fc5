/**
 * Check — parses emitted text again, compares it with the tree it was printed from, and looks for free names.
 *
 * So text of a policy cannot have become code: it would have changed the tree.
 */
import { type Node, parse } from 'acorn';
import { CompilerBug } from '../../src/value/unreachable.ts';

/** A program as an ESTree. It says no more than a caller's types can rely on: the package ships without the types of all nodes. */
export interface EmittedProgram {
  readonly type: 'Program';
  readonly sourceType: 'script' | 'module';
  readonly body: readonly unknown[];
}

/** Checks emitted text: the tree that was meant, its text, and the names that it may use without declaring them. */
export type Check = (program: EmittedProgram, text: string, allowed: readonly string[]) => void;

/** Throws `CompilerBug` unless `text` parses to `program` and its free names are all among `allowed`. */
export function check(program: EmittedProgram, text: string, allowed: readonly string[]): void {
  const options = { ecmaVersion: 2022, sourceType: program.sourceType, allowReturnOutsideFunction: true } as const;
  const parsed = parse(text, options) as unknown as EmittedProgram;
  const difference = differ(program, parsed, 'program');
  if (difference !== undefined) throw new CompilerBug(`emitted text does not say what was meant: ${difference}`);
  const foreign = [...freeNames(parsed)].filter((name) => !allowed.includes(name));
  if (foreign.length > 0) throw new CompilerBug(`emitted text has free names: ${foreign.join(', ')}`);
}

/** Members that say where a node stood or how it was spelt. */
const IGNORED: ReadonlySet<string> = new Set(['start', 'end', 'raw', 'comments', 'loc', 'range']);

/** The path to the first difference. Walks a list of pairs: emitted trees may be deep. */
function differ(meant: unknown, parsed: unknown, path: string): string | undefined {
  const open: [unknown, unknown, string][] = [[meant, parsed, path]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b, at] = pair;
    if (Object.is(a, b)) continue;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return at;
    const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (!IGNORED.has(key)) open.push([flag(key, left[key]), flag(key, right[key]), `${at}.${key}`]);
    }
  }
  return undefined;
}

/** A flag that is not set is the same as one that is absent. */
function flag(key: string, value: unknown): unknown {
  return value === undefined || (value === false && key !== 'value') ? null : value;
}

/** Names that are used and declared nowhere in the text; good enough because emitted names are declared once. */
function freeNames(program: EmittedProgram): Set<string> {
  const used = new Set<string>();
  const declared = new Set<string>(['undefined']);
  const open: Place[] = [{ node: program as unknown as Node, parent: {}, key: '', around: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, parent } = next;
    if (node.type === 'Identifier') sort(node as unknown as { name: string }, next, used, declared);
    for (const [name, child] of Object.entries(node)) {
      for (const each of Array.isArray(child) ? child : [child]) {
        if (typeof each === 'object' && each !== null && 'type' in each) {
          const inner = node as unknown as Record<string, unknown>;
          open.push({ node: each as Node, parent: inner, key: name, around: parent.type });
        }
      }
    }
  }
  return new Set([...used].filter((name) => !declared.has(name)));
}

interface Place {
  readonly node: Node;
  readonly parent: Readonly<Record<string, unknown>>;
  /** Which member of its parent it is. */
  readonly key: string;
  /** The type of what is around the parent. */
  readonly around: unknown;
}

function sort(
  { name }: { name: string },
  { parent, key, around }: Place,
  used: Set<string>,
  declared: Set<string>,
): void {
  const { type } = parent;
  if (key === 'label' || (key === 'property' && parent.computed === false) || type === 'PropertyDefinition') return;
  if (key === 'params' || (key === 'id' && type !== 'ExpressionStatement')) declared.add(name);
  else if (type === 'Property' && key === 'value') (around === 'ObjectPattern' ? declared : used).add(name);
  else if (!(type === 'Property' && key === 'key')) used.add(name);
}
