{{/* Settings of a service, each NAME once, as a map to what stands under the name. Given: root, service. */}}
{{- define "vigie.settings" -}}
{{- $values := .root.Values -}}
{{- $given := dict "root" .root "name" .service.name -}}
{{- with .service -}}
KAFKA_BROKERS: { value: {{ include "vigie.kafkaBrokers" $.root | quote }} }
KAFKA_USERNAME: { value: {{ .name }} }
KAFKA_PASSWORD: { valueFrom: { secretKeyRef: {{ include "vigie.kafkaPassword" $given }} } }
MONGO_URL: { valueFrom: { secretKeyRef: {{ include "vigie.mongoUrl" $given }} } }
SERVICE_SIGNING_KEY: { valueFrom: { secretKeyRef: { name: {{ $values.keys.existingSecret }}, key: {{ .name }} } } }
TRUSTED_KEYS: { valueFrom: { secretKeyRef: { name: {{ $values.keys.existingSecret }}, key: trusted } } }
HEALTH_PORT: { value: "9464" }
LOG_LEVEL: { value: {{ $values.logLevel | quote }} }
{{- with $values.traces }}
{{- if .endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: { value: {{ .endpoint | quote }} }
OTEL_TRACES_SAMPLER: { value: parentbased_traceidratio }
OTEL_TRACES_SAMPLER_ARG: { value: {{ .share | quote }} }
{{- end }}
{{- end }}
{{- if .http }}
HTTP_PORT: { value: {{ .http | quote }} }
{{- if $values.identity.tokenIssuers }}
TOKEN_ISSUERS: { value: {{ $values.identity.tokenIssuers | toJson | quote }} }
{{- else }}
TOKEN_ISSUERS: { valueFrom: { configMapKeyRef: { name: {{ $values.identity.existingConfigMap }}, key: token-issuers } } }
{{- end }}
{{- end }}
{{- if hasKey . "secretsFile" }}
{{- if ne .name "collection" }}
EGRESS_ALLOW: { value: {{ include "vigie.privateAddresses" . | quote }} }
{{- end }}
{{- if .secretsFile }}
SECRETS_FILE: { value: /run/secrets/vigie/secrets.json }
{{- end }}
{{- end }}
{{- if eq .name "gateway" }}
OPERATOR_ADMINS: { value: {{ join "," $values.identity.operatorAdmins | quote }} }
{{- else if eq .name "collection" }}
OTLP_GRPC_PORT: { value: {{ .grpc | default "off" | quote }} }
SYSLOG_LISTENERS: { value: {{ include "vigie.syslogListeners" $.root | quote }} }
{{- if $values.syslog.tlsSecret }}
SYSLOG_TLS_CERT_FILE: { value: /run/secrets/syslog/tls.crt }
SYSLOG_TLS_KEY_FILE: { value: /run/secrets/syslog/tls.key }
{{- if $values.syslog.clientCa }}
SYSLOG_TLS_CLIENT_CA_FILE: { value: /run/secrets/syslog/ca.crt }
{{- end }}
{{- end }}
{{- /* All senders over HTTP have the addresses of the ingress: one address may have as many as all together. */}}
HTTP_MAX_CONNECTIONS_PER_ADDRESS: { value: {{ include "vigie.text" (get .env "HTTP_MAX_CONNECTIONS" | default 2048) | quote }} }
{{- else if eq .name "detection" }}
MATCH_PARTITIONS: { value: {{ $values.kafka.partitions | quote }} }
RULES_CACHE_DIR: { value: /tmp/compiled-rules }
{{- else if eq .name "hunting" }}
LAKE_DIR: { value: /data/lake }
{{- end }}
{{- end }}
{{- end }}

{{- define "vigie.privateAddresses" -}}
{{- $addresses := list -}}
{{- range .egress.private }}{{ $addresses = append $addresses .cidr }}{{ end -}}
{{ join "," (uniq $addresses) }}
{{- end }}

{{- define "vigie.syslogListeners" -}}
{{- $listeners := list -}}
{{- $taken := list -}}
{{- range .Values.syslog.listeners -}}
{{- $port := printf "%s %v" (lower (include "vigie.syslogProtocol" .)) .port -}}
{{- if and (eq .transport "tls") (not $.Values.syslog.tlsSecret) }}{{ fail "syslog.tlsSecret: a listener with tls needs its certificate" }}{{ end -}}
{{- range .clients }}{{ if and .name (not $.Values.syslog.clientCa) }}{{ fail "syslog.clientCa: a client that is known by name needs who signs its certificate" }}{{ end }}{{ end -}}
{{- if has $port $taken }}{{ fail (printf "syslog.listeners: two at %s" $port) }}{{ end -}}
{{- $taken = append $taken $port -}}
{{- $listeners = append $listeners (omit . "from") -}}
{{- end -}}
{{ toJson $listeners }}
{{- end }}

{{/* What a listener of syslog is to Kubernetes. */}}
{{- define "vigie.syslogProtocol" -}}
{{ if eq .transport "udp" }}UDP{{ else }}TCP{{ end }}
{{- end }}

{{/* A setting as text; a large number with all its digits. */}}
{{- define "vigie.text" -}}
{{- if kindIs "string" . }}{{ . }}{{ else }}{{ toJson . }}{{ end -}}
{{- end }}

{{/* The list of a container. What the values say of a service goes before what follows from the rest. */}}
{{- define "vigie.env" -}}
{{- $settings := include "vigie.settings" . | fromYaml -}}
{{- range $name, $value := .service.env }}{{ $_ := set $settings $name (dict "value" (include "vigie.text" $value)) }}{{ end -}}
{{- range $name, $ref := .service.secretEnv }}{{ $_ := set $settings $name (dict "valueFrom" (dict "secretKeyRef" $ref)) }}{{ end -}}
{{- range $name, $setting := $settings }}
- name: {{ $name }}
  {{- $setting | toYaml | nindent 2 }}
{{- end }}
{{- end }}
