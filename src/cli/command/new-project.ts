/**
 * New project — a folder with a schema, a policy and entities to begin with; the same ones as those of the official command.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure, reasonOf } from '../../build/input.ts';
import { ExitCode } from '../exit-code.ts';

const SCHEMA = {
  '': {
    entityTypes: {
      A: { memberOfTypes: ['B'] },
      B: { memberOfTypes: [] },
      C: { memberOfTypes: [] },
    },
    actions: { action: { appliesTo: { resourceTypes: ['C'], principalTypes: ['A', 'B'] } } },
  },
};

const POLICY = `permit (
  principal in A::"a",
  action == Action::"action",
  resource == C::"c"
) when { true };
`;

const ENTITIES = [
  { uid: { type: 'A', id: 'a' }, attrs: {}, parents: [{ type: 'B', id: 'b' }] },
  { uid: { type: 'B', id: 'b' }, attrs: {}, parents: [] },
  { uid: { type: 'C', id: 'c' }, attrs: {}, parents: [] },
];

export function newProject({ name }: { readonly name: string }): ExitCode {
  try {
    mkdirSync(name);
    writeFileSync(join(name, 'schema.cedarschema.json'), JSON.stringify(SCHEMA, undefined, 2));
    writeFileSync(join(name, 'policy.cedar'), POLICY);
    writeFileSync(join(name, 'entities.json'), JSON.stringify(ENTITIES, undefined, 2));
  } catch (error) {
    throw failure(`failed to make \`${name}\`: ${reasonOf(error)}`);
  }
  return ExitCode.success;
}
