import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const POLL = 25;

/** Asks until the answer is truthy, and answers it; fails with what was asked for when that takes too long. */
export async function eventually(what, ask, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${seconds} s in vain for ${what}`);
    }
    await pause(POLL);
  }
}

/** A port nobody listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
