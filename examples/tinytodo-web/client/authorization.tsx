/**
 * Authorization — `<Can>` and `useCan`: what the user may do, by the policies that the server asks too. The server decides; the page only shows.
 */
import { EntityStore } from 'cedarmill/runtime';
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import authz, { type Actions, type Entities, type PolicyId, type Request, schema } from '../policies/policies.cedar';

export type Store = EntityStore<Entities>;

export interface Access {
  readonly user: string;
  readonly store: Store;
  /** Counts the changes of the store. */
  readonly version: number;
}

export const AccessContext = createContext<Access | undefined>(undefined);

export function storeOf(entities: readonly object[]): Store {
  return EntityStore.from(JSON.stringify(entities), { schema });
}

/** One decision, as the panel shows it. */
export interface Decided {
  readonly action: string;
  readonly resource: string;
  readonly decision: 'allow' | 'deny';
  readonly policies: readonly string[];
  readonly micros: number;
}

type Resource<A extends keyof Actions> = Request<A>['resource'];

/** The clock of a browser is too coarse for one decision. */
const TIMES = 2000;

/** Asks the policies; `undefined` while nobody is signed in. */
function ask<A extends keyof Actions>(access: Access, action: A, resource: Resource<A>): Decided {
  const request = { principal: { type: 'User', id: access.user }, action, resource } as Request;
  const { decision, determiningPolicies } = authz.isAuthorized(request, access.store);
  const begin = performance.now();
  for (let i = 0; i < TIMES; i++) authz.isAuthorized(request, access.store);
  const micros = ((performance.now() - begin) * 1000) / TIMES;
  return { action, resource: textOf(resource), decision, policies: determiningPolicies, micros };
}

function textOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { type, id } = resource as { type: string; id: string };
  return `${type}::${JSON.stringify(id)}`;
}

/** Follows the policies: in development they change while the page runs. */
export function usePolicies(): number {
  const [count] = useState(() => ({ changes: 0 }));
  return useSyncExternalStore(
    (listener) =>
      authz.onChange(() => {
        count.changes++;
        listener();
      }),
    () => count.changes,
  );
}

export function useDecision<A extends keyof Actions>(action: A, resource: Resource<A>): Decided | undefined {
  usePolicies();
  const access = useContext(AccessContext);
  return access && ask(access, action, resource);
}

/** Whether the user may do this. */
export function useCan<A extends keyof Actions>(action: A, resource: Resource<A>): boolean {
  return useDecision(action, resource)?.decision === 'allow';
}

/** Shows its children to who may do this, and `otherwise` to others. */
export function Can<A extends keyof Actions>(props: {
  readonly action: A;
  readonly resource: Resource<A>;
  readonly otherwise?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return useCan(props.action, props.resource) ? props.children : (props.otherwise ?? null);
}

/** Why, in the words of the policies. */
export function reasonOf(policy: string): string {
  return (authz.annotations(policy as PolicyId) as { readonly reason?: string }).reason ?? policy;
}
