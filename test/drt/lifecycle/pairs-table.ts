/**
 * Pairs table — the pairs of operations of a run as the section of its report.
 */
import { LABELS, type Pairs } from './pairs.ts';

/** `operations` of the target, none where it was left out. */
export function pairsSection(pairs: Pairs, operations: number): string {
  if (operations === 0) return '';
  const missing = pairs.missing();
  return `
## Operations that follow one another

The target \`lifecycle\` did ${operations.toLocaleString('en-US')} operations. A row says what came first, a column what came next; the two
numbers are how often what the second one is about had been asked about before, and how often it had not.

| | ${LABELS.join(' | ')} |
| --- |${' --- |'.repeat(LABELS.length)}
${LABELS.map((first) => `| ${first} | ${LABELS.map((second) => pairs.of(first, second).join(' / ')).join(' | ')} |`).join('\n')}

${missing.length === 0 ? 'Every pair occurred in each state that it can have.' : `Did not occur: ${missing.join('; ')}.`}
`;
}
