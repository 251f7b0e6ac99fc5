/**
 * Schema — the one schema of the machine: few types, an action group, and a context member that is written without its escape.
 */
import { parseSchema } from '../../../src/schema/parse-schema.ts';
import type { Schema } from '../../../src/schema/schema.ts';

export const SCHEMA_TEXT = `
entity Group in [Group];
entity User in [Group] { open?: Bool, n?: Long, boss?: User, team?: Group, teams?: Set<Group>, name?: String } tags Bool;
entity Doc in [Group] { open?: Bool, n?: Long, boss?: User, team?: Group };
entity Config { open?: Bool };
action write;
action view appliesTo { principal: [User], resource: [Doc], context: { open?: Bool, who?: User, from?: ipaddr } };
action edit, delete in [write] appliesTo { principal: [User], resource: [Doc], context: { open?: Bool, who?: User, from?: ipaddr } };
`;

export const SCHEMA: Schema = schemaOf(SCHEMA_TEXT);

function schemaOf(text: string): Schema {
  const { schema, diagnostics } = parseSchema(text);
  if (schema === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return schema;
}
