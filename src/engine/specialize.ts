/**
 * Specialize — a request with one part left open, evaluated as far as it goes; what is left over is asked for one entity after another.
 *
 *     { principal, action, context } × store → (resource → the answer of isAuthorized)
 *
 *     before  every row: all policies of the action, from the start
 *     after   once for each type of rows: partial evaluation, and code for what is left; each row: that code alone
 *     Sound   partial evaluation keeps decisions, determining policies and errors (partial/authorize.ts); where a policy errs, and where types are not
 *             known (no schema, a store that was not read by it, policies that do not pass the validator), the engine itself is asked
 *
 * Answers are those of the present: after a change of the policies, or of an entity that was looked at, it is evaluated again at the next row; other
 * changes of the store reach the code as they reach every program.
 *
 * Twin:  engine.isAuthorized, row by row
 */
import { EntitySource } from '../value/entity-source.ts';
import { EntityUid } from '../value/entity-uid.ts';
import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import type { RequestInput } from './input/request-input.ts';
import type { ReadUid } from './input/request-reader.ts';
import { actionFromInput, type UidInput, uidFromInput } from './input/uid-input.ts';
import { withSources } from './own-objects.ts';
import type { OpenPart, QueryContext } from './query-context.ts';
import { Residue } from './residue.ts';

/** What is known of the request: all but the open part. */
export type KnownRequest = Omit<RequestInput, OpenPart> & { readonly [part in OpenPart]?: UidInput | undefined };

/** A request without its resource. */
export type SpecializeQuery = Omit<RequestInput, 'resource'>;

/** A request for one principal and action, to be asked of many resources. */
export interface Specialized {
  /** As `engine.isAllowed` for this resource; may be passed on alone, as in `docs.filter(may.isAllowed)`. */
  readonly isAllowed: (resource: UidInput) => boolean;
  /** As `engine.isAuthorized` for this resource. */
  readonly isAuthorized: (resource: UidInput) => Response;
}

/** Evaluating a request in part takes as long as some ten whole decisions, so that for a few rows it is not worth it. */
const ROWS_BEFORE_RESIDUE = 8;

export class Specialization {
  #rows = 0;
  readonly #context: QueryContext;
  readonly #known: KnownRequest;
  readonly #open: OpenPart;
  readonly #entities: EntitiesInput;
  /** By the type of the rows; `undefined` for types whose rows are asked of the engine. */
  readonly #residues = new Map<string, Residue | undefined>();
  #policiesVersion = -1;
  #lastType: string | undefined;
  #lastPrefix = '';
  #last: Residue | undefined;

  constructor(context: QueryContext, known: KnownRequest, open: OpenPart, entities: EntitiesInput) {
    this.#context = context;
    const schema = context.schemaIfAny;
    this.#known = schema === undefined ? known : { ...known, action: actionFromInput(known.action, schema) };
    this.#open = open;
    this.#entities = withSources(entities, [known.principal, known.resource], schema);
  }

  isAllowed(row: UidInput): boolean {
    const read = readRow(row, this.#open);
    const known = read === undefined ? undefined : this.#residueOf(read)?.isAllowed(read);
    return known ?? this.#context.host.isAllowed(this.#whole(read ?? row), this.#entities);
  }

  isAuthorized(row: UidInput): Response {
    const read = readRow(row, this.#open);
    const known = read === undefined ? undefined : this.#residueOf(read)?.isAuthorized(read);
    return known ?? this.#context.host.isAuthorized(this.#whole(read ?? row), this.#entities);
  }

  #whole(row: UidInput): RequestInput {
    return { ...this.#known, [this.#open]: row } as RequestInput;
  }

  /** What is left over for rows of this type, as of now. */
  #residueOf(row: ReadUid): Residue | undefined {
    if (this.#rows < ROWS_BEFORE_RESIDUE) {
      this.#rows++;
      return undefined;
    }
    if (this.#policiesVersion !== this.#context.policiesVersion) this.#forget();
    if (!this.#isOfLastType(row)) this.#remember(typeOf(row));
    if (this.#last?.isOutdated !== true) return this.#last;
    this.#residues.delete(this.#lastType!);
    this.#remember(this.#lastType);
    return this.#last;
  }

  #isOfLastType(row: ReadUid): boolean {
    if (typeof row !== 'string') return row.type === this.#lastType;
    return this.#lastPrefix !== '' && row.startsWith(this.#lastPrefix);
  }

  /** INVARIANT: the last residue is that of the last type. It is made before either is assigned, for that may throw, or ask for another row. */
  #remember(type: string | undefined): void {
    const known = type === undefined || this.#residues.has(type) ? undefined : this.#make(type);
    if (type !== undefined && !this.#residues.has(type)) this.#residues.set(type, known);
    const residue = type === undefined ? undefined : this.#residues.get(type);
    this.#lastType = type;
    this.#lastPrefix = type === undefined ? '' : `${type}::"`;
    this.#last = residue;
  }

  #make(type: string): Residue | undefined {
    const entities = this.#entities;
    if (!(entities instanceof EntityStore)) return undefined;
    return Residue.of(this.#context, this.#known, { part: this.#open, type }, entities);
  }

  #forget(): void {
    this.#residues.clear();
    this.#lastType = undefined;
    this.#lastPrefix = '';
    this.#last = undefined;
    this.#policiesVersion = this.#context.policiesVersion;
  }
}

/** A row that is named and nothing else; `undefined` for what may be more than a name. Throws `DataError`. */
function readRow(row: UidInput, open: OpenPart): ReadUid | undefined {
  if (row instanceof EntitySource) return undefined;
  if (typeof row === 'string' || row instanceof EntityUid) return row;
  const isName = typeof row === 'object' && row !== null && Object.getPrototypeOf(row) === Object.prototype;
  return isName && Object.keys(row).length === 2 ? uidFromInput(row, open) : undefined;
}

/** The type of a row; `undefined` for text that is not a uid. */
function typeOf(row: ReadUid): string | undefined {
  if (typeof row !== 'string') return row.type;
  const quote = row.indexOf('::"');
  return quote <= 0 ? undefined : row.slice(0, quote);
}
