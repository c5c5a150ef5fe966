import net from 'node:net';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Brings one mail as a mail server does; answers the reply to it, or the first refusal. */
export async function bring(port, recipient, mail, sender = '') {
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const reply = async () => {
    for (;;) {
      const { value } = await lines.next();
      if (value[3] !== '-') {
        return value;
      }
    }
  };
  try {
    await reply();
    const content = `${mail.trim().replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`;
    let last;
    for (const line of ['EHLO mta.invalid', `MAIL FROM:<${sender}>`, `RCPT TO:<${recipient}>`, 'DATA', content]) {
      socket.write(`${line}\r\n`);
      last = await reply();
      if (last >= '4') {
        break;
      }
    }
    return last;
  } finally {
    socket.destroy();
  }
}
