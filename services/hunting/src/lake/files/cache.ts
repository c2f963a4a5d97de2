import { rm } from 'node:fs/promises';
import { inTurns } from './in-turns.js';
import type { HeldFiles, LakeFile } from './port.js';
import { openRoom } from './room.js';

interface CacheEntry {
  version: string | undefined;
  bytes: number;
  local?: Promise<string>;
  held: number;
  /** Nobody finds it any more: it goes when nobody holds it. */
  isDropped: boolean;
}

/** Files of the lake that lie on this machine for a while: those that are held, and of others the latest. */
export interface FileCache {
  /** Waits until there is room. What is held at once by one is all that it holds: it would wait for itself. */
  hold(files: readonly LakeFile[]): Promise<HeldFiles>;
  /** A file that is here already, instead of what is there under its path. */
  put(file: Pick<LakeFile, 'path' | 'bytes' | 'version'>, local: string): void;
  /** Files that are in the lake no more: those in a folder of it that `isThere` does not know. */
  forget(folder: string, isThere: (path: string) => boolean): void;
}

const takenAway = ({ local }: CacheEntry): void => {
  void local?.then((path) => rm(path, { force: true })).catch(() => undefined);
};

/** Entries by path; the one that was used last is last. */
const openEntries = () => {
  const entries = new Map<string, CacheEntry>();
  const drop = (path: string): void => {
    const entry = entries.get(path);
    if (!entry) return;
    entries.delete(path);
    entry.isDropped = true;
    if (entry.held === 0) takenAway(entry);
  };
  return {
    drop,
    paths: () => [...entries.keys()],
    set: (path: string, entry: CacheEntry) => entries.set(path, entry),
    holdOne: ({ path, bytes, version }: LakeFile): CacheEntry => {
      const known = entries.get(path);
      if (known && known.version !== version) drop(path);
      const entry = entries.get(path) ?? { version, bytes, held: 0, isDropped: false };
      entries.delete(path);
      entries.set(path, entry);
      entry.held += 1;
      return entry;
    },
    letGo: (entry: CacheEntry): void => {
      entry.held -= 1;
      if (entry.isDropped && entry.held === 0) takenAway(entry);
    },
    /** One that is not what it was to be: whoever comes next tries again. */
    lose: (path: string, entry: CacheEntry): void => {
      if (entries.get(path) === entry) entries.delete(path);
    },
    /** Leaves so many bytes of those that nobody holds. */
    leave: (mostBytes: number): void => {
      const idle = [...entries].filter(([, { held }]) => held === 0);
      let bytes = idle.reduce((sum, [, entry]) => sum + entry.bytes, 0);
      for (const [path, entry] of idle) {
        if (bytes <= mostBytes) return;
        bytes -= entry.bytes;
        drop(path);
      }
    },
  };
};

/**
 * @param mostBytes what is held and what stays together; a file that is larger is held alone. @param bring makes a file
 * of this machine of one of the lake's.
 */
export const openCache = (mostBytes: number, bring: (file: LakeFile) => Promise<string>): FileCache => {
  const entries = openEntries();
  const room = openRoom(mostBytes);
  const bound = (): void => entries.leave(mostBytes - room.taken());

  const localOf = async (file: LakeFile, entry: CacheEntry): Promise<string> => {
    entry.local ??= bring(file);
    try {
      return await entry.local;
    } catch (error) {
      entries.lose(file.path, entry);
      throw error;
    }
  };
  return {
    put: ({ path, bytes, version }, local) => {
      entries.drop(path);
      entries.set(path, { version, bytes, local: Promise.resolve(local), held: 0, isDropped: false });
      bound();
    },
    forget: (folder, isThere) => {
      for (const path of entries.paths()) if (path.startsWith(folder) && !isThere(path)) entries.drop(path);
    },
    hold: async (files) => {
      const bytes = files.reduce((sum, one) => sum + one.bytes, 0);
      await room.take(bytes);
      const taken = files.map((file) => ({ file, entry: entries.holdOne(file) }));
      let isHeld = true;
      const release = (): void => {
        if (!isHeld) return;
        isHeld = false;
        for (const { entry } of taken) entries.letGo(entry);
        room.give(bytes);
        bound();
      };
      bound();
      try {
        return { local: await inTurns(taken, ({ file, entry }) => localOf(file, entry)), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
};
