/**
 * Documents name files that are there: relative links, and paths in code quotes that begin with a room, or with a
 * folder of the room whose README it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g;
const QUOTED = /`((?:contracts|libs|services|cli|rules|tools|e2e|docs|k8s|portals)\/[\w./@-]*\w)`/g;
const INSIDE = /`((?:src|schema|test|bin)\/[\w./-]*\w)`/g;

/** @returns [document, path] of what is not there */
export const missingPaths = (documents) =>
  documents.flatMap((document) => {
    const text = readFileSync(document, 'utf8').replace(/^```[\s\S]*?^```/gm, '');
    const links = [...text.matchAll(LINK)].map(([, path]) => normalize(join(dirname(document), path)));
    const quoted = [...text.matchAll(QUOTED)].map(([, path]) => path);
    const inside = [...text.matchAll(INSIDE)].map(([, path]) => join(dirname(document), path));
    return [...links, ...quoted, ...inside].filter((path) => !existsSync(path)).map((path) => [document, path]);
  });
