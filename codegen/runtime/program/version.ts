/**
 * Version — of the package. A module runs only with the runtime that it was compiled for: what one calls and what the other offers change together.
 */
export const VERSION = '0.1.0';
