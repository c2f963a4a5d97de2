/**
 * The rules of one combination of logsources, written into the memory: atoms, an index per field, trigger lists and
 * jump code.
 */
import type { Expression, Leaf } from '../../rule/expression.js';
import { Atoms, CONTAINS, isShort, type Atom } from '../formulas/atoms.js';
import { formulaOf } from '../formulas/condition.js';
import { Program, REJECT as PROGRAM_REJECT } from '../formulas/jump-code.js';
import { triggersOf, type TriggerGroup } from '../formulas/triggers.js';
import type { Image } from './image.js';
import { writeIndexes, writeKeywords } from './field-indexes.js';
import {
  ACCEPT,
  ATOM_RULES,
  ATOM_SIZE,
  ATOM_STAMP,
  FIELD_EQUALS,
  FIELD_IS_KEYWORD,
  FIELD_NUMBER,
  FIELD_READS_TEXT,
  FIELD_READ_AT,
  FIELD_SHORT_AT,
  FIELD_SIZE,
  FIELD_WIDE,
  HOST,
  PARTITION_ALWAYS,
  PARTITION_CANDIDATES,
  PARTITION_EAGER,
  PARTITION_FIELDS,
  PARTITION_INDEX,
  PARTITION_KEYWORDS,
  PARTITION_SIZE,
  REJECT,
  RULE_SIZE,
  RULE_STAMP,
  SAME_TEXT,
  SHORT,
  WIDE_TEXT,
} from './layout.js';

/** One rule to run: its place among all rules, and its condition. */
export type Runnable = { place: number; condition: Expression };

/** What JavaScript keeps of a partition. `outside`: the binding for events whose fields are all read outside. */
export type WrittenPartition = {
  at: number;
  index: number;
  candidates: number;
  outside: number;
  fields: readonly (string | null)[];
  hosts: readonly Leaf[];
};

type PartitionPlaces = { atoms: number; rules: number; fields: number };

export const writePartition = (image: Image, index: number, rules: readonly Runnable[]): WrittenPartition => {
  const atoms = new Atoms();
  const formulas = rules.map(({ condition }) => formulaOf(condition, atoms));
  const groups = formulas.map(triggersOf);
  const eager = new Set(groups.flatMap((group) => group?.atoms.map(({ field }) => field) ?? []));
  const places: PartitionPlaces = {
    atoms: image.allocate(ATOM_SIZE * atoms.list.length),
    rules: image.allocate(RULE_SIZE * rules.length),
    fields: image.allocate(FIELD_SIZE * atoms.fields.length),
  };
  const program = new Program(({ field }) => eager.has(field));
  const entries = formulas.map((formula) => program.add(formula));
  writeRules(image, places, rules, entries, writeCode(image, places, program.code));
  const hosts = writeAtoms(image, places, atoms.list, groups);
  writeFields(image, places, atoms);
  const keywordField = atoms.fields.indexOf(null);
  const pointerOfRule = (rule: number): number => places.rules + RULE_SIZE * rule;
  const at = image.allocate(PARTITION_SIZE);
  const candidates = image.allocate(4 * rules.length);
  const words: [number, number][] = [
    [PARTITION_INDEX, index],
    [PARTITION_EAGER, image.putList([...eager].map((field) => places.fields + FIELD_SIZE * field))],
    [PARTITION_ALWAYS, image.putList(groups.flatMap((group, rule) => (group ? [] : [pointerOfRule(rule)])))],
    [PARTITION_CANDIDATES, candidates],
    [PARTITION_FIELDS, places.fields],
    [
      PARTITION_KEYWORDS,
      eager.has(keywordField)
        ? writeKeywords(
            image,
            atoms.list.filter(({ field }) => field === keywordField),
          )
        : 0,
    ],
  ];
  for (const [offset, value] of words) image.setWord(at + offset, value);
  const outside = image.putWords([at, 0]);
  return { at, index, candidates, outside, fields: atoms.fields, hosts };
};

/** Where each rule's code begins, and the code itself, with addresses instead of numbers. */
const writeCode = (image: Image, { atoms }: PartitionPlaces, code: readonly number[]): ((target: number) => number) => {
  const at = image.allocate(4 * code.length);
  const addressOf = (target: number): number =>
    target >= 0 ? at + 4 * target : target === PROGRAM_REJECT ? REJECT : ACCEPT;
  for (const [index, word] of code.entries())
    image.setWord(at + 4 * index, index % 3 === 0 ? atoms + ATOM_SIZE * word : addressOf(word));
  return addressOf;
};

const writeRules = (
  image: Image,
  { rules: at }: PartitionPlaces,
  rules: readonly Runnable[],
  entries: readonly number[],
  addressOf: (target: number) => number,
): void => {
  image.keepStamps(at + RULE_STAMP, rules.length, RULE_SIZE);
  for (const [index, { place }] of rules.entries())
    image.set(at + RULE_SIZE * index, 0, addressOf(entries[index]!), place);
};

const writeAtoms = (
  image: Image,
  places: PartitionPlaces,
  atoms: readonly Atom[],
  groups: readonly (TriggerGroup | undefined)[],
): Leaf[] => {
  const triggered: number[][] = atoms.map(() => []);
  for (const [rule, group] of groups.entries())
    for (const { id } of new Set(group?.atoms)) triggered[id]?.push(places.rules + RULE_SIZE * rule);
  const hosts: Leaf[] = [];
  image.keepStamps(places.atoms + ATOM_STAMP, atoms.length, ATOM_SIZE);
  for (const atom of atoms) {
    const at = places.atoms + ATOM_SIZE * atom.id;
    const rules = triggered[atom.id]!;
    if (atom.kind === HOST) image.keepStamps(at + ATOM_RULES, 1, ATOM_SIZE);
    const subject =
      atom.kind === HOST && atom.leaf ? hosts.push(atom.leaf) - 1 : places.fields + FIELD_SIZE * atom.field;
    const list =
      atom.operand !== undefined
        ? operandOf(atom.kind, atom.operand, places)
        : rules.length > 0
          ? image.putList(rules)
          : 0;
    image.words.set([0, isShort(atom) ? SHORT : atom.kind, subject, list], at >> 2);
  }
  return hosts;
};

const operandOf = (kind: number, operand: number, { fields }: PartitionPlaces): number =>
  kind === SAME_TEXT ? fields + FIELD_SIZE * operand : operand;

const writeFields = (image: Image, places: PartitionPlaces, { fields, list }: Atoms): void => {
  const pointerOf = ({ id }: Atom): number => places.atoms + ATOM_SIZE * id;
  image.keepStamps(places.fields + FIELD_READ_AT, fields.length, FIELD_SIZE);
  image.keepStamps(places.fields + FIELD_SHORT_AT, fields.length, FIELD_SIZE);
  const compared = new Set(
    list.flatMap(({ kind, field, operand }) =>
      operand === undefined ? [] : kind === SAME_TEXT ? [field, operand] : [field],
    ),
  );
  const byField = grouped(list);
  for (const [field, name] of fields.entries()) {
    const atoms = byField.get(field) ?? [];
    const wide = atoms.find(({ kind }) => kind === WIDE_TEXT);
    const { equals, starts, ends, grams, shorts } = writeIndexes(
      image,
      atoms.filter(({ kind }) => kind <= CONTAINS),
      pointerOf,
    );
    const at = places.fields + FIELD_SIZE * field;
    image.words.set([equals, starts, ends, grams, shorts], (at + FIELD_EQUALS) >> 2);
    image.setWord(at + FIELD_WIDE, wide ? pointerOf(wide) : 0);
    image.setWord(at + FIELD_READS_TEXT, Number(equals + starts + ends + grams + shorts > 0 || compared.has(field)));
    image.setWord(at + FIELD_NUMBER, field);
    image.setWord(at + FIELD_IS_KEYWORD, Number(name === null));
  }
};

const grouped = (atoms: readonly Atom[]): Map<number, Atom[]> => {
  const byField = new Map<number, Atom[]>();
  for (const atom of atoms) {
    const list = byField.get(atom.field);
    if (list) list.push(atom);
    else byField.set(atom.field, [atom]);
  }
  return byField;
};
