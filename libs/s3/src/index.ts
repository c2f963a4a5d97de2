/** Buckets of stores that speak S3: requests signed, listings read, and a client of one bucket. */
export { bucketPath, isPage, listQuery, pageOf, type S3Object } from './listing.js';
export { openBucket, type Bucket } from './bucket.js';
export { S3Failed } from './failed.js';
export { placeOf } from './place.js';
export { awsSecret, type AwsSecret } from './secret.js';
export { regionOf, signedHeaders } from './sign.js';
