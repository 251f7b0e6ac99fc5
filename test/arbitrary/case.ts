/**
 * Case — policies, links, entities and requests that fit one another, and the schema that they fit.
 *
 * Plain data, so that a case can be shrunk, printed and kept.
 */
import type { Schema } from '../../src/schema/schema.ts';
import { slotsOf } from '../../src/syntax/desugar.ts';
import type { ActionScope, Policy, Scope, TemplateLink } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Request } from '../../src/value/request.ts';
import { attributePolicies } from './attribute-policies.ts';
import { withConstantNoise } from './constant-noise.ts';
import { arbitraryEntities } from './entities.ts';
import { hierarchyPolicies } from './hierarchy-policies.ts';
import { PolicyMaker } from './policy.ts';
import type { Random } from './random.ts';
import { arbitraryRequest, requestToward } from './request.ts';
import { reusedValuesOf } from './reused-values.ts';
import { twins, withSameSkeleton } from './same-skeleton-policies.ts';
import { tenants } from './tenant.ts';
import { variants } from './variants.ts';
import { arbitraryWorld, type World } from './world.ts';

export interface Case {
  readonly schema: Schema;
  /** Static policies and templates. */
  readonly policies: readonly Policy[];
  readonly links: readonly TemplateLink[];
  /** As given, with direct parents; actions included. */
  readonly entities: readonly Entity[];
  readonly requests: readonly Request[];
}

/** How far from well-typed a case may be. */
export type Flavour = 'typed' | 'loose' | 'any';

/** How many of a hundred places get what does not belong there. */
export const MISFIT = { typed: 0, loose: 3, any: 18 } as const;

export interface CaseSize {
  readonly policies: number;
  readonly requests: number;
  readonly fuel: number;
}

/** How many of a hundred cases have enough policies for the plan to take another form. */
const SAME_SKELETON = 2;
/** How many have a few policies like others. */
const GROUPED = 8;
/** How many have two policies that differ only in the type of the entities that they name. */
const TWINS = 8;
/** How many have policies that begin with the same attribute. */
const TENANTS = 8;
/** How many have policies that ask who is in what. */
const HIERARCHY_POLICIES = 35;
/** How many have policies about attributes and values that these may well have. */
const ATTRIBUTE_POLICIES = 30;
/** How many have the same policies for all actions, which may then share what is made for them. */
const UNIFORM = 12;
/** How many have some policies that differ in one place. */
const VARIANTS = 22;
/** How many have what a literal decides strewn in. */
const CONSTANT_NOISE = 8;

const ANY_ACTION: ActionScope = { kind: 'any', span: undefined };

export const SMALL: CaseSize = { policies: 5, requests: 4, fuel: 3 };

export function arbitraryFlavour(random: Random): Flavour {
  return random.chance(45) ? 'typed' : random.chance(70) ? 'loose' : 'any';
}

export function arbitraryCase(
  random: Random,
  flavour: Flavour = arbitraryFlavour(random),
  size: CaseSize = SMALL,
): Case {
  return caseIn(random, arbitraryWorld(random), flavour, size);
}

/** A case in a world that is there already, which saves the making of another. */
export function caseIn(random: Random, bare: World, flavour: Flavour, size: CaseSize): Case {
  const misfit = MISFIT[flavour];
  const entities = arbitraryEntities(random, bare, misfit);
  const world: World = { ...bare, reusedValues: reusedValuesOf(bare.schema, entities) };
  const maker = new PolicyMaker(random, world, misfit);
  const apart = policiesApart(random, world, entities);
  const plain = random.list(1, Math.max(1, size.policies - apart.length), (i) => maker.policy(i, size.fuel));
  const few = random.chance(CONSTANT_NOISE) ? plain.map((policy) => withConstantNoise(random, policy)) : plain;
  const models = few.filter((policy) => slotsOf(policy).length === 0);
  if (models.length > 0 && random.chance(TWINS)) few.push(...twins(random, world, random.pick(models)));
  if (models.length > 0 && random.chance(VARIANTS)) few.push(...variants(random, world, random.pick(models)));
  few.push(...apart);
  const sameSkeletonPolicies = random.chance(SAME_SKELETON)
    ? random.between(60, 90)
    : random.chance(GROUPED)
      ? random.between(1, 4)
      : 0;
  const many =
    sameSkeletonPolicies > 0
      ? withSameSkeleton(random, world, few, (policy) => slotsOf(policy).length === 0, sameSkeletonPolicies)
      : few;
  const policies = random.chance(UNIFORM) ? many.map((policy) => ({ ...policy, action: ANY_ACTION })) : many;
  const links = maker.links(policies);
  const filled = links.map((link) => filledTemplate(policies, link));
  const requests = random.list(size.requests, size.requests, () =>
    random.chance(65)
      ? requestToward(random, world, random.pick([...policies, ...filled]), entities, misfit)
      : arbitraryRequest(random, world, misfit),
  );
  return { schema: world.schema, policies, links, entities, requests };
}

/** Those that are made for what chance alone seldom makes. They take the place of others, for a case costs what its policies do. */
function policiesApart(random: Random, world: World, entities: readonly Entity[]): Policy[] {
  return [
    ...(random.chance(TENANTS) ? tenants(random, world, random.between(1, 4)) : []),
    ...(random.chance(ATTRIBUTE_POLICIES) ? attributePolicies(random, world, entities) : []),
    ...(random.chance(HIERARCHY_POLICIES) ? hierarchyPolicies(random, world, entities) : []),
  ];
}

/** The scope that a link stands for. */
export function filledTemplate(policies: readonly Policy[], { templateId, slotEnv }: TemplateLink): Policy {
  const template = policies.find(({ id }) => id === templateId)!;
  const fill = (scope: Scope, uid: EntityUid | undefined): Scope =>
    uid !== undefined && 'entity' in scope ? { ...scope, entity: { kind: 'entityUid', uid, span: undefined } } : scope;
  return {
    ...template,
    principal: fill(template.principal, slotEnv.principal),
    resource: fill(template.resource, slotEnv.resource),
  };
}
