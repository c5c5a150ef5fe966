/**
 * What browsers and apps may do with nothing but the public company id: record events, say who
 * somebody is, subscribe, register devices; and the script that does so for a page.
 *
 * <p>Published: {@link carillon.client.ClientApi} with the operations and {@link
 * carillon.client.ScriptPage} with the script. All that comes in here is a claim of a stranger. It
 * must change nothing that identifies somebody known, answer the same whether or not somebody is
 * known, and tell nothing about anybody.
 */
package carillon.client;
