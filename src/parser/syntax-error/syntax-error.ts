/**
 * Syntax error — what to say about text that the grammar does not generate.
 *
 * The parser only notices that something is wrong; then the text is read again by an automaton that knows what could have come instead.
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { StartRule } from './grammar.ts';
import { explain } from './machine.ts';
import { buildTable, type Table } from './table.ts';

/** Built when a rule's first syntax error comes; a table depends on nothing but its rule. */
const TABLES = new Map<StartRule, Table>();

/** Every syntax error of a text that the parser refused. */
export function syntaxErrors(text: string, rule: StartRule): Diagnostic[] {
  let table = TABLES.get(rule);
  if (table === undefined) {
    table = buildTable(rule);
    TABLES.set(rule, table);
  }
  return explain(table, text);
}
