#!/bin/sh
# The services sign in as `triwatch`, which owns nothing and inherits nothing: all it can do is take on, for one
# transaction at a time, a role that the migrations grant to it (docs/adr/0003-one-login-three-roles.md).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$SERVICE_PASSWORD" --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE triwatch LOGIN NOINHERIT PASSWORD :'password';
SQL
