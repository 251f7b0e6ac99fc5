/**
 * Expand — type expressions into types: common types are replaced by what they stand for.
 *
 * INVARIANT: every name in the definitions means something (see reference.ts).
 * Common types are expanded in an order in which each comes after those it mentions, without recursion from one to the next, so that a chain of
 * many thousands does no harm. Their nesting after expansion is limited, so that code which walks a type later may recurse.
 */
import { nearest } from '../parser/text/nearest.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { unreachable } from '../value/unreachable.ts';
import { sortedEntries, type TypeExpression } from './declaration.ts';
import type { Definitions } from './definitions.ts';
import * as problem from './error.ts';
import { BUILTIN_TYPES, basename, EXTENSION_TYPES, TYPE_NESTING_LIMIT } from './name.ts';
import { references, resolveName } from './reference.ts';
import type { AttributeType, SchemaType } from './type.ts';

/** A type and how deep it is nested. */
interface Expanded {
  readonly type: SchemaType;
  readonly depth: number;
}

/** What stands for a type that could not be expanded; its problem has been told. */
const UNKNOWN: Expanded = { type: { kind: 'record', attributes: new Map() }, depth: 1 };

export class Expander {
  readonly #definitions: Definitions;
  readonly #diagnostics: Diagnostic[];
  readonly #commonTypes = new Map<string, Expanded>();

  constructor(definitions: Definitions, diagnostics: Diagnostic[]) {
    this.#definitions = definitions;
    this.#diagnostics = diagnostics;
    for (const name of this.#inOrder()) {
      const { declaration, namespace } = definitions.commonTypes.get(name)!;
      this.#commonTypes.set(name, this.#limited(this.#expand(declaration.type, namespace), declaration.span));
    }
  }

  /** The type that an expression stands for in a namespace. */
  typeOf(expression: TypeExpression, namespace: string): SchemaType {
    return this.#limited(this.#expand(expression, namespace), undefined).type;
  }

  #limited(expanded: Expanded, span: Parameters<typeof problem.nestingLimit>[1]): Expanded {
    if (expanded.depth <= TYPE_NESTING_LIMIT) return expanded;
    this.#diagnostics.push(problem.nestingLimit(TYPE_NESTING_LIMIT, span));
    return UNKNOWN;
  }

  #expand(expression: TypeExpression, namespace: string): Expanded {
    switch (expression.kind) {
      case 'bool':
      case 'long':
      case 'string':
        return { type: { kind: expression.kind }, depth: 1 };
      case 'set': {
        const { type, depth } = this.#expand(expression.element, namespace);
        return { type: { kind: 'set', element: type }, depth: depth + 1 };
      }
      case 'record':
        return this.#expandRecord(expression, namespace);
      case 'extension':
        return this.#expandExtension(expression.name);
      case 'entity':
      case 'common':
      case 'entityOrCommon':
        return this.#expandName(expression, namespace);
      default:
        return unreachable(expression);
    }
  }

  #expandRecord(record: TypeExpression & { kind: 'record' }, namespace: string): Expanded {
    if (record.open) this.#diagnostics.push(problem.openRecord());
    const attributes = new Map<string, AttributeType>();
    let depth = 0;
    for (const [name, attribute] of sortedEntries(record.attributes)) {
      const expanded = this.#expand(attribute.type, namespace);
      attributes.set(name, { type: expanded.type, required: attribute.required });
      depth = Math.max(depth, expanded.depth);
    }
    return { type: { kind: 'record', attributes }, depth: depth + 1 };
  }

  #expandExtension(written: string): Expanded {
    const name = EXTENSION_TYPES.find((each) => each === written);
    if (name !== undefined) return { type: { kind: 'ext', name }, depth: 1 };
    this.#diagnostics.push(
      problem.unknownExtensionType(written, nearest(written, EXTENSION_TYPES, Number.POSITIVE_INFINITY)),
    );
    return UNKNOWN;
  }

  #expandName(
    reference: TypeExpression & { kind: 'entity' | 'common' | 'entityOrCommon' },
    namespace: string,
  ): Expanded {
    const found = resolveName(reference.name.name, namespace, reference.kind, this.#definitions);
    if (found === undefined) return UNKNOWN;
    if (found.kind === 'entity') return { type: { kind: 'entity', name: found.name }, depth: 1 };
    if (this.#definitions.commonTypes.has(found.name)) return this.#commonTypes.get(found.name) ?? UNKNOWN;
    return { type: BUILTIN_TYPES.get(basename(found.name))!, depth: 1 };
  }

  /** The declared common types, each after those it mentions. A cycle is a problem, told at one of its members; its members are left out. */
  #inOrder(): string[] {
    const order: string[] = [];
    const state = new Map<string, 'open' | 'done' | 'faulty'>();
    for (const root of this.#definitions.commonTypes.keys()) {
      const stack: { name: string; next: string[]; faulty: boolean }[] = [];
      const enter = (name: string): void => {
        state.set(name, 'open');
        stack.push({ name, next: this.#mentioned(name), faulty: false });
      };
      if (!state.has(root)) enter(root);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const next = top.next.pop();
        if (next === undefined) {
          stack.pop();
          state.set(top.name, top.faulty ? 'faulty' : 'done');
          if (!top.faulty) order.push(top.name);
          const below = stack.at(-1);
          if (below !== undefined) below.faulty ||= top.faulty;
        } else if (!state.has(next)) enter(next);
        else if (state.get(next) === 'open') {
          const { span } = this.#definitions.commonTypes.get(next)!.declaration;
          this.#diagnostics.push(problem.commonTypeCycle(next, span));
          top.faulty = true;
        } else top.faulty ||= state.get(next) === 'faulty';
      }
    }
    return order;
  }

  #mentioned(name: string): string[] {
    const { namespace, declaration } = this.#definitions.commonTypes.get(name)!;
    return references(declaration.type).flatMap(([kind, reference]) => {
      const found = resolveName(reference.name, namespace, kind, this.#definitions);
      return found?.kind === 'common' && this.#definitions.commonTypes.has(found.name) ? [found.name] : [];
    });
  }
}
