package carillon.bounces;

import java.time.Duration;

/**
 * What one who brings mail may take of us.
 *
 * @param connections open at once
 * @param perAddress of them from one address
 * @param silence longest wait for the next bytes
 * @param whole longest life of a connection
 * @param bytes largest mail; reports repeat the mail they are about, often whole
 */
record Limits(int connections, int perAddress, Duration silence, Duration whole, int bytes) {

  static final Limits STANDARD =
      new Limits(64, 16, Duration.ofSeconds(60), Duration.ofMinutes(5), 2 * 1024 * 1024);
}
