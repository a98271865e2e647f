// A database of one's own on the PostgreSQL server that `COLLOQUY_TEST_POSTGRES` names.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const SERVER = process.env.COLLOQUY_TEST_POSTGRES;

/** Why there is nothing to test on, or false. Without the variable it is a fault, unless it is said to be meant. */
export const skipPostgres = !SERVER && process.env.COLLOQUY_TEST_SQLITE_ONLY === "1" && "COLLOQUY_TEST_SQLITE_ONLY=1";

/** Makes an empty database; `url` is its address, `drop()` takes it away again. */
export async function freshDatabase() {
  if (!SERVER) {
    throw new Error(
      "COLLOQUY_TEST_POSTGRES is not set: give the address of a PostgreSQL server to test on " +
        "(postgres://user@host:port/database), or COLLOQUY_TEST_SQLITE_ONLY=1 to leave that half out",
    );
  }
  const name = `end2end_${process.pid}_${Date.now()}`;
  const run = (sql) => promisify(execFile)("psql", ["--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", "-c", sql, SERVER]);
  await run(`CREATE DATABASE ${name}`);
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
