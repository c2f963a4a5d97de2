import { parseEvent } from '../../evaluate/event-view.js';
import { readerOf, type Reader } from '../../evaluate/reader.js';
import { hashIn } from '../../sources/windows/hashes.js';
import type { Json, JsonObject, SourceMapping } from '../../types.js';
import type { Image } from './image.js';
import {
  ARRAY,
  COMPLEX,
  LINE,
  LIST,
  NULL,
  OUTSIDE,
  SLOT_END,
  SLOT_FLAGS,
  SLOT_STAMP,
  SLOT_START,
  TEXT,
  VALUE,
  WIDE,
} from './layout.js';
import type { Chain } from './name-tables.js';

/** Slices begin anywhere, so a byte order mark in them is text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * A scanned event as the plain evaluator reads events: single values from the line, whatever is not single from the
 * event parsed.
 */
export class SlotReader implements Reader {
  private parsedReader: Reader | undefined;
  private event: JsonObject | undefined;
  /** Whether some value had to be found in the parsed event. */
  hasParsed = false;

  /** @param generation what a slot's stamp is when the event has it */
  constructor(
    private readonly image: Image,
    private readonly native: Uint8Array,
    private readonly mapping: SourceMapping | undefined,
    private readonly generation: number,
    private readonly chainOf: (name: string) => Chain,
  ) {}

  find(name: string): Json | undefined {
    for (const link of this.chainOf(name)) {
      const means = link & 3;
      if (means === OUTSIDE) return this.findOutside(name);
      const slot = link - means;
      if (this.image.word(slot + SLOT_STAMP) !== this.generation) continue;
      const flags = this.image.word(slot + SLOT_FLAGS);
      if ((flags & (means === LIST ? ARRAY : COMPLEX)) !== 0) return this.findParsed(name);
      if (means === VALUE)
        return (flags & NULL) !== 0
          ? null
          : this.valueAt(this.image.word(slot + SLOT_START), this.image.word(slot + SLOT_END), flags);
    }
    return undefined;
  }

  roots(): Json[] {
    return this.parsed().roots();
  }

  private valueAt(start: number, end: number, flags: number): Json {
    if (flags === TEXT) return this.image.text.toString('latin1', start, end);
    const inset = (flags & TEXT) !== 0 ? 1 : 0;
    if ((flags & WIDE) === 0) return JSON.parse(this.image.text.toString('latin1', start - inset, end + inset)) as Json;
    return JSON.parse(decoder.decode(this.native.subarray(start - inset - LINE, end + inset - LINE))) as Json;
  }

  /** A part of another field is read from that field's text. */
  private findOutside(name: string): Json | undefined {
    const parts = this.mapping?.parts;
    const part = parts && Object.hasOwn(parts, name) ? parts[name] : undefined;
    return part ? hashIn(this.find(part.of), part.name) : this.findParsed(name);
  }

  private findParsed(name: string): Json | undefined {
    this.hasParsed = true;
    return this.parsed().find(name);
  }

  private parsed(): Reader {
    this.event ??= parseEvent(this.native);
    return (this.parsedReader ??= readerOf(this.event, this.mapping));
  }
}
