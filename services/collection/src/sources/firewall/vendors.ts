/** What an event of a firewall is about, where it is no traffic. */
export type Activity = 'logon' | 'logon-failed' | 'logoff' | 'config' | 'web' | 'detection' | 'translation' | 'device';

type KnownActivity = readonly [activity: Activity, when: Readonly<Record<string, RegExp>>];

const FORTINET = { logid: /^\d{10}$/ };
const SONIC_WALL = { sn: /./, m: /^\d{1,4}$/ };
const SOPHOS = { log_component: /./ };
const PALO_ALTO = { deviceVendor: /^palo alto/i };
const BAD = /fail|den|reject|invalid|error/i;

/** By the vendors' own fields; the first whose fields all fit. */
export const VENDORS: readonly KnownActivity[] = [
  // FortiGate, also as CEF; FortiWeb.
  [
    'logoff',
    {
      ...FORTINET,
      type: /^event$/,
      action: /^(?:logout|tunnel-down|auth-logout|FSSO-logoff)$/i,
      subtype: /^(?:system|user|vpn)$/,
      user: /^(?!N\/A$)./,
    },
  ],
  ['logon-failed', { ...FORTINET, type: /^event$/, action: /^(?:ssl-login-fail|ssl-exit-fail)$/ }],
  [
    'logon-failed',
    { ...FORTINET, type: /^event$/, action: /^(?:login|authentication|auth-logon|FSSO-logon)$/i, status: BAD },
  ],
  ['logon', { ...FORTINET, type: /^event$/, action: /^(?:login|authentication|auth-logon|FSSO-logon)$/i }],
  ['logon', { ...FORTINET, type: /^event$/, subtype: /^vpn$/, action: /^tunnel-up$/, user: /^(?!N\/A$)./ }],
  ['config', { ...FORTINET, type: /^event$/, cfgpath: /./ }],
  ['device', { ...FORTINET, type: /^event$/ }],
  ['web', { ...FORTINET, type: /^utm$/, subtype: /^webfilter$/ }],
  ['detection', { ...FORTINET, type: /^utm$/, subtype: /^(?:virus|ips|anomaly|waf|dlp|emailfilter)$/ }],
  ['detection', { device_id: /^FV/, type: /^attack$/ }],
  // Sophos.
  ['logon-failed', { ...SOPHOS, log_subtype: /^(?:Authentication|Admin)$/, status: BAD }],
  ['logon', { ...SOPHOS, log_subtype: /^Authentication$/, status: /^Success/ }],
  ['logoff', { ...SOPHOS, log_subtype: /^Admin$/, message: /logged out/ }],
  ['logon', { ...SOPHOS, log_subtype: /^Admin$/, message: /logged in/ }],
  ['config', { ...SOPHOS, log_subtype: /^Admin$/ }],
  ['detection', { ...SOPHOS, log_type: /^(?:IDP|ATP|Anti-?Virus|WAF|Sandbox)/i }],
  ['web', { ...SOPHOS, log_type: /^Content Filtering$/ }],
  ['device', { ...SOPHOS, log_type: /^(?:Event|System Health|Heartbeat)$/ }],
  ['logon-failed', { sys: /./, sub: /^auth$/, name: BAD }],
  ['logon', { sys: /./, sub: /^auth$/, name: /success/i }],
  ['web', { sys: /./, sub: /^http$/ }],
  // SonicWall; Stormshield.
  ['logon-failed', { ...SONIC_WALL, m: /^(?:30|32|33|35|200|236|238)$/ }],
  ['logon', { ...SONIC_WALL, m: /^(?:29|31|199|235|237|1080)$/ }],
  ['logoff', { ...SONIC_WALL, m: /^26[1-5]$/ }],
  ['detection', { ...SONIC_WALL, m: /^(?:82|83|608|609|789|790|794|795|809)$/ }],
  ['logon', { logtype: /^auth$/, user: /./, error: /^0$/ }],
  ['logon-failed', { logtype: /^auth$/, error: /^[1-9]/ }],
  ['detection', { logtype: /^alarm$/ }],
  ['device', { logtype: /^(?:system|monitor|vpn|xvpn|count)$/ }],
  // Check Point.
  ['logon-failed', { product: /./, action: /^Failed Log ?In$/i }],
  ['logon', { product: /./, action: /^Log ?In$/i }],
  ['logoff', { product: /./, action: /^Log ?Out$/i }],
  ['config', { administrator: /./, operation: /./ }],
  ['detection', { product: /^(?:SmartDefense|IPS|Anti-?(?:Bot|Virus|Malware)|New Anti Virus|Threat Emulation)$/i }],
  // Palo Alto as CEF.
  ['config', { ...PALO_ALTO, name: /^CONFIG$/i }],
  ['device', { ...PALO_ALTO, name: /^SYSTEM$/i }],
  ['web', { ...PALO_ALTO, name: /^THREAT$/i, signatureId: /^url$/i }],
  ['detection', { ...PALO_ALTO, name: /^THREAT$/i, signatureId: /^(?!file$|data$)/i }],
  // F5's application firewall, UniFi's threats.
  ['detection', { ip_client: /./, violations: /^(?!N\/A$)./ }],
  ['detection', { deviceVendor: /^Ubiquiti$/i, name: /^Threat Detected/i }],
  // The Elastic Common Schema.
  ['logon-failed', { 'event.category': /^authentication$/, 'event.outcome': /^failure$/ }],
  ['logoff', { 'event.category': /^authentication$/, 'event.action': /log(?:ged)?[-_ ]?(?:out|off)/i }],
  ['logon', { 'event.category': /^authentication$/, 'event.outcome': /^success$/ }],
  ['config', { 'event.category': /^configuration$/ }],
  ['detection', { 'event.category': /^intrusion_detection$/ }],
];
