/**
 * Parameters — what depends on the request alone, as values that come with each request.
 *
 *     resource.owner == principal && context.mfa    →    owner_id = $1 AND $2
 *
 * Each largest expression without the row becomes one parameter, and none where two policies ask the same. It is NULL where the expression errs, and so
 * its atom is neither true nor false, as for every scalar (condition.ts). `in` of the principal becomes membership in a list of its ancestors.
 *
 * What has no form as a parameter is `Inexpressible`: then the filter is not prepared, but planned for each request.
 */
import { residualToCedar } from '../partial/print.ts';
import type { Residual } from '../partial/residual.ts';
import type { Type } from '../validator/type.ts';
import { exists, Inexpressible, isNull, type Parameter, type Row, type Scalar } from './condition.ts';
import { isTrue } from './connective.ts';
import { amongList } from './id.ts';
import { KNOWN_REQUEST, type OpenRequest } from './open-request.ts';
import { scalarType } from './storage.ts';
import { type Meaning, type SetTerm, scalarOf, type Term } from './term.ts';

/** What a parameter is: the value of an expression, or with a type the entity that it denotes and the ancestors of that type. */
export interface ParameterSource {
  readonly expr: Residual;
  readonly ancestorsOf: string | undefined;
}

export class Parameters implements OpenRequest {
  readonly variable = KNOWN_REQUEST.variable;
  readonly #sources = new Map<string, ParameterSource & { readonly index: number }>();

  /** By the indexes of the parameters. */
  get sources(): readonly ParameterSource[] {
    return [...this.#sources.values()];
  }

  meaning(r: Residual): Meaning | undefined {
    return r.kind === 'val' || r.kind === 'error' ? undefined : isTrue(this.#scalar(r, 'boolean'));
  }

  term(r: Residual): Term | undefined {
    const { type } = r;
    switch (type.kind) {
      case 'entity':
        return { kind: 'entity', type: type.name, id: this.#scalar(r, 'text'), row: undefined, enforced: false };
      case 'set':
        return this.#set(this.#index(r, undefined), type.element, r.canErr);
      case 'record':
        throw new Inexpressible('a whole record of the request beside the row');
      default:
        return { kind: 'scalar', type, scalar: this.#scalar(r, scalarType(type, undefined)) };
    }
  }

  ancestors(r: Residual, type: string): Term {
    return this.#set(this.#index(r, type), { kind: 'entity', name: type }, r.canErr);
  }

  #scalar(r: Residual, type: Parameter['type']): Parameter {
    return { kind: 'parameter', index: this.#index(r, undefined), type, nullable: r.canErr };
  }

  #index(expr: Residual, ancestorsOf: string | undefined): number {
    const key = JSON.stringify([residualToCedar(expr), ancestorsOf]);
    const known = this.#sources.get(key);
    if (known !== undefined) return known.index;
    const index = this.#sources.size;
    this.#sources.set(key, { expr, ancestorsOf, index });
    return index;
  }

  #set(index: number, element: Type | undefined, nullable: boolean): SetTerm {
    if (element === undefined) throw new Inexpressible('a set of unknown elements');
    const type = scalarType(element, undefined);
    if (type !== 'text' && type !== 'integer') throw new Inexpressible(`a list of \`${element.kind}\``);
    const list: Parameter = { kind: 'parameter', index, type: 'list', element: type, nullable };
    const term = (scalar: Scalar): Term =>
      element.kind === 'entity'
        ? { kind: 'entity', type: element.name, id: scalar, row: undefined, enforced: false }
        : { kind: 'scalar', scalar, type: element };
    return {
      kind: 'set',
      list,
      entityType: element.kind === 'entity' ? element.name : undefined,
      defined: isNull(list, true),
      some(test) {
        const row: Row = { table: '' };
        return exists({ kind: 'elements', row, list, type }, test(term({ kind: 'element', row, type })));
      },
      has: (each) => amongList(scalarOf(each), list),
    };
  }
}
