import { TOKEN, type Shipper, type ShipperPlace } from './shipper.js';

const http = ({
  url,
  source,
}: ShipperPlace): string => `# otelcol-contrib --config vigie.yaml; ${TOKEN} is set in its environment
extensions:
  file_storage: { directory: /var/lib/otelcol, create_directory: true }
receivers:
  filelog:
    include: ["/var/log/events/*.json"]  # one event a line, as the vendor writes it
    start_at: beginning
    include_file_path: true
    storage: file_storage
exporters:
  otlphttp/vigie:
    logs_endpoint: ${url}/v1/logs?source=${source}
    encoding: json
    compression: gzip
    headers: { Authorization: "Bearer \${env:${TOKEN}}" }
    sending_queue: { storage: file_storage }
    retry_on_failure: { max_elapsed_time: 0 }
service:
  extensions: [file_storage]
  pipelines:
    logs: { receivers: [filelog], exporters: [otlphttp/vigie] }
`;

export const collector: Shipper = { name: 'collector', ways: { http } };
