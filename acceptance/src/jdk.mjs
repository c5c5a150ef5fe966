import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const FOLDERS = ['/usr/lib/jvm', '/opt', join(homedir(), '.sdkman/candidates/java'), join(homedir(), '.jdks')];

/** The java of a JDK 25: of JAVA_HOME, of the usual folders, or of the path. */
export function findJava() {
  const found = candidates().find(is25);
  if (!found) {
    throw new Error('No JDK 25 was found. Install one, or set JAVA_HOME to it.');
  }
  return found;
}

function candidates() {
  const homes = [process.env.JAVA_HOME, ...FOLDERS.flatMap(installed)].filter(Boolean);
  return [...homes.map((home) => join(home, 'bin', 'java')), ...onPath()];
}

function installed(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.includes('25')).map((name) => join(folder, name));
}

function onPath() {
  try {
    const java = execFileSync('sh', ['-c', 'command -v java'], { encoding: 'utf8' }).trim();
    return [join(dirname(realpathSync(java)), 'java')];
  } catch {
    return [];
  }
}

function is25(java) {
  return existsSync(java) && spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr.includes('version "25');
}
