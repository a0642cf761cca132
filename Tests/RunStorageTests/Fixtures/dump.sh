#!/bin/sh
# Writes the SQL that makes a store again, for the tests of migrations: dump.sh STORE > version-N.sql
set -eu
store=$1
echo "PRAGMA journal_mode=WAL;"
sqlite3 "$store" .dump
echo "PRAGMA application_id=$(sqlite3 "$store" 'PRAGMA application_id');"
echo "PRAGMA user_version=$(sqlite3 "$store" 'PRAGMA user_version');"
