{{/* Restricted pod security: of a pod, and of a container. */}}
{{- define "vigie.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The same for containers of operators, which bring their own pods and users. */}}
{{- define "vigie.restricted" -}}
allowPrivilegeEscalation: false
runAsNonRoot: true
capabilities: { drop: [ALL] }
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "vigie.container" -}}
image: {{ include "vigie.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{/* Where pods may run. Given: a service, or `defaults` for what is none. */}}
{{- define "vigie.placement" -}}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "vigie.probe" -}}
httpGet: { path: /health/{{ . }}, port: health }
timeoutSeconds: 5
{{- end }}

{{/* The template of a service's pods. Given: root, service. */}}
{{- define "vigie.pod" -}}
{{- $given := dict "root" .root "component" .service.name -}}
{{- $values := .root.Values -}}
{{- with .service -}}
metadata:
  labels: {{- include "vigie.selector" $given | nindent 4 }}
  {{- with .podAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "vigie.fullname" $.root }}
  {{- include "vigie.podSecurity" $.root | nindent 2 }}
  terminationGracePeriodSeconds: {{ .terminationGracePeriodSeconds }}
  {{- include "vigie.placement" . | nindent 2 }}
  topologySpreadConstraints:
    {{- range $key, $when := dict "topology.kubernetes.io/zone" $values.topologySpread.whenUnsatisfiable "kubernetes.io/hostname" "ScheduleAnyway" }}
    - topologyKey: {{ $key }}
      maxSkew: 1
      whenUnsatisfiable: {{ $when }}
      labelSelector: { matchLabels: {{ include "vigie.selector" $given | fromYaml | toJson }} }
      {{- if not $.service.disk }}
      matchLabelKeys: [pod-template-hash]
      {{- end }}
    {{- end }}
  containers:
    - name: {{ .name }}
      {{- include "vigie.container" $.root | nindent 6 }}
      args: [{{ .name }}]
      env: {{- include "vigie.env" $ | nindent 8 }}
      ports:
        - { name: health, containerPort: 9464 }
        {{- if .http }}
        - { name: http, containerPort: {{ .http }} }
        {{- end }}
        {{- if .grpc }}
        - { name: otlp-grpc, containerPort: {{ .grpc }} }
        {{- end }}
        {{- if eq .name "collection" }}
        {{- range $values.syslog.listeners }}
        - { name: {{ .transport }}-{{ .port }}, containerPort: {{ .port }}, protocol: {{ include "vigie.syslogProtocol" . }} }
        {{- end }}
        {{- end }}
      # Tenants' settings are read to their end first, and a first start waits for Kafka: ten minutes.
      startupProbe: {{- include "vigie.probe" "ready" | nindent 8 }}
        periodSeconds: 5
        failureThreshold: 120
      readinessProbe: {{- include "vigie.probe" "ready" | nindent 8 }}
        periodSeconds: 10
        failureThreshold: 3
      livenessProbe: {{- include "vigie.probe" "live" | nindent 8 }}
        periodSeconds: 10
        failureThreshold: 6
      resources: {{- toYaml .resources | nindent 8 }}
      volumeMounts: {{- include "vigie.mounts" $ | nindent 8 }}
  volumes: {{- include "vigie.volumes" $ | nindent 4 }}
{{- end }}
{{- end }}

{{- define "vigie.mounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if .service.disk }}
- { name: lake, mountPath: /data/lake }
{{- end }}
{{- if .service.secretsFile }}
- { name: secrets, mountPath: /run/secrets/vigie, readOnly: true }
{{- end }}
{{- if and (eq .service.name "collection") .root.Values.syslog.tlsSecret }}
- { name: syslog-tls, mountPath: /run/secrets/syslog, readOnly: true }
{{- end }}
{{- with .service.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "vigie.volumes" -}}
- { name: tmp, emptyDir: { sizeLimit: 1Gi } }
{{- if .service.disk }}
- name: lake
  persistentVolumeClaim:
    claimName: {{ include "vigie.lakeClaim" .root }}
{{- end }}
{{- if .service.secretsFile }}
- { name: secrets, secret: { secretName: {{ .service.secretsFile }}, defaultMode: 0440 } }
{{- end }}
{{- if and (eq .service.name "collection") .root.Values.syslog.tlsSecret }}
- { name: syslog-tls, secret: { secretName: {{ .root.Values.syslog.tlsSecret }}, defaultMode: 0440 } }
{{- end }}
{{- with .service.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
