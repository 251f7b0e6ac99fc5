/**
 * Filter maker — how an engine comes by what makes filters: its mapping brings it along.
 *
 * No filter is made without a mapping, and every mapping is made by `mapping`. So that function attaches the code as a value, and an application that does
 * not call it has no code of filters in its bundle, although every engine has the method.
 *
 * Technique: a capability passed as a value, under a symbol that copies of the mapping keep.
 */
import type { Filter } from '../filter/filter.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntitiesInput } from './engine.ts';
import type { FilterOptions } from './filter.ts';
import type { AllowedResourcesQuery } from './permission-query.ts';
import type { QueryContext } from './query-context.ts';

export type FilterMaker = (
  context: QueryContext,
  query: AllowedResourcesQuery,
  entities: EntitiesInput,
  options: FilterOptions & { readonly mapping: Mapping },
) => Filter;

/** One for all copies of the package in a process. */
const MAKER = Symbol.for('cedarmill.filterMaker');

export function withFilters(mapping: Mapping, maker: FilterMaker): Mapping {
  return Object.assign({ ...mapping }, { [MAKER]: maker });
}

/** Throws `SchemaRequired`, and `UsageError` where no mapping was given or what was given is none. */
export function filterOfMapping(
  mapping: Mapping | undefined,
  context: QueryContext,
): (...question: [AllowedResourcesQuery, EntitiesInput, Pick<FilterOptions, 'superset'>]) => Filter {
  context.schema('a filter');
  if (mapping === undefined)
    throw new UsageError('a filter needs to know the tables', 'give `mapping(schema, …)` as option `mapping`');
  const maker = (mapping as { readonly [MAKER]?: FilterMaker } | null)?.[MAKER];
  if (typeof maker === 'function')
    return (query, entities, options) => maker(context, query, entities, { ...options, mapping });
  throw new UsageError('`mapping` is not a mapping', 'give `mapping(schema, …)`');
}
