/**
 * Session — who asks, where the database itself knows it: the id of the principal and the context are settings of the session.
 *
 * Everything else about the principal is looked up in its table, as about any other entity.
 */
import { Inexpressible, type Scalar } from './condition.ts';
import { KNOWN_REQUEST, type OpenRequest } from './open-request.ts';
import { scalarType } from './storage.ts';

/** The names of the settings. */
export interface SessionSettings {
  readonly principal: string;
  readonly context: string;
}

export function sessionRequest(settings: SessionSettings, principal: Scalar): OpenRequest {
  return {
    ...KNOWN_REQUEST,
    variable({ name, type }, places) {
      if (name === 'principal' && type.kind === 'entity')
        return { kind: 'entity', type: type.name, id: principal, row: undefined, enforced: false };
      if (name === 'context') return places.inJson({ kind: 'setting', name: settings.context, type: 'json' }, type);
      throw new Inexpressible(`\`${name}\` is not known`);
    },
  };
}

/** The id of the principal as its table has it. */
export function principalSetting(name: string, type: string, storage: Parameters<typeof scalarType>[1]): Scalar {
  return { kind: 'setting', name, type: scalarType({ kind: 'entity', name: type }, storage) };
}
