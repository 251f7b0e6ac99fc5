/**
 * JSON text — the value of a JSON text; duplicate members are refused.
 */
import { SchemaJsonError } from './json-shape.ts';

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SchemaJsonError(error instanceof Error ? error.message : String(error), '');
  }
}
