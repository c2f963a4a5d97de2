/** IANA's numbers of the types of records that logs name by number. */
const TYPES = new Map(
  Object.entries({
    A: 1,
    NS: 2,
    CNAME: 5,
    SOA: 6,
    NULL: 10,
    PTR: 12,
    HINFO: 13,
    MX: 15,
    TXT: 16,
    RP: 17,
    AFSDB: 18,
    SIG: 24,
    KEY: 25,
    AAAA: 28,
    LOC: 29,
    SRV: 33,
    NAPTR: 35,
    CERT: 37,
    DNAME: 39,
    OPT: 41,
    APL: 42,
    DS: 43,
    SSHFP: 44,
    IPSECKEY: 45,
    RRSIG: 46,
    NSEC: 47,
    DNSKEY: 48,
    DHCID: 49,
    NSEC3: 50,
    NSEC3PARAM: 51,
    TLSA: 52,
    SMIMEA: 53,
    HIP: 55,
    CDS: 59,
    CDNSKEY: 60,
    OPENPGPKEY: 61,
    CSYNC: 62,
    ZONEMD: 63,
    SVCB: 64,
    HTTPS: 65,
    SPF: 99,
    TKEY: 249,
    TSIG: 250,
    IXFR: 251,
    AXFR: 252,
    ANY: 255,
    URI: 256,
    CAA: 257,
  }).map(([name, number]) => [String(number), name]),
);
const NAMES = new Set(TYPES.values());
const CODES = [
  'NOERROR',
  'FORMERR',
  'SERVFAIL',
  'NXDOMAIN',
  'NOTIMP',
  'REFUSED',
  'YXDOMAIN',
  'YXRRSET',
  'NXRRSET',
  'NOTAUTH',
  'NOTZONE',
];

/** The name of a type that is written as its number, `1 (A)` (Umbrella), or as it is; undefined for no type. */
export const typeNamed = (text: string): string | undefined => {
  const [, number, name = ''] = /^(\d{1,5})(?: \((\w{1,16})\))?$/.exec(text.trim()) ?? [];
  if (number !== undefined) return name === '' ? (TYPES.get(number) ?? `TYPE${number}`) : name;
  const upper = text.trim().toUpperCase();
  return NAMES.has(upper) || /^TYPE\d{1,5}$/.test(upper) ? upper : undefined;
};

/** The name of a response code that is written as its number, or as resolvers write it. */
export const codeNamed = (text: string): string =>
  CODES[/^\d{1,2}$/.test(text) ? Number(text) : -1] ?? (/^[A-Za-z]+$/.test(text) ? text.toUpperCase() : text);
