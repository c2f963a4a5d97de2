import { AwsV4Signer } from 'aws4fetch';
import type { AwsSecret } from './secret.js';

/** A request that is to be signed. */
export interface S3Request {
  method?: string;
  url: string;
  headers?: Record<string, string>;
}

const OTHER_REGION = 'us-east-1';

/** The region that S3's address says; stores of others mostly take the first there was. */
export const regionOf = (url: string): string =>
  /(?:^|\.)s3[.-]([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(new URL(url).hostname)?.[1] ?? OTHER_REGION;

/**
 * Headers of a request with AWS's Signature Version 4. Its body is not signed, but where `x-amz-content-sha256` says
 * what it is.
 * @param now epoch ms; stores take what is a quarter of an hour off at most.
 */
export const signedHeaders = async (
  secret: AwsSecret,
  region: string,
  { method = 'GET', url, headers = {} }: S3Request,
  now: number,
): Promise<Record<string, string>> => {
  const datetime = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const signer = new AwsV4Signer({ ...secret, method, url, headers, service: 's3', region, datetime });
  const signed = (await signer.sign()).headers;
  signed.delete('host');
  return Object.fromEntries(signed.entries());
};
