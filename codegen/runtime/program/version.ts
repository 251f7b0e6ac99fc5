/**
 * Version — of the package. A module that was compiled ahead of time runs with the runtime that it was compiled for, and with no other: what the one
 * calls and what the other offers change together.
 */
export const VERSION = '0.1.0';
