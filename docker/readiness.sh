#!/usr/bin/env bash
# Succeeds when Guiling takes work. Speaks HTTP through bash's own /dev/tcp, so the image needs neither curl nor wget.
set -euo pipefail

exec 3<>"/dev/tcp/127.0.0.1/${SERVER_PORT:-8080}"
printf 'GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r -t 4 status <&3
echo "${status%$'\r'}"
[[ $status == "HTTP/1.1 200"* ]]
