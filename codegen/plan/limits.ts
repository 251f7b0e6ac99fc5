/**
 * Limits — every number at which planning or emitting takes another way, and what was measured there.
 *
 * Measured on Node 20, two cores, with `npm run bench -- wide wide-shapes teams actions`. The runtime's own limits stand in runtime/limits.ts.
 */

/** Policies of one skeleton become an index from this many on: below, running them costs less than a look-up. */
export const INDEX_FROM = 8;

/** Up to this many policies of an action are all written out: one function of that size is still optimized by V8 as a whole. */
export const INLINE_AT_MOST = 64;

/**
 * An action with more policies than `INLINE_AT_MOST` of which some have come or gone has its plan in partitions. One program decides 2.6 to 13 times
 * faster (600 to 1,000 policies of different skeletons); partitions follow a change without compiling all policies again.
 */
export const PARTITION_FROM = INLINE_AT_MOST;

/** From this many plans on, each new one is made of functions that all policies of a skeleton share, so that it costs no code. */
export const MANY_PLANS = 256;

/** Plans that are kept before those of former versions are looked for and forgotten. */
export const SWEEP_FROM = 64;

/** Nodes that are written in one function; V8 does not optimize functions of twice that size. */
export const BLOCK_SIZE = 64;

/** Policies that a dispatcher may write out, in blocks. Bounds the code that a new dispatcher costs; of more, each plan is a program of its own. */
export const DISPATCHED_AT_MOST = 256;

/** Requests for actions without a case before the first dispatcher is made, and the most that any later one waits for. */
export const WARM_UP = 32;
export const WARM_UP_AT_MOST = 8192;

/** Column scans that are emitted as two loops each, with tests and without: with more of them V8 has too much to read. */
export const SCANS_OF_TWO_LOOPS = 4;

/** Node fields that are declared: V8 makes a dictionary of an object with more than about a thousand. */
export const DECLARED_FIELDS_AT_MOST = 1000;

/** Attributes that a dispatcher takes from contexts: each member of a context is compared with all of them. */
export const CONTEXT_ATTRIBUTES_AT_MOST = 32;

/** How many times over a module may write its policies out, each time for other actions. Twice makes a module of ten policies a quarter longer, zipped. */
export const MODULE_COPIES_AT_MOST = 2;

/** Programs, and dispatchers, that are kept for other stores and requests to come. Of more, those that were not needed the longest are made again. */
export const PROGRAMS_AT_MOST = 1024;
export const DISPATCHERS_AT_MOST = 16;

/** From this many removed policies, and fields that only they read, on, compiling everything again may pay: the memory that it frees is theirs. */
export const REMOVED_AT_LEAST = 1024;
export const FIELDS_AT_LEAST = 64;

/** Source fingerprints that a group may keep however few policies it has. A fingerprint only saves work. */
export const FINGERPRINTS_AT_LEAST = 64;

/** Attributes that policies read, up to which entities in calls are read by emitted code: each member is compared with all of them. */
export const CALL_ATTRIBUTES_AT_MOST = 64;

/** Attributes of all entity types of a schema that are read by emitted code. Bounds the size of the code. */
export const CALL_LAYOUTS_ATTRIBUTES_AT_MOST = 512;

/** V8 keeps texts from this length on as references to what they were cut out of; it copies shorter ones. */
export const REFERENCED_FROM = 13;
