/**
 * What others tell about our mails: bounces and complaints that come by SMTP, and the notices of
 * providers that come over HTTP. It verifies and reads them; what they mean is decided by {@link
 * carillon.delivery.Returns}.
 *
 * <p>Published: {@link carillon.bounces.Bounces}. It knows no profiles and no consent.
 */
package carillon.bounces;
