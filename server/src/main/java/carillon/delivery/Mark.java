package carillon.delivery;

/**
 * What a message is known by outside: in the address its bounces go to, in its Message-ID, and in
 * what providers hand back. Only {@link Returns} reads one, and only from text this server signed.
 */
public record Mark(String profile, String source) {}
