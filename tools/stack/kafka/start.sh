#!/bin/bash
# Starts Kafka in its container: fills in server.properties, formats an empty volume with the two users every
# installation begins with (`vigie provision` makes the others), and runs the broker. Passwords stay in files and memory.
set -euo pipefail
umask 077
: "${KAFKA_HOME:=/opt/kafka}" "${CONFIG_DIR:=/tmp/kafka-config}" "${TEMPLATE:=/vigie/server.properties}"
: "${DATA_DIR:=/var/lib/kafka/data}" "${LISTEN_HOST:=0.0.0.0}" "${CONTROLLER_PORT:=9093}"
mkdir -p "$CONFIG_DIR"

config=$(<"$TEMPLATE")
for name in CONTROLLER_PORT LISTEN_HOST INTERNAL_PORT PARTNER_PORT INTERNAL_HOST PARTNER_HOST DATA_DIR BROKER_PASSWORD; do
  config=${config//"\${$name}"/"${!name:?$name is not set}"}
done
printf '%s\n' "$config" > "$CONFIG_DIR/server.properties"

if [ ! -f "$DATA_DIR/meta.properties" ]; then
  printf -- '--add-scram\nSCRAM-SHA-512=[name=%s,password=%s]\n' broker "$BROKER_PASSWORD" admin "${ADMIN_PASSWORD:?ADMIN_PASSWORD is not set}" > "$CONFIG_DIR/users"
  "$KAFKA_HOME/bin/kafka-storage.sh" format -t "$("$KAFKA_HOME/bin/kafka-storage.sh" random-uuid)" -c "$CONFIG_DIR/server.properties" "@$CONFIG_DIR/users"
  rm "$CONFIG_DIR/users"
fi
exec "$KAFKA_HOME/bin/kafka-server-start.sh" "$CONFIG_DIR/server.properties"
