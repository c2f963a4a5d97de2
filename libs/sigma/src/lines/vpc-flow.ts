/**
 * Flow logs of AWS in the formats that they have unless told otherwise: of a VPC (version 2) and of a transit gateway
 * (version 6). Any other format is only known by its header, in which its names stand.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html, vpc/latest/tgw/tgw-flow-logs.html
 */
import type { JsonObject } from '../json.js';

const OF_VPC =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );
const OF_GATEWAY = `version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id
  tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni
  tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end
  log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired
  tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service`.split(/\s+/);

const VPC_BEGINS = /^2 (?:\d{12}|unknown|-) eni-[0-9a-z]{1,32} /;
const VPC_ENDS = / (?:ACCEPT|REJECT|-) (?:OK|NODATA|SKIPDATA)$/;
const GATEWAY_BEGINS = /^6 TransitGateway \d{12} tgw-[0-9a-z]{1,32} /;

const SECONDS = /^\d{10}$/;

/**
 * Fields of a flow record; undefined for any other line. What it does not say (`-`) is no field. `derived.time` is its
 * end, which counts before whoever passed the line on.
 */
export const vpcFlow = (line: string): JsonObject | undefined => {
  const text = line.trimEnd();
  const names =
    VPC_BEGINS.test(text) && VPC_ENDS.test(text) ? OF_VPC : GATEWAY_BEGINS.test(text) ? OF_GATEWAY : undefined;
  const values = names && text.split(' ', names.length + 1);
  if (!names || values?.length !== names.length) return undefined;
  const fields: JsonObject = {};
  names.forEach((name, place) => {
    const value = values[place] ?? '-';
    if (value !== '-') fields[name] = value;
  });
  const { end } = fields;
  if (typeof end === 'string' && SECONDS.test(end))
    fields['derived.time'] = new Date(Number(end) * 1_000).toISOString();
  return fields;
};
