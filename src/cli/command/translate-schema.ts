/**
 * Translate schema — between Cedar's schema format and the JSON schema format.
 */

import { InputFailure, readSource } from '../../build/input.ts';
import { fragmentToJson } from '../../schema/json/to-json.ts';
import { parseFragment, parseFragmentJson } from '../../schema/parse-schema.ts';
import { resolveTypes } from '../../schema/resolved-types.ts';
import { printFragment } from '../../schema/text/print.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Source } from '../../syntax/policy.ts';
import { ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';

export interface TranslateSchemaOptions {
  readonly direction: 'cedar-to-json' | 'json-to-cedar' | 'cedar-to-json-with-resolved-types';
  readonly schema?: string | undefined;
}

export function translateSchema({ direction, schema }: TranslateSchemaOptions, output: Output): ExitCode {
  const source = readSource(schema, 'schema');
  const parsed = direction === 'json-to-cedar' ? parseFragmentJson(source.text) : parseFragment(source.text);
  const fragment = required(parsed.fragment, parsed.diagnostics, source);
  output.warn(parsed.diagnostics, source);
  switch (direction) {
    case 'json-to-cedar': {
      const { text, diagnostic } = printFragment(fragment);
      output.line(required(text, diagnostic === undefined ? [] : [diagnostic], source).trimEnd());
      break;
    }
    case 'cedar-to-json':
      output.line(JSON.stringify(fragmentToJson(fragment), undefined, 2));
      break;
    default: {
      const resolved = resolveTypes(fragment);
      output.line(
        JSON.stringify(fragmentToJson(required(resolved.fragment, resolved.diagnostics, source)), undefined, 2),
      );
    }
  }
  return ExitCode.success;
}

function required<T>(value: T | undefined, diagnostics: readonly Diagnostic[], source: Source): T {
  if (value === undefined) throw new InputFailure(diagnostics, source);
  return value;
}
