{{/* Names. */}}
{{- define "vigie.fullname" -}}
{{- ternary .Release.Name (printf "%s-vigie" .Release.Name) (contains "vigie" .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "vigie.image" -}}
{{- $image := .Values.image -}}
{{ $image.repository }}{{ if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* What every pod of the release bears; policies and budgets choose by it. Given: root, component. */}}
{{- define "vigie.selector" -}}
app.kubernetes.io/name: vigie
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "vigie.labels" -}}
{{ include "vigie.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "vigie.metadata" -}}
name: {{ include "vigie.fullname" .root }}-{{ .component }}
labels: {{- include "vigie.labels" . | nindent 2 }}
{{- end }}

{{/* The catalogue of the product: services with their groups and rights, topics. */}}
{{- define "vigie.catalogue" -}}{{ .Files.Get "generated/catalogue.json" }}{{- end }}

{{/* What a service is, beside what its page says: the one place that knows services by name. */}}
{{- define "vigie.traits" -}}
collection: { http: 8088, grpc: {{ ternary 4317 0 .Values.otlpGrpc.enabled }}, host: {{ .Values.ingress.ingestHost | quote }} }
gateway: { http: 8080, host: {{ .Values.ingress.gatewayHost | quote }} }
hunting: { disk: true }
{{- end }}

{{/*
One service: defaults, its own values, its traits, and how many there are. Given: root, service (of the catalogue).
A disk that one node has at a time leaves one replica; whose claim it is does not change that.
*/}}
{{- define "vigie.service" -}}
{{- $values := .root.Values -}}
{{- $name := .service.name -}}
{{- $traits := get (include "vigie.traits" .root | fromYaml) $name | default dict -}}
{{- $service := mergeOverwrite (deepCopy $values.defaults) (deepCopy (get $values.services $name)) $traits .service -}}
{{- $alone := and $service.disk (ne $values.lake.accessMode "ReadWriteMany") -}}
{{- $_ := set $service "scales" (and (not $alone) (or $values.keda.enabled $values.autoscaling.enabled)) -}}
{{- if $alone }}{{ $_ := set $service "replicas" 1 }}{{ end -}}
{{- if and $service.scales (gt (int $service.replicas) (int $service.maxReplicas)) -}}
{{- fail (printf "services.%s: %v replicas are more than its maxReplicas, %v" $name $service.replicas $service.maxReplicas) -}}
{{- end -}}
{{- range list "extraVolumes" "extraVolumeMounts" -}}
{{- $own := get (get $values.services $name) . | default list -}}
{{- $_ := set $service . (concat (get $values.defaults . | default list) $own) -}}
{{- end -}}
{{ $service | toYaml }}
{{- end }}

{{/* Of each topic by Strimzi: on a broker each. */}}
{{/* How large topics are made by our commands: a list as JSON. */}}
{{- define "vigie.size" -}}
{{- $size := list "--partitions" (toString .Values.kafka.partitions) -}}
{{- with int .Values.kafka.replicas }}{{ $size = concat $size (list "--replicas" (toString .)) }}{{ end -}}
{{- with int .Values.kafka.minInsync }}{{ $size = concat $size (list "--min-insync" (toString .)) }}{{ end -}}
{{ toJson $size }}
{{- end }}

{{- define "vigie.kafkaCopies" -}}{{ min 3 (int .Values.strimzi.brokers) }}{{- end }}

{{/* With the namespace: KEDA asks from its own. */}}
{{- define "vigie.kafkaBrokers" -}}
{{- $strimzi := printf "%s-kafka-bootstrap.%s.svc:9092" (include "vigie.fullname" .) .Release.Namespace -}}
{{- ternary $strimzi .Values.kafka.brokers .Values.strimzi.enabled -}}
{{- end }}

{{/* Secret and key of a service's password at Kafka. Given: root, name. */}}
{{- define "vigie.kafkaPassword" -}}
{{- with .root.Values.kafka.existingSecret -}}
{ name: {{ . }}, key: {{ $.name }} }
{{- else -}}
{{- ternary (printf "{ name: %s, key: password }" .name) (printf "{ name: vigie-kafka, key: %s }" .name) .root.Values.strimzi.enabled -}}
{{- end -}}
{{- end }}

{{/* Secret and key of the URL of a service's database. Given: root, name. */}}
{{- define "vigie.mongoUrl" -}}
{{- if .root.Values.mongo.operator.enabled -}}
{ name: {{ include "vigie.fullname" .root }}-mongo-{{ .name }}, key: connectionString.standard }
{{- else -}}
{ name: {{ .root.Values.mongo.existingSecret }}, key: {{ .name }} }
{{- end -}}
{{- end }}

{{/* The claim of the lake. */}}
{{- define "vigie.lakeClaim" -}}
{{- .Values.lake.existingClaim | default (printf "%s-lake" (include "vigie.fullname" .)) -}}
{{- end }}
