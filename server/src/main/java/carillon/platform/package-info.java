/**
 * What every feature stands on and none of them owns: settings, secrets and ids.
 *
 * <p>Publishes {@link carillon.platform.Settings}, {@link carillon.platform.Secret}, {@link
 * carillon.platform.DatabaseAddress} and {@link carillon.platform.Ids}; the packages below it add
 * the database, HTTP and the rest. Must not know any feature.
 */
package carillon.platform;
