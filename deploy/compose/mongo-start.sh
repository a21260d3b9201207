#!/bin/bash
# Starts mongod as a replica set with passwords. Its members must share a key file; it is derived from the password at each
# start, so that no secret lies in the project or in the image.
set -eu
key=${MONGO_KEY_FOLDER:-/run/mongo}/keyfile
printf 'themeline replica set key:%s' "$MONGO_INITDB_ROOT_PASSWORD" | sha512sum | cut -c1-128 >"$key.new"
chmod 400 "$key.new"
chown mongodb:mongodb "$key.new"
mv -f "$key.new" "$key"
# Of several members only the first makes the root user: the others must be empty to be taken in, and get it from there. In a
# StatefulSet the name says which one it is.
case ${MONGO_MEMBER:-$HOSTNAME} in
  mongo-[1-9]*) unset MONGO_INITDB_ROOT_USERNAME MONGO_INITDB_ROOT_PASSWORD ;;
esac
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile "$key" --bind_ip_all --networkMessageCompressors disabled \
  --wiredTigerCacheSizeGB "${MONGO_CACHE_GB:-1}"
