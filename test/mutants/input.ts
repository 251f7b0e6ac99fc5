/**
 * Input mutants — readers that take what they should refuse, or look at what they should not. The claims of test/src/engine/input must find each.
 */
import type { Patch } from '../drt/bundle.ts';

export interface InputMutant extends Patch {
  /** What is wrong. */
  readonly name: string;
}

export const INPUT_MUTANTS: readonly InputMutant[] = [
  {
    name: 'the actions of a schema come with entities only',
    path: 'src/engine/entity-store.ts',
    before:
      'else if (this.schema !== undefined) for (const action of actionEntities(this.schema)) handles.upsert(action);',
    after: '',
  },
  {
    name: 'an action can be removed',
    path: 'src/engine/entity-store.ts',
    before: 'if (this.schema?.actions.has(read.key)) throw new ConformanceError(declaredAction(read));',
    after: '',
  },
  {
    name: 'an action can be given without its parents',
    path: 'src/validator/conformance/conformance.ts',
    before:
      'const alike = attrs.size === 0 && tags.size === 0 && hasAncestors(declared, new Set(above.map(({ key }) => key)));',
    after: 'const alike = attrs.size === 0 && tags.size === 0 && above.length >= 0;',
  },
  {
    name: 'an option that is undefined is absent',
    path: 'src/engine/input/options.ts',
    before: 'if (value !== undefined && value !== null) return value;',
    after: 'return value ?? undefined;',
  },
  {
    name: 'an option that does not exist is ignored',
    path: 'src/engine/input/options.ts',
    before: 'if (!(known as readonly string[]).includes(name)) throw unknownOption(name, known, call);',
    after: '',
  },
  {
    name: 'options may be inherited, and are not seen then',
    path: 'src/engine/input/options.ts',
    before: 'return prototype === null || (!Array.isArray(options) && Object.getPrototypeOf(prototype) === null);',
    after: 'return prototype !== undefined && !Array.isArray(options);',
  },
  {
    name: 'inherited members are read',
    path: 'src/value/own-member.ts',
    before:
      'return isOwnEnumerable.call(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;',
    after: 'return (object as Readonly<Record<string, unknown>>)[name];',
  },
  {
    name: 'a polluted prototype gives members to uids',
    path: 'src/parser/data/uid.ts',
    before:
      "if (Object.getPrototypeOf(data) !== OBJECT_PROTOTYPE || 'type' in OBJECT_PROTOTYPE || 'id' in OBJECT_PROTOTYPE)",
    after: 'if (Object.getPrototypeOf(data) !== OBJECT_PROTOTYPE)',
  },
  {
    name: 'a uid by its type and id may have other members',
    path: 'src/parser/data/uid.ts',
    before: "if (name !== 'type' && name !== 'id') return false;",
    after: "if (name !== 'type' && name !== 'id') continue;",
  },
  {
    name: 'a number of a context has 32 bits',
    path: 'codegen/runtime/evaluate/plain-value.ts',
    before: 'if (small === value) return small;',
    after: 'if (Number.isSafeInteger(value)) return small;',
  },
  {
    name: 'a type in text may be a reserved word',
    path: 'src/parser/data/uid.ts',
    before: 'if (type !== undefined && id !== undefined && isKnownName(type)) return new EntityUid(type, id);',
    after: 'if (type !== undefined && id !== undefined) return new EntityUid(type, id);',
  },
  {
    name: 'a type may be any text',
    path: 'src/parser/data/uid.ts',
    before: 'if (!isKnownName(type)) requireName(type, id, place);',
    after: '',
  },
  {
    name: 'an id may have half a character',
    path: 'src/parser/data/uid.ts',
    before: "if (!id.isWellFormed()) throw new DataError(place.at('id'), 'lone surrogate in a string');",
    after: '',
  },
  {
    name: 'an id in text may have half a character',
    path: 'src/parser/data/uid.ts',
    before: "if (!text.isWellFormed()) throw new DataError(place, 'lone surrogate in a string');",
    after: '',
  },
  {
    name: 'an entity uid of a request is taken as it is',
    path: 'src/engine/input/request-reader.ts',
    before: "if (typeof input === 'string' || (input instanceof EntityHandle && input.isInterned)) return input;",
    after:
      "if (typeof input === 'string') return input;\n  if (typeof input === 'object' && input !== null && 'typeName' in input) return input as EntityUid;",
  },
  {
    name: 'slot values are taken as they are',
    path: 'src/engine/policy-set.ts',
    before: 'return value === undefined ? undefined : uidFromInput(value, `slotEnv.${slot}`);',
    after: 'return value as never;',
  },
  {
    name: 'policies are not held against the schema',
    path: 'src/engine/compile.ts',
    before: 'policyCheck?.requireValid(set);',
    after: '',
  },
  {
    name: 'policies that are added to a compiled engine are not',
    path: 'src/engine/compiled-engine.ts',
    before: 'this.#policyCheck?.requireValidChange(change);',
    after: '',
  },
  {
    name: 'policies that are added to an interpreting engine are not',
    path: 'src/engine/model-engine.ts',
    before: 'this.#policyCheck?.requireValidChange(change);',
    after: '',
  },
  {
    name: 'an interpreting engine looks at the whole context',
    path: 'src/engine/model-engine.ts',
    before: 'requestFromInput(request, { schema, attributes }),',
    after: 'requestFromInput(request, { schema, attributes: attributes && undefined }),',
  },
  {
    name: 'what interpreted policies read is found out once',
    path: 'src/engine/model-engine.ts',
    before: 'return { begin: () => this.#forget(), commit: () => {} };',
    after: 'return { begin: () => {}, commit: () => {} };',
  },
  {
    name: 'what policies read is never forgotten',
    path: 'src/syntax/context-reads.ts',
    before: 'else for (const name of reads) this.#count(name, -1);',
    after: '',
  },
  {
    name: 'members that are not enumerable are read',
    path: 'src/value/own-member.ts',
    before: 'const isOwnEnumerable = Object.prototype.propertyIsEnumerable;',
    after: 'const isOwnEnumerable = Object.prototype.hasOwnProperty;',
  },
  {
    name: 'a module forgets its schema',
    path: 'src/engine/module-engine.ts',
    before: 'schema && new RequestCheck(schema)',
    after: 'undefined',
  },
  {
    name: 'lists may be of any depth',
    path: 'src/parser/data/data-path.ts',
    before: 'if (this.depth < JSON_DEPTH_LIMIT) return;',
    after: 'return;',
  },
  {
    name: 'the arguments of calls stand where the call stands',
    path: 'src/parser/data/value.ts',
    before: "return alone === undefined ? call.at('args').at(i) : call.at('arg');",
    after: 'return alone === undefined && i < 0 ? call : call;',
  },
  {
    name: 'a store is replaced before the new entities are looked at',
    path: 'src/engine/entity-store.ts',
    before: '[...Entities.from(entitiesFromData(data))]',
    after: '(this.#handles.exchange([...this].map(({ uid }) => uid), []), [...Entities.from(entitiesFromData(data))])',
  },
  {
    name: 'what changes is not taken away first',
    path: 'src/engine/entity-store.ts',
    before: 'else if (schema?.actions.has(uid.key) !== true) gone.push(uid);',
    after: 'else if (next === undefined && schema?.actions.has(uid.key) !== true) gone.push(uid);',
  },
  {
    name: 'annotations name no policies',
    path: 'src/engine/input/policy-input.ts',
    before: 'withAnnotatedId({ ...policy, id: `policy${first + i}` })',
    after: '({ ...policy, id: `policy${first + i}` })',
  },
  {
    name: 'maps of a list are objects without members',
    path: 'src/engine/input/call-entities.ts',
    before: 'if (!(data instanceof Map)) return data as PlainRecord;',
    after: 'if (data !== undefined) return data as PlainRecord;',
  },
  {
    name: 'policies that replace others are not held against the schema',
    path: 'src/engine/policy-check.ts',
    before: 'this.requireValid(change.policies);',
    after: '',
  },
  {
    name: 'a compiled engine does not follow a replacement',
    path: 'src/engine/compiled-engine.ts',
    before: 'this.#compiled = next;',
    after: '',
  },
  {
    name: 'entities may be forgotten',
    path: 'src/engine/entities-input.ts',
    before: "if (entities === undefined) throw new UsageError('the entities are missing', FORMS);",
    after: 'if (entities === undefined) return;',
  },
  {
    name: 'an attribute that is undefined is absent without a schema too',
    path: 'src/parser/data/entities.ts',
    before: 'options.guide === undefined ? options : WITHOUT_UNDEFINED',
    after: 'WITHOUT_UNDEFINED',
  },
  {
    name: 'an attribute that is undefined is refused with a schema too',
    path: 'src/parser/data/entities.ts',
    before: 'options.guide === undefined ? options : WITHOUT_UNDEFINED',
    after: 'options',
  },
];
