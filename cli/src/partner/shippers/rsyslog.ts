import { PASSWORD, protocolOf, type Shipper, type ShipperPlace } from './shipper.js';

/** A queue on disk that waits for as long as it takes. */
const PATIENT = `queue.type="LinkedList" queue.filename="vigie" queue.maxDiskSpace="1g" queue.saveOnShutdown="on"
  action.resumeRetryCount="-1"`;

const kafka = (
  place: ShipperPlace,
): string => `# /etc/rsyslog.d/60-vigie.conf; ${PASSWORD} is set in the service's environment (systemctl edit rsyslog: EnvironmentFile=)
# librdkafka 2.6.1 or later: older ones cannot log in to Kafka 4
module(load="omkafka")
action(type="omkafka" broker=[${place.brokers.map((broker) => `"${broker}"`).join(', ')}] topic="${place.topic}" template="RSYSLOG_SyslogProtocol23Format"
  confParam=["security.protocol=${protocolOf(place)}", "sasl.mechanism=SCRAM-SHA-512", "sasl.username=${place.username}",
    \`echo sasl.password=$${PASSWORD}\`, "compression.codec=gzip", "acks=all"]
  resubmitOnFailure="on" keepFailedMessages="on" failedMsgFile="vigie-failed"
  ${PATIENT})
`;

const forward = ({ syslog }: ShipperPlace): string => {
  const colon = syslog.lastIndexOf(':');
  return `action(type="omfwd" target="${syslog.slice(0, colon)}" port="${syslog.slice(colon + 1)}" protocol="tcp" TCP_Framing="octet-counted"
  template="RSYSLOG_SyslogProtocol23Format"`;
};

const tcp = (
  place: ShipperPlace,
): string => `# /etc/rsyslog.d/60-vigie.conf; the port belongs to the source, so there is no secret: let it be reached by this host alone
${forward(place)}
  ${PATIENT})
`;

const tls = (
  place: ShipperPlace,
): string => `# /etc/rsyslog.d/60-vigie.conf; needs the package rsyslog-openssl (or rsyslog-gnutls, and "gtls" in the place of "ossl")
global(defaultNetstreamDriverCAFile="${place.syslogCa}")
${forward(place)}
  StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="${place.syslog.slice(0, place.syslog.lastIndexOf(':'))}"
  ${PATIENT})
`;

export const rsyslog: Shipper = { name: 'rsyslog', ways: { kafka, tcp, tls } };
