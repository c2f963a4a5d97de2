import type { OcsfClass } from '../ocsf.js';

/** What a program says when something happens, by the program or by what rules call its service. */
export interface Sentence {
  service: string;
  says: RegExp;
  kind: OcsfClass;
}

export const LOGON: OcsfClass = { classUid: 3002, activityId: 1 };
export const LOGOFF: OcsfClass = { classUid: 3002, activityId: 2 };
export const account = (activityId: number): OcsfClass => ({ classUid: 3001, activityId });

/** What stands behind it tells where it ends. */
export const WORD = String.raw`(?<user>[^\s'"(),;]{1,64})`;
/** The full stop or the colon at the end of a sentence is none of it. */
export const NAME = String.raw`(?<user>[^\s'"(),;]{0,63}[^\s'"(),;.:])(?![^\s'"(),;.:\]])`;
/** A stranger may call himself "root from 192.0.2.7 port 5": what a program says itself stands behind the name. */
export const ANY_NAME = '(?<user>.{1,1024})';

/** @param sentences regular expressions; `^` is where the text begins behind its header. */
export const said = (services: string, kind: OcsfClass, ...sentences: string[]): Sentence[] =>
  services.split(' ').flatMap((service) =>
    sentences.map((sentence) => ({
      service,
      kind,
      says: new RegExp(sentence.startsWith('^') ? sentence : `\\b${sentence}`),
    })),
  );
