/**
 * Version — of the package, and of what compiled modules and the runtime know of each other.
 *
 * A module runs with every release of the same `ABI`. Whatever changes what a module calls, or what its members mean, raises it;
 * test/src/build/abi.test.ts runs a module that was written down when the number was last raised.
 */
export const VERSION = '0.1.0';

/** The application binary interface of modules. */
export const ABI = 4;
