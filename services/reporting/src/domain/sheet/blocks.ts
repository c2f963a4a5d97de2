/** What stands on the pages, as plain strings and numbers: the template lays it out and adds no words of its own. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'mute';

export interface Cell {
  text: string;
  tone: Tone;
  strong: boolean;
}

export interface Column {
  title: string;
  /** Share of the width; 0 takes what the text needs. */
  share: number;
  right: boolean;
}

export interface Tile {
  label: string;
  value: string;
  note: string;
  tone: Tone;
}

export type Block =
  | { kind: 'text'; text: string; tone: Tone }
  | { kind: 'title'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'verdict'; colour: string; sentence: string; facts: { label: string; value: string }[] }
  | { kind: 'tiles'; tiles: Tile[] }
  | { kind: 'funnel'; steps: { label: string; value: string; ratio: string; width: number }[] }
  | { kind: 'columns'; title: string; unit: string; columns: { label: string; value: number; text: string }[] }
  | {
      kind: 'bars';
      title: string;
      bars: { label: string; value: number; text: string; tone: Tone }[];
      mark: { value: number; text: string } | null;
    }
  | { kind: 'split'; title: string; parts: { label: string; share: number; text: string; tone: Tone }[] }
  | { kind: 'table'; columns: Column[]; rows: Cell[][]; small: boolean }
  | {
      /** `tall` may go on over a page's end. */
      kind: 'case';
      tall: boolean;
      number: string;
      title: string;
      severity: Cell;
      status: Cell;
      facts: { label: string; value: string }[];
      root: { label: string; value: string }[];
      rootTitle: string;
      timelineTitle: string;
      timeline: { time: string; what: string; detail: string; known: string; tone: Tone }[];
    };

export interface Section {
  number: number;
  title: string;
  blocks: Block[];
}

export interface Sheet {
  language: string;
  product: string;
  title: string;
  tenant: string;
  period: string;
  tlp: string;
  tlpColour: string;
  reference: string;
  sections: Section[];
}

export const cell = (text: string, tone: Tone = 'plain', strong = false): Cell => ({ text, tone, strong });
export const column = (title: string, share = 0, right = false): Column => ({ title, share, right });
export const note = (text: string): Block => ({ kind: 'text', text, tone: 'mute' });
export const table = (columns: Column[], rows: Cell[][], small = false): Block => ({
  kind: 'table',
  columns,
  rows,
  small,
});
