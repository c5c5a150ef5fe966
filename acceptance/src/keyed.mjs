import http from 'node:http';

/** A door to a server for clients that bring no key: every request is handed on with one. */
export class KeyedDoor {
  #server;

  static async open(target, key) {
    const door = new KeyedDoor();
    door.#server = http.createServer((request, response) => {
      const headers = { ...request.headers, authorization: `Bearer ${key}` };
      const onward = http.request(target + request.url, { method: request.method, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    await new Promise((listening) => door.#server.listen(0, '127.0.0.1', listening));
    door.url = `http://127.0.0.1:${door.#server.address().port}`;
    return door;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(closed));
  }
}
