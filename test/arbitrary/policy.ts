/**
 * Arbitrary policy — static policies and templates for the request environments of a schema, and links that fill the slots.
 */
import type { ActionEntry } from '../../src/schema/schema.ts';
import { slotsOf } from '../../src/syntax/desugar.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type {
  ActionScope,
  Annotation,
  Condition,
  EntityUidOrSlot,
  Policy,
  Scope,
  SlotId,
  TemplateLink,
} from '../../src/syntax/policy.ts';
import type { EntityType, EntityUid } from '../../src/value/entity-uid.ts';
import { ExpressionMaker } from './expression.ts';
import { type Environment, pathsOf } from './path.ts';
import { ANNOTATIONS, POLICY_IDS, STRINGS } from './pool.ts';
import { type Random, weights } from './random.ts';
import { arbitraryUid } from './value.ts';
import type { World } from './world.ts';

const span = undefined;
const SCOPE = weights({ any: 18, eq: 3, mem: 5, is: 4, isMem: 3 });
const ACTION_SCOPE = weights({ any: 10, eq: 6, mem: 4, memAny: 4 });

/** A policy for whatever request, but for what is said of it. */
export function policyOf(id: string, parts: Partial<Policy>): Policy {
  const any = { kind: 'any', span } as const;
  const whatever = { effect: 'permit', principal: any, action: any, resource: any } as const;
  return { id, annotations: [], ...whatever, conditions: [], span, source: undefined, ...parts };
}

export function when(body: Expression): Condition {
  return { kind: 'when', body, span };
}

export class PolicyMaker {
  readonly #random: Random;
  readonly #world: World;
  readonly #misfit: number;
  readonly #usable: readonly ActionEntry[];
  readonly #environments = new Map<string, Environment>();

  constructor(random: Random, world: World, misfit: number) {
    this.#random = random;
    this.#world = world;
    this.#misfit = misfit;
    this.#usable = world.actions.filter(({ appliesToPrincipal }) => appliesToPrincipal.size > 0);
  }

  /** The `i`th policy of a set; one in eight is a template. */
  policy(i: number, fuel: number): Policy {
    const random = this.#random;
    const env = this.environment();
    const slots: SlotId[] = random.chance(12)
      ? random.pick([['?principal'], ['?resource'], ['?principal', '?resource']] as const).slice()
      : [];
    const expressions = new ExpressionMaker(random, this.#world, env, this.#misfit);
    return {
      id: random.chance(70) ? `policy${i}` : `${random.pick(POLICY_IDS)}${i}`,
      annotations: this.#annotations(),
      effect: random.chance(65) ? 'permit' : 'forbid',
      principal: this.#scope(env.principal, '?principal', slots),
      action: this.#actionScope(env.action),
      resource: this.#scope(env.resource, '?resource', slots),
      conditions: random.list(
        0,
        2,
        (): Condition => ({
          kind: random.chance(70) ? 'when' : 'unless',
          body: expressions.make({ kind: 'bool' }, random.between(0, fuel)),
          span,
        }),
      ),
      span,
      source: undefined,
    };
  }

  /** A request environment to write for; the paths of each are found once. */
  environment(): Environment {
    const action = this.#random.pick(this.#usable);
    const principal = this.#random.pick([...action.appliesToPrincipal]);
    const resource = this.#random.pick([...action.appliesToResource]);
    const key = `${principal} ${action.uid} ${resource}`;
    let env = this.#environments.get(key);
    if (env === undefined) {
      env = { principal, action, resource, paths: pathsOf(this.#world.schema, principal, action, resource) };
      this.#environments.set(key, env);
    }
    return env;
  }

  /** Up to three links of each template. */
  links(policies: readonly Policy[]): TemplateLink[] {
    return policies.flatMap((template, t) => {
      const slots = slotsOf(template);
      if (slots.length === 0) return [];
      return this.#random.list(0, 3, (i) => this.link(template, slots, `link${t}.${i}`));
    });
  }

  link(template: Policy, slots: readonly SlotId[], id: string): TemplateLink {
    const { principal, resource } = this.environment();
    const has = (slot: SlotId) => slots.includes(slot);
    return {
      id,
      templateId: template.id,
      slotEnv: {
        ...(has('?principal') ? { principal: this.#groupUid(this.#wanted(template.principal, principal)) } : {}),
        ...(has('?resource') ? { resource: this.#groupUid(this.#wanted(template.resource, resource)) } : {}),
      },
    };
  }

  #wanted(scope: Scope, type: EntityType): EntityType {
    return 'type' in scope ? scope.type : type;
  }

  /** A uid of the type or of a type above it. */
  #groupUid(type: EntityType): EntityUid {
    const entry = this.#world.schema.entityTypes.get(type);
    const above = entry?.kind === 'standard' && this.#random.chance(60) ? [...entry.ancestors] : [];
    const chosen =
      this.#misfit > 0 && this.#random.chance(this.#misfit)
        ? this.#random.pick(this.#world.entityTypes)
        : this.#random.pick([type, ...above]);
    return arbitraryUid(this.#random, this.#world, chosen);
  }

  #scope(type: EntityType, slot: SlotId, slots: readonly SlotId[]): Scope {
    const form = slots.includes(slot)
      ? this.#random.pick(['eq', 'mem', 'isMem'] as const)
      : this.#random.weighted(SCOPE);
    const entity = (of: (type: EntityType) => EntityUid): EntityUidOrSlot =>
      slots.includes(slot) ? { kind: 'slot', slot, span } : { kind: 'entityUid', uid: of(type), span };
    switch (form) {
      case 'any':
        return { kind: 'any', span };
      case 'is':
        return { kind: 'is', type, typeSpan: span, span };
      case 'eq':
        return { kind: 'eq', entity: entity((own) => arbitraryUid(this.#random, this.#world, own)), span };
      default: {
        const group = entity((own) => this.#groupUid(own));
        return form === 'mem'
          ? { kind: 'mem', entity: group, span }
          : { kind: 'isMem', type, typeSpan: span, entity: group, span };
      }
    }
  }

  #actionScope({ uid, ancestors }: ActionEntry): ActionScope {
    const random = this.#random;
    const some = () => (random.chance(75) ? random.pick([uid, ...ancestors]) : random.pick(this.#world.actions).uid);
    switch (random.weighted(ACTION_SCOPE)) {
      case 'any':
        return { kind: 'any', span };
      case 'eq':
        return { kind: 'eq', uid, uidSpan: span, span };
      case 'mem':
        return { kind: 'mem', uid: some(), uidSpan: span, span };
      default: {
        const uids = random.list(this.#misfit > 0 ? 0 : 1, 3, some);
        return { kind: 'memAny', uids, uidSpans: uids.map(() => span), span };
      }
    }
  }

  #annotations(): Annotation[] {
    if (this.#random.chance(75)) return [];
    return this.#random
      .some(ANNOTATIONS, 30)
      .map((key) => ({ key, value: this.#random.chance(20) ? undefined : this.#random.pick(STRINGS), span }));
  }
}
