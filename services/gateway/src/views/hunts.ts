import type { Actor, HuntAsked, HuntFinished, HuntPage } from '#contracts';
import type { View } from '#libs/model';

type HuntFact = HuntAsked | HuntFinished | HuntPage;

export interface HuntDoc {
  huntId: string;
  hypothesis: string;
  technique: string;
  finished: boolean;
  failure: string | null;
  columns: string[];
  rowCount: number;
  scanned: number;
  elapsedMs: number | null;
  askedBy: Actor;
  askedAt: number;
}

const changed = (doc: HuntDoc, message: HuntFact): Partial<HuntDoc> => {
  switch (message.type) {
    case 'hunt.asked':
      return {};
    case 'hunt.page':
      return { columns: message.columns, rowCount: doc.rowCount + message.rows.length };
    case 'hunt.finished':
      return {
        finished: true,
        failure: message.failure ?? null,
        rowCount: message.rows,
        scanned: message.scanned,
        elapsedMs: message.elapsedMs,
      };
  }
};

/** Questions to the lake and what came of them. One stream feeds a document. */
export const hunts: View<HuntDoc, HuntFact> & { indexes: string[] } = {
  name: 'hunts',
  hears: ['hunt.asked', 'hunt.page', 'hunt.finished'],
  indexes: ['askedAt'],
  keys: ({ message }) => [message.huntId],
  show: (before, { message }) => {
    if (message.type === 'hunt.asked') {
      const { huntId, hypothesis, technique, by, at } = message;
      return (
        before ?? {
          huntId,
          hypothesis,
          technique,
          finished: false,
          failure: null,
          columns: [],
          rowCount: 0,
          scanned: 0,
          elapsedMs: null,
          askedBy: by,
          askedAt: at,
        }
      );
    }
    return before && { ...before, ...changed(before, message) };
  },
};

export interface HuntPageDoc {
  huntId: string;
  page: number;
  /** JSON arrays in the order of the hunt's columns. */
  rows: string[];
}

/** Pages of answers, each by itself. */
export const huntPages: View<HuntPageDoc, HuntPage> & { indexes: string[] } = {
  name: 'hunt-pages',
  hears: ['hunt.page'],
  indexes: ['huntId'],
  keys: ({ message: { huntId, page } }) => [`${huntId}/${page}`],
  show: (_doc, { message: { huntId, page, rows } }) => ({
    huntId,
    page,
    rows: rows.map((row) => row.toString('utf8')),
  }),
};
