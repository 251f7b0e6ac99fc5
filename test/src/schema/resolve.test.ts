/**
 * Resolve — what names mean, and every problem that a schema which parses can have.
 */
import { describe, expect, test } from 'vitest';
import { parseFragment, parseFragmentJson, parseSchema, resolveParsed } from '../../../src/schema/parse-schema.ts';
import { readCases } from '../../cases/read.ts';
import { showResolved, showType } from './show.ts';

describe('resolving a schema', () => {
  test.each(readCases('schema-resolve'))('$title', ({ input, expected }) => {
    expect(showResolved(parseSchema(input), input)).toBe(expected);
  });

  test('there is a schema iff nothing is an error', () => {
    for (const { input } of readCases('schema-resolve')) {
      const { schema, diagnostics } = parseSchema(input);
      expect(schema === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    }
  });
});

describe('several fragments', () => {
  const attributeOfA = (...texts: string[]) => {
    const { schema, diagnostics } = resolveParsed(texts.map(parseFragment));
    const entry = schema?.entityTypes.get('A');
    return entry?.kind === 'standard' ? showType(entry.attributes) : diagnostics.map(({ message }) => message);
  };

  test('mention the declarations of each other', () => {
    expect(attributeOfA('entity A { t: N::T };', 'namespace N { type T = Set<A>; }')).toBe('{t: Set<entity A>}');
  });

  test('may declare in the same namespace', () => {
    expect(attributeOfA('entity A { b: B };', 'entity B;')).toBe('{b: entity B}');
  });

  test('may not declare the same', () => {
    const twice = 'entity A; type T = Long; action a;';
    expect(attributeOfA(twice, twice)).toEqual([
      'duplicate common type `T`',
      'duplicate entity type `A`',
      'duplicate action `Action::"a"`',
    ]);
  });

  test('may come as text and JSON', () => {
    const json = parseFragmentJson({ '': { entityTypes: { B: { memberOfTypes: ['A'] } }, actions: {} } });
    const { schema } = resolveParsed([parseFragment('entity A { b: B };'), json]);
    expect([...(schema?.entityTypes.keys() ?? [])]).toEqual(['A', 'B']);
  });

  test('report the problems of all that do not parse', () => {
    const { diagnostics } = resolveParsed([
      parseFragment('entity'),
      parseFragment('action'),
      parseFragment('entity A;'),
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['syntax', 'syntax']);
  });
});

describe('attacks on the resolver', () => {
  const chain = (length: number, link: (i: number) => string) => Array.from({ length }, (_, i) => link(i)).join('\n');

  test('a chain of common types may be long, but not deep', () => {
    expect(parseSchema(chain(20_000, (i) => `type T${i} = ${i === 0 ? 'Long' : `T${i - 1}`};`)).diagnostics).toEqual(
      [],
    );
    const deep = parseSchema(chain(1000, (i) => `type T${i} = ${i === 0 ? 'Long' : `Set<T${i - 1}>`};`));
    expect(deep.schema).toBeUndefined();
    expect(new Set(deep.diagnostics.map(({ code }) => code))).toEqual(new Set(['nestingLimit']));
  });

  test('common types that double at each step share what they have in common', () => {
    const { schema } = parseSchema(
      chain(100, (i) => `type T${i} = ${i === 0 ? 'Long' : `{ a: T${i - 1}, b: T${i - 1} }`};`),
    );
    expect(schema).toBeDefined();
  });

  test('a hierarchy whose closure would not fit into memory is refused', () => {
    const { diagnostics } = parseSchema(chain(6000, (i) => `entity T${i} in T${i + 1};`).concat('entity T6000;'));
    expect(diagnostics.map(({ code }) => code)).toEqual(['hierarchyLimit']);
  });

  test('a ring of many actions is one problem', () => {
    const { diagnostics } = parseSchema(chain(500, (i) => `action a${i} in a${(i + 1) % 500};`));
    expect(diagnostics.map(({ code }) => code)).toEqual(['actionCycle']);
  });
});
