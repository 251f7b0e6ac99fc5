/**
 * Listed uid — the entity that a node of the pool stands for in the present call (call-reader.ts).
 */
import type { EntityView } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { NOWHERE } from './call-list.ts';

/** It knows the list. */
interface ListReader {
  viewAt(place: number): EntityView;
}

export class ListedUid extends EntityUid {
  /** Where the list of the present call has the entity; `NOWHERE` if it has none, or nothing is asked of it. */
  place = NOWHERE;
  readonly #reader: ListReader;
  #entity: EntityView | undefined = undefined;

  constructor(reader: ListReader, type: string, id: string) {
    super(type, id);
    this.#reader = reader;
  }

  /** Made when it is asked for: by tags, and by errors. */
  get entity(): EntityView | undefined {
    if (this.#entity === undefined && this.place !== NOWHERE) this.#entity = this.#reader.viewAt(this.place);
    return this.#entity;
  }

  become(type: string, id: string): void {
    const uid = this as { type: string; id: string };
    uid.type = type;
    uid.id = id;
    this.place = NOWHERE;
    this.#entity = undefined;
  }
}
