/**
 * A small invented shop, put into a running server through its own API: people, 90 days of browsing
 * and orders, lists, a template and a campaign that is really sent, opened, clicked and bought
 * from.
 *
 * <p>Knows the server only by its address and a key, as any client would.
 */
package carillon.demo;
