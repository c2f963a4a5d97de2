/**
 * The fast engine: the same answers as the plain evaluator. A flat event is read from its bytes; any other is parsed,
 * and its fields go through the same indexes. What it cannot do at all (text with lone surrogates) it leaves to the
 * plain evaluator.
 */
import type { EventView } from '../match/event-view.js';
import { parseEvent } from '../match/event-view.js';
import { linkLeaf } from '../match/link.js';
import { kindOf, listOf, logsourcesIn, remember } from '../match/logsources.js';
import { readerOf } from '../match/reader.js';
import type { Logsource, Pipeline, SigmaEvent, SourceMapping, Work } from '../types.js';
import { Accounts, type Account } from './account.js';
import { Arena } from './arena.js';
import { fieldsOf } from './fields.js';
import { FlatEvents } from './flat.js';
import type { KeywordFilter } from './keyword-filter.js';
import { Line } from './line.js';
import { HAS_TEXT, IS_EMPTY, IS_PRESENT, Partition, type FieldSource, type Hosts, type Runnable } from './partition.js';
import { mayHide } from './scanner.js';

const LOWER = 1;

export class Kernel implements FieldSource {
  private readonly counts: Work = { fromBytes: 0, parsed: 0, plain: 0, rulesRun: 0 };
  private readonly accountsKept: Accounts | undefined;
  private readonly arena = new Arena();
  private readonly flats = new Map<SourceMapping | undefined, FlatEvents | undefined>();
  private readonly partitions: (logsources: readonly Logsource[]) => Partition;
  /** The event at hand, when it is flat. */
  private flat: FlatEvents | undefined;
  /** The event at hand, when it is not; and whether some text in it holds fields of its own. */
  private native: Uint8Array = new Uint8Array(0);
  private holdsParsedText = false;
  private readonly line = new Line();
  private isViewed = false;
  private isFit = true;

  /** @param covering the rules that run for a combination of logsources */
  constructor(
    private readonly rules: readonly Runnable[],
    covering: (logsources: readonly Logsource[]) => readonly Runnable[],
    private readonly view: EventView,
    private readonly pipeline: Pipeline,
    clock?: () => number,
  ) {
    this.accountsKept = clock && new Accounts(clock);
    const hosts: Hosts = ({ leaf }) => {
      const check = leaf ? linkLeaf(leaf, view) : () => false;
      return () => {
        this.showView();
        return check();
      };
    };
    const byRules = new Map<string, Partition>();
    this.partitions = remember((logsources) => {
      const covered = covering(logsources);
      const key = covered.map(({ place }) => place).join();
      const partition = byRules.get(key) ?? new Partition(covered, this.arena, hosts, this.accountsKept);
      byRules.set(key, partition);
      return partition;
    });
  }

  work(): Work {
    return { ...this.counts };
  }

  accounts(): Account[] {
    return this.accountsKept?.list() ?? [];
  }

  /** The places of the rules that match, ascending; undefined to ask the plain evaluator. Throws BadEvent. */
  match({ logsource, native }: SigmaEvent): number[] | undefined {
    const kind = typeof logsource === 'string' ? logsource : kindOf(logsource);
    const mapping = kind && this.pipeline[kind];
    const derived = this.show(native, mapping);
    const partition = this.partitions(typeof logsource === 'string' ? derived : listOf(logsource));
    this.isFit = true;
    const found = partition.run(this);
    this.counts.rulesRun += partition.candidates;
    if (this.isFit) return found;
    this.counts.plain++;
    return undefined;
  }

  /** Makes the event the one at hand; the logsources it belongs to by its mapping. */
  private show(native: Uint8Array, mapping: SourceMapping | undefined): readonly Logsource[] {
    this.flat = this.flatFor(mapping);
    this.isViewed = false;
    if (this.flat?.show(native)) {
      this.counts.fromBytes++;
      return this.flat.route.logsources;
    }
    this.flat = undefined;
    this.isViewed = true;
    const reader = readerOf(parseEvent(native), mapping);
    this.native = native;
    this.holdsParsedText = reader.roots().length > 1;
    this.view.show(reader);
    this.counts.parsed++;
    return mapping ? logsourcesIn(mapping, reader) : [];
  }

  private flatFor(mapping: SourceMapping | undefined): FlatEvents | undefined {
    if (!this.flats.has(mapping))
      this.flats.set(mapping, FlatEvents.of(mapping, fieldsOf(this.rules.map(({ condition }) => condition))));
    return this.flats.get(mapping);
  }

  /** Puts the event before the plain evaluator's tests. */
  private showView(): void {
    if (this.isViewed || !this.flat) return;
    this.isViewed = true;
    this.view.show(this.flat);
  }

  read(_field: number, name: string | null, arena: Arena, wantsText: boolean): number {
    if (name === null) return this.readKeywords(arena);
    if (!this.flat) return this.readCell(name, arena, wantsText);
    const state = this.flat.read(this.flat.route.plan.chainOf(name), arena, wantsText);
    if (state >= 0) return state;
    this.isFit = false;
    return 0;
  }

  private readKeywords(arena: Arena): number {
    this.showView();
    const texts = this.view.keywordTexts(LOWER);
    this.addTexts(texts, arena);
    return texts.length > 0 ? HAS_TEXT : 0;
  }

  private readCell(name: string, arena: Arena, wantsText: boolean): number {
    const cell = this.view.current(this.view.slot(name));
    const texts = cell.texts(LOWER);
    if (wantsText) this.addTexts(texts, arena);
    return (cell.present ? IS_PRESENT : 0) | (cell.empty ? IS_EMPTY : 0) | (texts.length > 0 ? HAS_TEXT : 0);
  }

  private addTexts(texts: readonly string[], arena: Arena): void {
    for (const text of texts) if (!arena.add(text)) this.isFit = false;
  }

  mayHoldKeywords(filter: KeywordFilter): boolean {
    if (this.flat) return this.flat.mayHoldKeywords(filter);
    if (this.holdsParsedText) return true;
    this.line.fill(this.native);
    return mayHide(this.line) || filter.mayHold(this.line);
  }
}
