/**
 * Who asked for a pixel or a link: which program, on what, and whether a person need have been
 * there.
 *
 * <p>Publishes {@link carillon.platform.agents.UserAgents} and the {@link
 * carillon.platform.agents.Agent} it finds. It judges one request by its method and headers alone;
 * patterns over time, such as many links at once, are the caller's.
 */
package carillon.platform.agents;
