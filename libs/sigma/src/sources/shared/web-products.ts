/** How one product lays a request out: the texts that tell it, where its parts are, and its headers. */
export type WebShape = {
  signs: readonly string[];
  fields: Readonly<Record<string, readonly string[]>>;
  headers?: string;
};

/**
 * Requests that lie deeper than by name: what stands under names of W3C, the best first. An address that the client
 * may have written (`X-Forwarded-For`) is none of it; where no path is named, the event does not say.
 */
export const SHAPES: readonly WebShape[] = [
  {
    // AWS WAF
    signs: ['httpRequest.clientIp', 'httpRequest.httpMethod'],
    fields: {
      'c-ip': ['httpRequest.clientIp'],
      'cs-method': ['httpRequest.httpMethod'],
      'c-uri': ['httpRequest.uri'],
      'cs-uri-query': ['httpRequest.args'],
      'sc-status': ['responseCodeSent'],
    },
    headers: 'httpRequest.headers',
  },
  {
    // Google Cloud's load balancers
    signs: ['httpRequest.requestUrl'],
    fields: {
      'c-ip': ['httpRequest.remoteIp'],
      dst_ip: ['httpRequest.serverIp'],
      'cs-method': ['httpRequest.requestMethod'],
      'c-uri': ['httpRequest.requestUrl'],
      'sc-status': ['httpRequest.status'],
      'sc-bytes': ['httpRequest.responseSize'],
      'cs-user-agent': ['httpRequest.userAgent'],
      'cs-referer': ['httpRequest.referer'],
    },
  },
  {
    // Azure's Application Gateway and Front Door, whose `clientIp` comes from what was forwarded
    signs: ['properties.requestUri'],
    fields: {
      'c-ip': ['properties.socketIp', 'properties.socketIP', 'properties.clientIP', 'properties.clientIp'],
      src_port: ['properties.clientPort'],
      'cs-method': ['properties.httpMethod'],
      'c-uri': ['properties.requestUri'],
      'cs-uri-query': ['properties.requestQuery'],
      'sc-status': ['properties.httpStatus', 'properties.httpStatusCode'],
      'cs-user-agent': ['properties.userAgent'],
      'cs-referer': ['properties.referer'],
      'cs-host': ['properties.originalHost', 'properties.hostName', 'properties.hostname', 'properties.host'],
      action: ['properties.action'],
      msg: ['properties.message', 'properties.ruleName'],
    },
  },
  {
    // Caddy, whose `client_ip` comes from what trusted proxies forwarded
    signs: ['request.remote_ip', 'request.remote_addr'],
    fields: {
      'c-ip': ['request.remote_ip', 'request.remote_addr'],
      'x-forwarded-for': ['request.client_ip'],
      src_port: ['request.remote_port'],
      'cs-method': ['request.method'],
      'c-uri': ['request.uri'],
      'cs-host': ['request.host'],
      'cs-username': ['user_id'],
    },
    headers: 'request.headers',
  },
  {
    // Traefik, whose `ClientHost` comes from what was forwarded
    signs: ['ClientAddr'],
    fields: { 'c-ip': ['ClientAddr'], 'x-forwarded-for': ['request_X-Forwarded-For', 'ClientHost'] },
  },
  {
    // Envoy, Istio and Envoy Gateway; the direct address is the peer's
    signs: ['downstream_direct_remote_address', 'downstream_remote_address', 'upstream_cluster'],
    fields: {
      'c-ip': ['downstream_direct_remote_address', 'downstream_remote_address'],
      dst_ip: ['downstream_local_address'],
      'cs-method': ['method', ':method'],
      'c-uri': ['path', 'x-envoy-origin-path', 'x-envoy-original-path', ':path'],
      'cs-host': ['authority', ':authority'],
      'sc-status': ['response_code'],
      'cs-bytes': ['bytes_received'],
      'sc-bytes': ['bytes_sent'],
      'cs-user-agent': ['user_agent', 'user-agent'],
      'x-forwarded-for': ['x_forwarded_for', 'x-forwarded-for'],
    },
  },
  {
    // Go's Echo, which takes whom a request is forwarded for as who asks
    signs: ['latency_human'],
    fields: { 'c-ip': [], 'x-forwarded-for': ['remote_ip'] },
  },
  {
    // ModSecurity 3
    signs: ['transaction.client_ip'],
    fields: {
      'c-ip': ['transaction.client_ip'],
      src_port: ['transaction.client_port'],
      dst_ip: ['transaction.host_ip'],
      dst_port: ['transaction.host_port'],
      'cs-method': ['transaction.request.method'],
      'c-uri': ['transaction.request.uri'],
      'sc-status': ['transaction.response.http_code'],
      'derived.time': ['transaction.time_stamp'],
      msg: ['transaction.messages.message'],
    },
    headers: 'transaction.request.headers',
  },
  {
    // ModSecurity 2
    signs: ['transaction.remote_address'],
    fields: {
      'c-ip': ['transaction.remote_address'],
      src_port: ['transaction.remote_port'],
      dst_ip: ['transaction.local_address'],
      dst_port: ['transaction.local_port'],
      request: ['request.request_line'],
      'sc-status': ['response.status'],
      'derived.time': ['transaction.time'],
      msg: ['audit_data.messages'],
    },
    headers: 'request.headers',
  },
];
