/**
 * Where everything lies in the WebAssembly kernel's one memory. The AssemblyScript sources read this file too, so it
 * holds nothing but numbers. Everything from IMAGE on is the compiled rules; what lies before is scratch for one event.
 */

// Fixed tables.
/** 16 bytes of ones, then 16 of zeros: tails of vectors are masked with what lies between. */
export const MASKS = 2048;
/** Eight bytes with one bit each. */
export const BITS = 2240;
/** What stands behind a backslash, by its byte, lower-cased. */
export const MEANT = 2304;
/** Lower case of the characters two bytes write: 16 bits each, 0 where two bytes do not write it. */
export const LOWER_OF_TWO = 4096;

// The event at hand.
export const ROUTE_KEY = 1 << 13;
export const ROUTE_KEY_SIZE = 1 << 13;
export const LINE = 1 << 16;
export const LINE_SIZE = 1 << 20;
export const PADDING = 64;
export const ARENA = (1 << 20) + (2 << 16);
export const ARENA_SIZE = 2 << 20;
/** Folded texts: where each begins and ends. */
export const TEXTS = 13 << 18;
export const TEXTS_COUNT = 1 << 15;

// Routes known so far: by hash (hash, key, its length, binding), and their keys one after the other.
export const ROUTES = TEXTS + 8 * (1 << 15);
export const ROUTES_SLOTS = 1 << 13;
export const ROUTES_MOST = 1 << 12;
export const ROUTE_KEYS = ROUTES + 16 * (1 << 13);
export const ROUTE_KEYS_SIZE = 1 << 19;

export const IMAGE = 5 << 20;

// What a value's bytes are. Flags may be joined; ESCAPED, CODED (by \u) and WIDE (beyond ASCII) come
// with TEXT only.
// AS_IS: the bytes are the value's own canonical text (true, false, small integers).
export const ESCAPED = 1;
export const CODED = 2;
export const TEXT = 4;
export const AS_IS = 8;
export const NUMBER = 16;
export const NULL = 32;
export const WIDE = 64;
export const COMPLEX = 128;
export const ARRAY = 256;

// A reading: how the names of one source are found. Words: table, its shift, a byte that keys must not hold, whether
// case is minded, root node, selections, their number.
export const READING_TABLE = 0;
export const READING_SHIFT = 4;
export const READING_REFUSED = 8;
export const READING_ANY_CASE = 12;
export const READING_ROOT = 16;
export const READING_SELECTIONS = 20;
export const READING_SELECTION_COUNT = 24;
export const READING_SIZE = 32;
export const SELECTIONS_MOST = 32;

// A node: an object that known names may lie in.
export const NODE_ID = 0;
export const NODE_CONTAINER = 4;
export const NODE_STAR = 8;
export const NODE_STAMP = 12;
export const NODE_SIZE = 16;

// An entry: a key of a node. The key's first 16 bytes, then words.
export const ENTRY_NODE = 16;
export const ENTRY_LENGTH = 20;
export const ENTRY_SLOT = 24;
export const ENTRY_CHILD = 28;
export const ENTRY_FLAGS = 32;
export const ENTRY_REST = 36;
export const ENTRY_SIZE = 48;
export const TEXT_MAY_HOLD_FIELDS = 1;
export const LIST_MAY_HOLD_FIELDS = 2;
export const GIVES_UP = 4;
export const STRUCTURED_TEXT = 8;
export const ANY_LIST = 16;

// A slot: where a key's value lies in the line.
export const SLOT_STAMP = 0;
export const SLOT_START = 4;
export const SLOT_END = 8;
export const SLOT_FLAGS = 12;
export const SLOT_SIZE = 16;

// A chain: its length, then slots with what they stand for in the lowest bits.
export const VALUE = 0;
export const LIST = 1;
export const ATTRIBUTE = 2;
export const OUTSIDE = 3;

// A binding: a partition, and per field of it where its chain is (all 0: fields are read outside).
export const BINDING_PARTITION = 0;
export const BINDING_CHAINS = 4;

// A partition.
export const PARTITION_INDEX = 0;
export const PARTITION_EAGER = 4;
export const PARTITION_ALWAYS = 8;
export const PARTITION_CANDIDATES = 12;
export const PARTITION_FIELDS = 16;
export const PARTITION_KEYWORDS = 20;
export const PARTITION_SIZE = 32;

// A field of a partition: stamps, state and texts of the event at hand, the atom of text beyond ASCII, indexes (0:
// none).
export const FIELD_READ_AT = 0;
export const FIELD_SHORT_AT = 4;
export const FIELD_STATE = 8;
export const FIELD_FIRST = 12;
export const FIELD_LAST = 16;
export const FIELD_WIDE = 20;
export const FIELD_EQUALS = 24;
export const FIELD_STARTS = 28;
export const FIELD_ENDS = 32;
export const FIELD_GRAMS = 36;
export const FIELD_SHORTS = 40;
export const FIELD_READS_TEXT = 44;
export const FIELD_NUMBER = 48;
export const FIELD_IS_KEYWORD = 52;
export const FIELD_SIZE = 64;

// An atom: stamp, kind, its field (a host atom's number), its rules (a host atom's stamp of refusal, the other field of
// SAME_TEXT, the length of LONG_TEXT).
export const ATOM_STAMP = 0;
export const ATOM_KIND = 4;
export const ATOM_FIELD = 8;
export const ATOM_RULES = 12;
export const ATOM_SIZE = 16;

// A rule: stamp, where its code begins, its place.
export const RULE_STAMP = 0;
export const RULE_ENTRY = 4;
export const RULE_PLACE = 8;
export const RULE_SIZE = 16;

// Jump code: atom, where to go when it holds, where when it does not; these two are the ends.
export const REJECT = 0;
export const ACCEPT = 1;

// A literal in an index: its atom, its length, then its bytes.
export const LITERAL_ATOM = 0;
export const LITERAL_LENGTH = 4;
export const LITERAL_BYTES = 8;

// Kinds of atoms, and states of fields, as formulas/atoms.ts has them, and literals looked for on demand.
export const WIDE_TEXT = 4;
export const ANY = 5;
export const EMPTY = 6;
export const HOST = 8;
export const SHORT = 9;
export const SAME_TEXT = 10;
export const LONG_TEXT = 11;
export const IS_PRESENT = 1;
export const IS_EMPTY = 2;
export const HAS_TEXT = 4;

// What match answers when it is not the number of rules found.
export const GIVEN_UP = -1;
export const UNKNOWN = -2;
export const WORN = -3;
export const LAST_GENERATION = 2147483646;
export const MULTIPLIER = -1640531535;
