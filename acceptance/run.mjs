// What `mvn verify` runs: the packages of the lock file, installed when it has changed, and all tests.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const STAMP = 'node_modules/.installed';
const TESTS = ['test/all.test.mjs', 'crash/short.test.mjs'];

process.chdir(dirname(fileURLToPath(import.meta.url)));
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(STAMP, lock);
}
run(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...TESTS]);

function run(command, given) {
  const { status, error } = spawnSync(command, given, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(error ?? `${command} failed`);
    process.exit(1);
  }
}
