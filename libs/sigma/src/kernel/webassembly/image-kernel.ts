/**
 * The kernel in WebAssembly, as JavaScript sees it: it lays out rules in the memory when the first event of their kind
 * comes, tells the kernel where events belong, and answers what bytes alone do not tell. Events it cannot take as bytes
 * are parsed, and their fields read here.
 */
import { envelopeIn, isOfEnvelope, readerWithin, type ReadEnvelope } from '../../evaluate/envelope.js';
import { parseEvent, type EventView } from '../../evaluate/event-view.js';
import { linkLeaf } from '../../evaluate/link.js';
import { kindOf, listOf, logsourcesIn, remember } from '../../evaluate/logsources.js';
import { holds, isUnconditional, readerOf } from '../../evaluate/reader.js';
import { isWellFormed } from '../../evaluate/text.js';
import type { Logsource, Pipeline, SigmaEvent, SourceMapping, MatchingWork } from '../../types.js';
import { Accounts, type Account } from '../rule-costs.js';
import { fieldsOf } from '../formulas/field-names.js';
import { Image } from './image.js';
import {
  FIELD_READS_TEXT,
  FIELD_SIZE,
  GIVEN_UP,
  HAS_TEXT,
  IS_EMPTY,
  IS_PRESENT,
  LINE,
  LINE_SIZE,
  PARTITION_FIELDS,
  UNKNOWN,
  WORN,
} from './layout.js';
import { machineOver, type KernelMachine } from './machine.js';
import { writePartition, type Runnable, type WrittenPartition } from './rule-partitions.js';
import { NameChains } from './name-chains.js';
import { NameTable } from './name-tables.js';
import { FORM, type SavedImage } from './saved-image.js';
import { SlotReader } from './slot-reader.js';

const LOWER = 1;
/** What a line that was not scanned says of keywords (assembly/keywords.ts): nothing; as much as it does not hide. */
const SILENT = 0;
const NOT_SCANNED = 2;
const encoder = new TextEncoder();

/** `asks`: the tests of host atoms, each made when it is first asked. */
type Partition = WrittenPartition & { key: string; asks: (() => boolean)[] };

export class ImageKernel {
  private readonly image = new Image();
  private readonly machine: KernelMachine;
  private readonly counts = { fromBytes: 0, parsed: 0, plain: 0 };
  private readonly accountsKept: Accounts | undefined;
  private readonly readings = new Map<SourceMapping | undefined, NameTable | undefined>();
  private readonly partitions: Partition[] = [];
  private readonly partitionFor: (logsources: readonly Logsource[]) => Partition;
  /** Every field some condition names. */
  private names: ReadonlySet<string> | undefined;
  private seeksEnvelopes: boolean | undefined;
  private readonly plans = new Map<string, NameChains>();
  private readonly plansByBinding = new Map<number, NameChains>();
  /** The event at hand. */
  private native: Uint8Array = new Uint8Array(0);
  private envelope: ReadEnvelope | undefined;
  private mapping: SourceMapping | undefined;
  private reader: SlotReader | undefined;
  private isViewed = false;
  private isFit = true;

  /** @param covering the rules that run for a combination of logsources */
  constructor(
    private readonly rules: readonly Runnable[],
    covering: (logsources: readonly Logsource[]) => readonly Runnable[],
    private readonly view: EventView,
    private readonly pipeline: Pipeline,
    clock?: () => number,
    saved?: SavedImage,
  ) {
    this.accountsKept = clock && new Accounts(clock);
    this.machine = machineOver(this.image, {
      readField: (partition, field) => this.readField(this.partitions[partition]!, field),
      ask: (partition, atom) => this.ask(this.partitions[partition]!, atom),
      began: () => this.accountsKept?.begin(),
      ended: (place, matches) => this.accountsKept?.end(place, matches !== 0),
    });
    if (clock) this.machine.keepAccounts();
    if (saved?.form === FORM) this.restore(saved);
    this.partitionFor = remember((logsources) => {
      const covered = covering(logsources);
      const key = covered.map(({ place }) => place).join();
      return (
        this.partitions.find((one) => one.key === key) ??
        this.keep({ ...writePartition(this.image, this.partitions.length, covered), key })
      );
    });
  }

  private restore(saved: SavedImage): void {
    this.image.restore(saved);
    this.machine.setGeneration(saved.generation);
    this.names = new Set(saved.fields);
    for (const partition of saved.partitions) this.keep(partition);
  }

  /** What another kernel over the same rules may begin with. */
  save(): SavedImage {
    return {
      form: FORM,
      generation: this.machine.now(),
      fields: [...this.fields()],
      ...this.image.save(),
      partitions: this.partitions.map(({ asks: _, ...written }) => written),
    };
  }

  work(): MatchingWork {
    return { ...this.counts, rulesRun: this.machine.rulesRunSoFar() };
  }

  accounts(): Account[] {
    return this.accountsKept?.list() ?? [];
  }

  /** The places of the rules that match, ascending; undefined to ask the plain evaluator. Throws BadEvent. */
  match({ logsource, native, envelope }: SigmaEvent): number[] | undefined {
    if (native.length > LINE_SIZE) return this.leave();
    const kind = typeof logsource === 'string' ? logsource : kindOf(logsource);
    this.native = native;
    this.envelope = envelopeIn(envelope);
    this.mapping = kind && this.pipeline[kind];
    this.reader = undefined;
    this.isViewed = false;
    this.isFit = true;
    this.image.bytes.set(native, LINE);
    const given = typeof logsource === 'string' ? undefined : this.partitionFor(listOf(logsource));
    const reading = this.isSought() ? undefined : this.readingFor(this.mapping);
    let found = reading ? this.runScanned(reading, given) : GIVEN_UP;
    if (found === GIVEN_UP) found = this.runParsed(given);
    else this.count();
    return this.isFit ? this.placesOf(found) : this.leave();
  }

  private count(): void {
    if (this.reader?.hasParsed) this.counts.parsed++;
    else this.counts.fromBytes++;
  }

  private leave(): undefined {
    this.counts.plain++;
  }

  private placesOf(found: number): number[] {
    if (found === 0) return [];
    const at = this.machine.candidatesAt() >> 2;
    return [...this.image.words.subarray(at, at + found)].sort((a, b) => a - b);
  }

  private runScanned(reading: NameTable, given: Partition | undefined): number {
    const variant = given ? given.index + 1 : 0;
    const run = (): number => this.machine.match(reading.at, this.native.length, variant);
    const found = this.renewing(run);
    return found === UNKNOWN ? this.tell(reading, given) : found;
  }

  private renewing(run: () => number): number {
    const found = run();
    if (found !== WORN) return found;
    this.image.clearStamps();
    this.machine.setGeneration(0);
    return run();
  }

  /** Tells the kernel what follows from the selectors' values of the event at hand. */
  private tell(reading: NameTable, given: Partition | undefined): number {
    const { mapping } = this;
    const containers = this.machine.containersMet();
    if (!reading.select(containers)) return GIVEN_UP;
    const found = this.machine.resume();
    if (found !== UNKNOWN) return found;
    const event = parseEvent(this.native);
    const plainly = readerOf(event, mapping && { ...mapping, aliases: mapping.aliases.filter(isUnconditional) }).find;
    const groups = mapping?.aliases.filter(({ when }) => holds(when, plainly)) ?? [];
    const key = [reading.at, containers, ...groups.map((group) => mapping?.aliases.indexOf(group))].join();
    const plan = this.plans.get(key) ?? new NameChains(this.image, reading, containers, groups);
    this.plans.set(key, plan);
    const binding = plan.bind(
      given ?? this.partitionFor(mapping ? logsourcesIn(mapping, readerOf(event, mapping)) : []),
    );
    this.plansByBinding.set(binding, plan);
    return this.machine.learn(binding) ? this.machine.resume() : GIVEN_UP;
  }

  private runParsed(given: Partition | undefined): number {
    this.counts.parsed++;
    const reader = readerWithin(parseEvent(this.native), this.mapping, this.envelope);
    this.view.show(reader);
    this.isViewed = true;
    const partition = given ?? this.partitionFor(this.mapping ? logsourcesIn(this.mapping, reader) : []);
    const telling = reader.roots().length > 1 ? SILENT : NOT_SCANNED;
    return this.renewing(() => this.machine.runOutside(partition.outside, this.native.length, telling));
  }

  private readingFor(mapping: SourceMapping | undefined): NameTable | undefined {
    const known = this.readings.get(mapping);
    if (known) return known;
    if (!this.readings.has(mapping)) this.readings.set(mapping, NameTable.of(this.image, mapping, this.fields()));
    return this.readings.get(mapping);
  }

  /** Whether rules find something in the envelope, which the bytes of the event do not hold. */
  private isSought(): boolean {
    if (!this.envelope) return false;
    return this.envelope.fields !== undefined || (this.seeksEnvelopes ??= [...this.fields()].some(isOfEnvelope));
  }

  private fields(): ReadonlySet<string> {
    return (this.names ??= fieldsOf(this.rules.map(({ condition }) => condition)));
  }

  private keep(written: WrittenPartition & { key: string }): Partition {
    const partition: Partition = { ...written, asks: [] };
    this.partitions.push(partition);
    return partition;
  }

  /** Puts the event before the plain evaluator's tests. */
  private showView(): void {
    if (this.isViewed) return;
    this.isViewed = true;
    const plan = this.plansByBinding.get(this.machine.bindingAt());
    this.reader = new SlotReader(
      this.image,
      this.native,
      this.mapping,
      this.machine.now(),
      (name) => plan?.chainOf(name) ?? [],
    );
    this.view.show(this.reader);
  }

  private ask(partition: Partition, atom: number): number {
    this.showView();
    return Number((partition.asks[atom] ??= linkLeaf(partition.hosts[atom]!, this.view))());
  }

  private readField({ at, fields }: Partition, field: number): number {
    this.showView();
    const name = fields[field]!;
    if (name === null) return this.addTexts(this.view.keywordTexts(LOWER)) ? HAS_TEXT : 0;
    const cell = this.view.current(this.view.slot(name));
    const texts = cell.texts(LOWER);
    if (this.image.word(this.image.word(at + PARTITION_FIELDS) + FIELD_SIZE * field + FIELD_READS_TEXT) !== 0)
      this.addTexts(texts);
    return (cell.present ? IS_PRESENT : 0) | (cell.empty ? IS_EMPTY : 0) | (texts.length > 0 ? HAS_TEXT : 0);
  }

  /**
   * Whether there are any. Text without UTF-8, or more of it than fits, makes the event one for the plain evaluator.
   */
  private addTexts(texts: readonly string[]): boolean {
    for (const text of texts) {
      if (!this.machine.hasRoom(3 * text.length) || !isWellFormed(text)) {
        this.isFit = false;
        break;
      }
      const top = this.machine.arenaTop();
      const { written } = encoder.encodeInto(text, this.image.bytes.subarray(top, top + 3 * text.length));
      this.machine.addText(top + written, Number(written !== text.length));
    }
    return texts.length > 0;
  }
}
