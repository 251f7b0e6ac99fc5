/**
 * Empty — a module of one line.
 */
export const allowed = true;
