/**
 * Parsing store — `EntityStore` as the main entry of the package has it: it takes schemas in every form.
 *
 * It is the class of `cedarmill/runtime`, so stores of both entries are of one class; what the import of this one adds is the parser of schemas.
 *
 * Technique: a call marked as pure. Bundlers keep it, and with it the parser, only where `EntityStore` is used; `"sideEffects": false` stays true.
 */
import { EntityStore as RuntimeStore } from './entity-store.ts';
import { readSchema } from './input/schema-input.ts';
import type { AnyEntities, EntityMap } from './typed-input.ts';

/** The entities that requests are decided against, kept between requests. */
export const EntityStore: typeof RuntimeStore = /* @__PURE__ */ RuntimeStore.readingSchemas(readSchema);

/** The type parameter is that of typed engines, and there for the compiler only. */
export type EntityStore<Entities extends EntityMap<Entities> = AnyEntities> = RuntimeStore<Entities>;
