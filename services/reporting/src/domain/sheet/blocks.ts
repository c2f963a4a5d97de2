/** What stands on the pages, as plain strings and numbers: the template lays it out and adds no words of its own. */
export type SheetTone = 'plain' | 'good' | 'warn' | 'bad' | 'mute';

export interface SheetCell {
  text: string;
  tone: SheetTone;
  strong: boolean;
}

export interface SheetColumn {
  title: string;
  /** Share of the width; 0 takes what the text needs. */
  share: number;
  right: boolean;
}

export interface SheetTile {
  label: string;
  value: string;
  note: string;
  tone: SheetTone;
}

export type SheetBlock =
  | { kind: 'text'; text: string; tone: SheetTone }
  | { kind: 'title'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'verdict'; colour: string; sentence: string; facts: { label: string; value: string }[] }
  | { kind: 'tiles'; tiles: SheetTile[] }
  | { kind: 'funnel'; steps: { label: string; value: string; ratio: string; width: number }[] }
  | { kind: 'columns'; title: string; unit: string; columns: { label: string; value: number; text: string }[] }
  | {
      kind: 'bars';
      title: string;
      bars: { label: string; value: number; text: string; tone: SheetTone }[];
      mark: { value: number; text: string } | null;
    }
  | { kind: 'split'; title: string; parts: { label: string; share: number; text: string; tone: SheetTone }[] }
  | { kind: 'table'; columns: SheetColumn[]; rows: SheetCell[][]; small: boolean }
  | {
      kind: 'case';
      number: string;
      title: string;
      severity: SheetCell;
      status: SheetCell;
      /** The customer's questions and their answers. */
      story: { label: string; value: string }[];
      facts: { label: string; value: string }[];
      root: { label: string; value: string }[];
      rootTitle: string;
      timelineTitle: string;
      timeline: { time: string; what: string; detail: string; known: string; tone: SheetTone }[];
    };

export interface SheetSection {
  number: number;
  title: string;
  blocks: SheetBlock[];
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
  sections: SheetSection[];
}

export const cell = (text: string, tone: SheetTone = 'plain', strong = false): SheetCell => ({ text, tone, strong });
export const column = (title: string, share = 0, right = false): SheetColumn => ({ title, share, right });
export const note = (text: string): SheetBlock => ({ kind: 'text', text, tone: 'mute' });
export const table = (columns: SheetColumn[], rows: SheetCell[][], small = false): SheetBlock => ({
  kind: 'table',
  columns,
  rows,
  small,
});
