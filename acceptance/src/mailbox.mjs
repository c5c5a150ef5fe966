import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { eventually } from './waiting.mjs';

/** A real SMTP server that keeps what it gets. */
export class Mailbox {
  #server;
  #raw = [];
  #watchers = [];

  /** Milliseconds it takes to accept a mail. */
  slowness = 0;

  /** Answers the reply to refuse a recipient with, or nothing. */
  refuses = () => undefined;

  static async start() {
    const mailbox = new Mailbox();
    mailbox.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      onRcptTo: (address, _session, done) => done(mailbox.#refusal(address.address)),
      onData: (stream, session, done) => mailbox.#receive(stream, session, done),
    });
    mailbox.#server.on('error', () => {});
    await new Promise((listening) => mailbox.#server.listen(0, '127.0.0.1', listening));
    mailbox.url = `smtp://127.0.0.1:${mailbox.#server.server.address().port}?starttls=none`;
    return mailbox;
  }

  close() {
    return new Promise((closed) => this.#server.close(closed));
  }

  get count() {
    return this.#raw.length;
  }

  /** Forgets the mails so far. */
  clear() {
    this.#raw = [];
    this.#watchers = [];
  }

  /** The recipient of every mail, in order of arrival. */
  recipients() {
    return this.#raw.map((mail) => mail.to);
  }

  /** Where bounces of the mails to an address go, by the last of them. */
  senderTo(address) {
    return this.#raw.findLast((mail) => mail.to === address).from;
  }

  /** Calls back once, when as many mails have arrived. */
  whenCount(count, call) {
    this.#watchers.push({ count, call });
  }

  /** The mails to an address, parsed; waits until there are as many. */
  async mailsTo(address, count = 1) {
    const mine = () => this.#raw.filter((mail) => mail.to === address);
    await eventually(`${count} mail(s) to ${address}`, () => mine().length >= count);
    return Promise.all(mine().map(async (mail) => ({ ...mail, ...(await simpleParser(mail.source)) })));
  }

  #refusal(address) {
    const reply = this.refuses(address);
    return reply ? Object.assign(new Error(reply.text), { responseCode: reply.code }) : null;
  }

  async #receive(stream, session, done) {
    const chunks = [];
    for await (const chunk of stream) {
      chunks.push(chunk);
    }
    if (this.slowness > 0) {
      await pause(this.slowness);
    }
    const source = Buffer.concat(chunks);
    const from = session.envelope.mailFrom.address;
    session.envelope.rcptTo.forEach(({ address }) => this.#raw.push({ from, to: address, source }));
    done();
    this.#notify();
  }

  #notify() {
    const due = this.#watchers.filter(({ count }) => this.count >= count);
    this.#watchers = this.#watchers.filter(({ count }) => this.count < count);
    due.forEach(({ call }) => call());
  }
}
