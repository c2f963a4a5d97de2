import { regionOf } from './sign.js';

/** A bucket, and where in it one works. */
export interface S3Place {
  origin: string;
  bucket: string;
  /** Before all keys: empty, or ending with a slash. */
  root: string;
  region: string;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const FOLDER = /^[\w.=-]{1,255}$/;

/**
 * The place that an address names, path style: `https://s3.eu-west-1.amazonaws.com/bucket/folder`.
 * @param region empty: that of the address. @returns undefined for what names none, or has more to it.
 */
export const placeOf = (address: string, region = ''): S3Place | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, pathname, search, hash, username, password } = new URL(address);
  if (!/^https?:$/.test(protocol) || search || hash || username || password) return undefined;
  const [bucket = '', ...folders] = pathname.split('/').filter(Boolean);
  if (!BUCKET.test(bucket) || !folders.every((folder) => FOLDER.test(folder))) return undefined;
  return { origin, bucket, root: folders.map((folder) => `${folder}/`).join(''), region: region || regionOf(address) };
};
