/**
 * Partial schema — texts of schemas that may declare what another one defines.
 *
 * They are of few names, so that two of them often meet; whatever one mentions it declares.
 */
import type { Random } from './random.ts';

const TYPES = ['A', 'B', 'C', 'D', 'N::A', 'N::E'];
const ACTIONS = ['a', 'b', 'c'];

export function partialSchemaText(random: Random): string {
  const declared = TYPES.filter(() => random.chance(55));
  const types = declared.map((name) => entityText(random, name, declared));
  const actions = ACTIONS.filter(() => random.chance(35));
  const lines = [
    ...types,
    ...actions.map((name, i) => [actionText(random, name, actions.slice(i + 1), declared), ''] as const),
  ];
  const namespaced = lines.filter(([, namespace]) => namespace !== '').map(([line]) => line);
  const plain = lines.filter(([, namespace]) => namespace === '').map(([line]) => line);
  return [...plain, ...(namespaced.length > 0 ? [`namespace N { ${namespaced.join(' ')} }`] : [])].join(' ');
}

function entityText(random: Random, name: string, declared: readonly string[]): readonly [string, string] {
  const [base, namespace] = name.includes('::') ? [name.slice(3), 'N'] : [name, ''];
  const above = declared.filter((other) => other > name && random.chance(25));
  const parents = above.length === 0 ? '' : ` in [${above.join(', ')}]`;
  const kind = random.int(10);
  if (kind < 5) return [`external entity ${base}${parents};`, namespace];
  if (kind === 5 && above.length === 0) return [`entity ${base} enum ["x"];`, namespace];
  const attribute = random.chance(40) ? ` { x?: ${random.pick(['Long', 'Set<String>', ...declared])} }` : '';
  return [`entity ${base}${parents}${attribute};`, namespace];
}

function actionText(random: Random, name: string, later: readonly string[], types: readonly string[]): string {
  const above = later.filter(() => random.chance(30));
  const parents = above.length === 0 ? '' : ` in [${above.join(', ')}]`;
  if (random.chance(50)) return `external action ${name}${parents};`;
  const applies = types.length > 0 && random.chance(70);
  return `action ${name}${parents}${applies ? ` appliesTo { principal: ${random.pick(types)}, resource: ${random.pick(types)} }` : ''};`;
}
