/**
 * List case — how large the cases are that are put to databases: requests are cheap beside tables, and those that ask for the same list are left out.
 */
import type { CaseSize } from '../arbitrary/case.ts';

export const LIST_CASE: CaseSize = { policies: 4, requests: 24, fuel: 2 };
