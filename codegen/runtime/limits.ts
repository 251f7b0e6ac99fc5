/**
 * Limits of the runtime — every number at which it takes another way, or begins to forget, and why it stands there.
 *
 * What limits a plan stands in plan/limits.ts. There are two kinds. Some choose the faster of two ways, measured on Node 20 with two cores. Others bound
 * memory: a larger number costs memory, a smaller one costs work that is done again.
 */

/**
 * Sets of up to this many elements are scanned, which is faster than hashing. A look-up of which a third miss, scanned and hashed: 2 elements 3.8 and 6.8
 * ns, 4 elements 5.0 and 6.4, 6 elements 6.6 and 6.3.
 */
export const SCANNED_ELEMENTS_AT_MOST = 4;

/** From this many ancestors on, sets have two layers. Below, all bits of one set fit into some 35 words. */
export const LAYERS_FROM = 1024;

/** The second layer has at most this many times the square root of the first: so n sets of a chain of n entities take n·√n bits at most. */
export const UPPER_LAYER_FACTOR = 8;

/** A set of more ancestors keeps no list of them, and makes it when it is asked for: only errors and exports ask. Bounds memory. */
export const LISTED_AT_MOST = 4096;

/** From this many attributes on, a map is faster than a linear search of names: 4 names 4.9 and 6.2 ns, 6 names 6.5 and 6.6, 8 names 7.8 and 6.5. */
export const MAPPED_NAMES_FROM = 7;

/** Different texts of one attribute that are compared with those met before, so that equal texts are one object. Bounds memory. */
export const KNOWN_TEXTS_AT_MOST = 256;

/** Layouts that the entities of one store share; beyond them, each entity has its own. Bounds memory. */
export const LAYOUTS_AT_MOST = 1024;

/** Actions that only requests name, and whose nodes and plans are kept. Bounds memory: requests may name any action. */
export const REQUESTED_ACTIONS_AT_MOST = 4096;

/** Pinned entities that policies may leave behind before a graph is worth making again. Bounds memory. */
export const PINNED_AT_LEAST = 1024;

/** Handles without an entity that are kept before the first sweep. Bounds memory; a sweep costs a visit of every handle. */
export const EMPTY_HANDLES_AT_LEAST = 1024;

/** Errors that are kept with their messages, since requests meet the same ones again. Bounds memory. */
export const KNOWN_ERRORS_AT_MOST = 4096;

/**
 * With this many keys of the trailing entity, a scope index counts the rows of the leading one before it decides what to scan. For fewer, counting
 * costs what it saves.
 */
export const COUNTED_KEYS_FROM = 5;

/**
 * Satisfied sets remember this many policies by number, in an array as long as the highest number; the others by row. Emitted code numbers no more. With
 * 512 instead of 64, full answers of 1,000 policies take twice as long (`wide-shapes`).
 */
export const NUMBERED_AT_MOST = 64;

/** What the satisfied sets of one start may take, in words: some four thousand of them, or fewer with wide arrays and long answers. Bounds memory. */
export const SATISFIED_SETS_WORDS = 2 ** 16;

/** What one satisfied set takes alone, in words. */
export const SATISFIED_SET_WORDS = 15;

/** After this many satisfied sets that found no room, their trie begins again: requests ask for other sets than it remembers. */
export const REFUSED_SETS_AT_MOST = 4096;

/** Entities of one call that are searched one after another, pairs of which are compared; more of them are indexed. */
export const CALL_LIST_AT_MOST = 24;

/** Entities into which policies look though no request leads to them: more of them are looked up in what a request is on top of, not one after another. */
export const EXPECTED_AT_MOST = 16;

/** Entities of one call and those that they lead to, which are searched one after another; where there are more, the call is read by way of an index. */
export const CALL_SLOTS_AT_MOST = 64;

/** Entities whose descendants were own objects, with the ancestors of these. Bounds memory. */
export const KNOWN_ANCESTORS_AT_MOST = 4096;

/** Entity types of call lists that are known to be good. Bounds memory; others are looked up. */
export const CALL_TYPES_AT_MOST = 32;

/** Texts of extension values in contexts, of each type, whose values are remembered. Bounds memory. */
export const EXTENSION_TEXTS_AT_MOST = 256;

/** Types of a store that are searched one after another before its map of types: a request names three. Of more, searching costs what the map does. */
export const SEARCHED_TYPES_AT_MOST = 4;

/**
 * Actions that requests name, each of which is compared with before a hash table is asked: two texts of one length take 2 ns, of different lengths 1, and
 * the table 10.
 */
export const ACTIONS_COMPARED_AT_MOST = 8;

/** How many nodes of prepared contexts each dispatcher keeps, a power of two: applications prepare one for each session. Bounds memory. */
export const PREPARED_CONTEXTS_KEPT = 256;
