/**
 * Filter maker — how an engine comes by what makes filters: its mapping brings it along.
 *
 * No filter is made without a mapping, and every mapping is made by `mapping`. So that function attaches the code as a value, and an application that does
 * not call it has no code of filters in its bundle, although every engine has the methods.
 *
 * Technique: a capability passed as a value, under a symbol that copies of the mapping keep.
 */
import type { Filter } from '../filter/filter.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntitiesInput } from './engine.ts';
import type { FilterOptions } from './filter.ts';
import { readOptions } from './input/options.ts';
import type { AllowedResourcesQuery } from './permission-query.ts';
import type { PreparedFilter, PrepareFilterQuery } from './prepared-filter.ts';
import type { QueryContext } from './query-context.ts';

/** What the methods of engines call. */
export interface FilterMaker {
  filter(context: QueryContext, query: AllowedResourcesQuery, entities: EntitiesInput, options: FilterOptions): Filter;
  prepare(context: QueryContext, query: PrepareFilterQuery, options: FilterOptions): PreparedFilter;
}

/** One for all copies of the package in a process. */
const MAKER = Symbol.for('cedarmill.filterMaker');

export function withFilters(mapping: Mapping, maker: FilterMaker): Mapping {
  return Object.assign({ ...mapping }, { [MAKER]: maker });
}

/** The options as they were given, with the engine's mapping where there is none among them. Throws `UsageError`. */
export function readFilterOptions(options: FilterOptions, own: Mapping | undefined, call: string): FilterOptions {
  const read = { mapping: own, ...readOptions(options, ['mapping', 'superset'], call) };
  if (read.superset !== undefined && typeof read.superset !== 'boolean')
    throw new UsageError(`the option \`superset\` of \`${call}\` is a boolean`, 'a bound is asked for by `true`');
  return read;
}

/** Throws `SchemaRequired`, and `UsageError` where no mapping was given or what was given is none. */
export function filterMakerOf({ mapping }: FilterOptions, context: QueryContext): FilterMaker {
  context.schema('a filter');
  if (mapping === undefined)
    throw new UsageError('a filter needs to know the tables', 'give `mapping(schema, …)` as option `mapping`');
  const maker = (mapping as { readonly [MAKER]?: FilterMaker } | null)?.[MAKER];
  if (maker !== undefined) return maker;
  throw new UsageError('`mapping` is not a mapping', 'give `mapping(schema, …)`');
}
