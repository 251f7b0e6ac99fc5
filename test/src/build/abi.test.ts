/**
 * ABI — a module that was written when `ABI` was last raised still runs, with the answers that it had.
 *
 * If this fails, the runtime has changed under published modules: raise `ABI` in codegen/runtime/program/version.ts, and write the module down
 * again with `npx vitest run test/src/build/abi.test.ts -u`.
 */
import { expect, test } from 'vitest';
import { ABI } from '../../../codegen/runtime/program/version.ts';
import { build } from '../../../src/build/build.ts';
import { EntityStore } from '../../../src/index.ts';
import { read } from '../../architecture/tree.ts';
import { folderWith, importText } from './built.ts';

const RECORDED = 'test/src/build/recorded-module.txt';

const FILES = {
  's.cedarschema': `entity Team; entity User in Team { level: Long }; entity Doc { owner: User, viewers: Set<User>, name: String } tags Long;
action read; action view in [read] appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };`,
  'p.cedar': `@id("owner") permit (principal, action, resource) when { resource.owner == principal };
@id("viewer") permit (principal in Team::"t", action in Action::"read", resource) when { resource.viewers.contains(principal) && principal.level + 1 > 3 };
@id("tagged") permit (principal, action, resource) when { resource is Doc && resource.hasTag("t") && resource.getTag("t") > 0 };
@id("locked") forbid (principal, action, resource) when { resource.name like "x*" } unless { context.mfa };
@id("shared") permit (principal == ?principal, action == Action::"view", resource);`,
  'l.json': '[{"template_id":"shared","link_id":"eve","args":{"?principal":"User::\\"eve\\""}}]',
};

const user = (id: string, level: number) => ({ uid: `User::"${id}"`, attrs: { level }, parents: ['Team::"t"'] });
const ENTITIES = [
  ...[user('ann', 1), user('bob', 3), user('eve', 0)],
  { uid: 'Team::"t"', attrs: {}, parents: [] },
  {
    uid: 'Doc::"d"',
    attrs: { owner: 'User::"ann"', viewers: ['User::"bob"'], name: 'xyz' },
    parents: [],
    tags: { t: 0 },
  },
];

async function answers(text: string) {
  const { default: engine, schema } = await importText(text, folderWith({}));
  const store = EntityStore.from(ENTITIES, { schema: schema! });
  return ['ann', 'bob', 'eve', 'out'].flatMap((id) =>
    [true, false].map((mfa) => {
      const request = { principal: `User::"${id}"`, action: 'view', resource: 'Doc::"d"', context: { mfa } };
      const { decision, determiningPolicies, errors } = engine.isAuthorized(request, store);
      return [
        id,
        mfa,
        decision,
        determiningPolicies,
        errors.map(({ policyId }) => policyId),
        engine.isAllowed(request, []),
      ];
    }),
  );
}

test('the module that was written down is of this ABI, and answers as ever', async () => {
  const { code } = build({
    policies: ['p.cedar'],
    schema: ['s.cedarschema'],
    links: 'l.json',
    root: folderWith(FILES),
  });
  if (!read(RECORDED).includes(`\n  abi: ${ABI},\n`)) await expect(code).toMatchFileSnapshot('recorded-module.txt');
  const recorded = await answers(read(RECORDED));
  expect(recorded).toEqual(await answers(code));
  expect(recorded).toMatchInlineSnapshot(`
    [
      [
        "ann",
        true,
        "allow",
        [
          "owner",
        ],
        [],
        false,
      ],
      [
        "ann",
        false,
        "deny",
        [
          "locked",
        ],
        [],
        false,
      ],
      [
        "bob",
        true,
        "allow",
        [
          "viewer",
        ],
        [],
        false,
      ],
      [
        "bob",
        false,
        "deny",
        [
          "locked",
        ],
        [],
        false,
      ],
      [
        "eve",
        true,
        "allow",
        [
          "eve",
        ],
        [],
        true,
      ],
      [
        "eve",
        false,
        "deny",
        [
          "locked",
        ],
        [],
        true,
      ],
      [
        "out",
        true,
        "deny",
        [],
        [],
        false,
      ],
      [
        "out",
        false,
        "deny",
        [
          "locked",
        ],
        [],
        false,
      ],
    ]
  `);
});
