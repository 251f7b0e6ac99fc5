/**
 * Action id — with a schema, requests may name an action by its id alone, in every mode.
 */
import { describe, expect, test } from 'vitest';
import { ConformanceError, DataError } from '../../../../src/index.ts';
import { engineIn, MODES } from '../modes.ts';

const SCHEMA = `entity U; entity R;
  action view, "get /x", "A::b" appliesTo { principal: U, resource: R };
  action edit appliesTo { principal: U, resource: R, context: { n: Long } };`;
const POLICIES = `permit(principal, action in [Action::"view", Action::"get /x", Action::"A::b"], resource);
  permit(principal, action == Action::"edit", resource) when { context.n > 1 };`;
const uids = { principal: 'U::"u"', resource: 'R::"r"' };

describe.each(MODES)('%s', (mode) => {
  const engine = engineIn(mode, POLICIES, SCHEMA);
  const ask = (action: string, context?: object) => engine.isAllowed({ ...uids, action, context }, []);

  test.each(['view', 'get /x', 'A::b', 'Action::"view"'])('`%s` is an action', (action) => {
    expect(ask(action)).toBe(true);
    expect(engine.isAuthorized({ ...uids, action }, []).determiningPolicies).toEqual(['policy0']);
  });

  test('its context is checked as ever', () => {
    expect(ask('edit', { n: 2 })).toBe(true);
    expect(ask('edit', { n: 1 })).toBe(false);
    expect(() => ask('edit')).toThrow('`n`');
    expect(() => ask('view', { n: 2 })).toThrow(DataError);
  });

  test('an id that the schema does not have is refused', () => {
    expect(() => ask('delete')).toThrow(ConformanceError);
    expect(() => ask('')).toThrow(ConformanceError);
    expect(() => ask('Action::view')).toThrow('write `Action::"view"`');
  });

  test('a principal has no bare id', () => {
    expect(() => engine.isAllowed({ ...uids, principal: 'view', action: 'view' }, [])).toThrow(DataError);
  });

  test('without a schema, or with several types of actions, uids are whole', () => {
    expect(() => engineIn(mode, POLICIES).isAllowed({ ...uids, action: 'view' }, [])).toThrow(DataError);
    const two = `${SCHEMA} namespace N { action other appliesTo { principal: U, resource: R }; }`;
    expect(() => engineIn(mode, POLICIES, two).isAllowed({ ...uids, action: 'view' }, [])).toThrow(DataError);
  });
});
