/**
 * Call entities — a list that is looked at again while one of its getters asks about another list.
 */
import { expect, test } from 'vitest';
import { compile } from '../../../../src/index.ts';

test('a getter of a list may ask the same engine about another list', () => {
  const engine = compile('permit(principal == User::"a", action, resource);');
  const request = { principal: 'User::"a"', action: 'Action::"view"', resource: 'Doc::"d"' };
  const parents: object[] = [];
  const list = [{ uid: { type: 'Doc', id: 'd' }, attrs: {}, parents }];
  engine.isAllowed(request, list);
  engine.isAllowed(request, list);
  const answers: boolean[] = [];
  Object.defineProperty(list[0], 'parents', {
    get: () => {
      if (answers.length === 0) answers.push(engine.isAllowed(request, []));
      return parents;
    },
  });
  expect(engine.isAllowed(request, list)).toBe(true);
  expect(answers).toEqual([true]);
});
