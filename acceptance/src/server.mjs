import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findJava } from './jdk.mjs';
import { eventually, freePort } from './waiting.mjs';

const TARGET = resolve(dirname(fileURLToPath(import.meta.url)), '../../server/target');
const JAVA = findJava();
const TERMINATED = 128 + 15;

/** The account of every server started here. */
export const COMPANY = 'ACCEPT';
export const KEY = 'pk_acceptance_0123456789abcdef0123456789';

/** The words that run a command of the program as packaged. */
export function javaCommand(...given) {
  return [
    JAVA, '-XX:+UseSerialGC', '-Xshare:auto', '-Xmx512m', '--enable-native-access=ALL-UNNAMED',
    '-cp', `${TARGET}/carillon.jar:${TARGET}/lib/*`, 'carillon.server.Main', ...given,
  ];
}

/** A new folder for a server's data, open to the user the embedded PostgreSQL runs as. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-acceptance-'));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
}

/** A server process, the jars as packaged. */
export class Server {
  #child;
  #exited;

  constructor(folder, port, log) {
    this.folder = folder;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.logFile = log;
  }

  /** Starts a server on the data of a folder and returns when it is ready. */
  static async start({ folder, port, env = {}, name = 'server' }) {
    const server = new Server(folder, port ?? (await freePort()), join(folder, `${name}.log`));
    server.#spawn(env);
    await server.#ready();
    return server;
  }

  #spawn(env) {
    const out = openSync(this.logFile, 'a');
    const [command, ...given] = javaCommand('serve');
    this.#child = spawn(command, given, {
      cwd: this.folder,
      env: this.#environment(env),
      stdio: ['ignore', out, out],
    });
    const child = this.#child;
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    this.#exited = new Promise((done) =>
      child.once('exit', (code, signal) => {
        process.off('exit', kill);
        done({ code, signal });
      }),
    );
  }

  #environment(env) {
    const plain = Object.entries(process.env).filter(([name]) => !name.startsWith('CARILLON_'));
    return {
      ...Object.fromEntries(plain),
      CARILLON_PORT: String(this.port),
      CARILLON_DATA_DIR: join(this.folder, 'data'),
      CARILLON_RATE_LIMITS: 'off',
      CARILLON_COMPANY_ID: COMPANY,
      CARILLON_PRIVATE_KEY: KEY,
      CARILLON_LOG_FORMAT: 'text',
      ...env,
    };
  }

  async #ready() {
    await eventually(`${this.url} to be ready`, async () => {
      if (this.#child.exitCode !== null) {
        throw new Error(`the server ended with ${this.#child.exitCode}:\n${this.log()}`);
      }
      const answer = await fetch(`${this.url}/health/ready`).catch(() => null);
      return answer?.status === 200;
    }, 60);
  }

  /** Everything the server has said. */
  log() {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Asks it to stop, and fails when it does not do so in order. */
  async stop() {
    this.#child.kill('SIGTERM');
    const { code } = await this.#exited;
    if (code !== TERMINATED || !this.log().includes('stopped')) {
      throw new Error(`the server ended with ${code}:\n${this.log()}`);
    }
  }

  /** Ends it without a chance to clean up; no harm when it has ended before. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Where its embedded PostgreSQL listens, as the postmaster's own file tells. */
  postgres() {
    const cluster = join(this.folder, 'data', 'postgres');
    const [pid, , , port] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const password = readFileSync(join(cluster, 'carillon.password'), 'utf8').trim();
    return { pid: Number(pid), url: `postgresql://carillon:${password}@127.0.0.1:${port.trim()}/carillon` };
  }
}
