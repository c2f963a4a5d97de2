{{/* What a command works on, as the administrator of Kafka. Given: root, mongo (whose URL of the store). */}}
{{- define "vigie.adminEnv" -}}
- { name: KAFKA_BROKERS, value: {{ include "vigie.kafkaBrokers" .root | quote }} }
- { name: KAFKA_ADMIN_USERNAME, value: {{ .root.Values.kafka.adminUsername | quote }} }
- name: KAFKA_ADMIN_PASSWORD
  valueFrom: { secretKeyRef: {{ include "vigie.adminPassword" .root }} }
- name: MONGO_URL
  valueFrom: { secretKeyRef: {{ include "vigie.mongoUrl" (dict "root" .root "name" .mongo) }} }
{{- with .root.Values.defaults }}
{{- range $name, $value := .env }}
- { name: {{ $name }}, value: {{ include "vigie.text" $value | quote }} }
{{- end }}
{{- range $name, $ref := .secretEnv }}
- { name: {{ $name }}, valueFrom: { secretKeyRef: {{ toJson $ref }} } }
{{- end }}
{{- end }}
{{- end }}

{{/* The key `admin` of a Secret of ours; Strimzi's is called after the user. */}}
{{- define "vigie.adminPassword" -}}
{{- $name := ternary .Values.kafka.adminUsername "admin" (and .Values.strimzi.enabled (not .Values.kafka.existingSecret)) -}}
{{- include "vigie.kafkaPassword" (dict "root" . "name" $name) -}}
{{- end }}

{{- define "vigie.commandMounts" -}}
- { name: tmp, mountPath: /tmp }
- { name: tmp, mountPath: /app/.stack, subPath: stack }
{{- with .Values.defaults.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "vigie.commandVolumes" -}}
- { name: tmp, emptyDir: { sizeLimit: 100Mi } }
{{- with .Values.defaults.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
