import { createHash } from 'node:crypto';
import { readDocuments } from '../rule/documents.js';
import { DEFAULT_LIMITS } from '../rule/limits.js';
import { readRule } from '../rule/detection-rule.js';
import { Spending } from '../rule/spending.js';

/** Some of everything a rule may say. */
export const PROBE = `
title: probe
id: probe
name: probe
level: high
status: test
description: ' text '
author: nobody
tags: [attack.t1059.001, attack.credential-access, attack.s0001]
logsource: { product: Windows, category: process_creation, definition: d }
falsepositives: [Unknown]
references: [r]
fields: [F]
vigie: { groupBy: [A], windowMinutes: 5, runbook: r, tests: [{ name: n, event: { A: 1 }, matches: true }] }
detection:
  keywords: [word, 'a*b', 7]
  maps: [{ A: 1, B: null }, { C: '', D: true, E: 1.5 }, { F: 0755, G: 1.10 }]
  text: { A|contains: 'x\\*?y\\\\', B|startswith|cased: Ab, C|endswith: ['1?', '*z'], D|contains|all: [p, q], E|neq: n, F|windash|contains: ' -a/b' }
  coded: { A|base64offset|contains: abc, B|wide|base64: d, C|utf16be|base64: e, D|windash|base64: '-f' }
  tests: { A|re: 'a.*b(c|d)+', B|re|i|m|s: ^x, C|cidr: 10.0.0.0/8, D|fieldref|endswith: E, F|exists: false, G|gte: 3, H|hour: 4, I|expand: '%none%' }
  condition: (keywords or 1 of m*) and not all of te* or coded
`;

let fingerprint: Buffer | undefined;

/** Changes with how rules are read, as far as one rule can tell. */
export const fingerprintOfReading = (): Buffer => {
  if (!fingerprint) {
    const spent = new Spending(DEFAULT_LIMITS);
    const { documents } = readDocuments({ path: 'probe.yml', text: PROBE }, spent);
    const rules = documents
      .map((document) => readRule(document, {}, spent))
      .map(({ rule, condition }) => ({ rule, condition }));
    fingerprint = createHash('sha256').update(JSON.stringify(rules)).digest();
  }
  return fingerprint;
};
