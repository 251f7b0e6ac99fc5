/**
 * Declarations — the types of a schema, as a person reads them; uses.ts uses them, and tsc looks at that.
 *
 * Regenerate with `npx vitest run test/src/schema-types -u`, then read the difference.
 */
import { expect, test } from 'vitest';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { parseFragment, resolveParsed } from '../../../src/schema/parse-schema.ts';
import { moduleDeclarations, schemaDeclarations } from '../../../src/schema-types/declarations.ts';
import { SchemaDocs } from '../../../src/schema-types/schema-docs.ts';
import { withAnnotatedId } from '../../../src/syntax/policy-id.ts';
import { read } from '../../architecture/tree.ts';

const FOLDER = 'test/src/schema-types';

function declared(text: string) {
  const parsed = parseFragment(text);
  const { schema, diagnostics } = resolveParsed([parsed]);
  if (schema === undefined) throw new Error(JSON.stringify(diagnostics));
  return { schema, docs: new SchemaDocs([parsed.fragment!]) };
}

/** As it stands in an application, but for the package. */
const local = (text: string) => text.replaceAll("'cedarmill/runtime'", "'../../../src/runtime.ts'");

test('the declarations of a module say all that its schema and its policies say', async () => {
  const { policies } = parsePolicies(read(`${FOLDER}/documents.cedar`));
  const statics = policies.map(withAnnotatedId).slice(0, 2);
  const text = moduleDeclarations({ ...declared(read(`${FOLDER}/documents.cedarschema`)), policies: statics });
  await expect(local(text)).toMatchFileSnapshot('documents.d.cedar.ts');
});

test('a policy set without a schema gives its ids and annotations', () => {
  const text = moduleDeclarations({ policies: [{ id: "it's", annotations: [] }] });
  expect(text).toContain("readonly 'it\\'s': Readonly<Record<string, never>>;");
  expect(text).toContain('declare const engine: ModuleEngine<object, object, Policies>;');
  expect(text).not.toContain('interface Actions');
});

test('actions of several types are known by their uids', () => {
  const text = schemaDeclarations(
    declared(
      'namespace A { entity T; action a appliesTo { principal: T, resource: T }; } action b appliesTo { principal: A::T, resource: A::T };',
    ),
  );
  expect(text).toContain(`readonly 'A::Action::"a"': {`);
  expect(text).toContain(`readonly 'Action::"b"': {`);
});

test('no word of a schema ends a literal or a comment', () => {
  const id = `*/ '); import x; \\u0027 \u2028 \${1} \\\\ "`;
  const schema = declared(
    `@doc(${JSON.stringify(id)}) entity T { ${JSON.stringify(id)}: Long }; entity E enum [${JSON.stringify(id)}];
     action ${JSON.stringify(id)} appliesTo { principal: T, resource: E };`.replaceAll('\u2028', '\\u{2028}'),
  );
  const text = schemaDeclarations({
    ...schema,
    policies: [{ id, annotations: [{ key: 'k', value: id, span: undefined }] }],
  });
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/'(?:[^'\\\n]|\\.)*'/g, '');
  expect(bare).not.toContain('import x');
});

test('the same schema gives the same bytes', () => {
  const text = read(`${FOLDER}/documents.cedarschema`);
  expect(schemaDeclarations(declared(text))).toBe(schemaDeclarations(declared(text)));
});
