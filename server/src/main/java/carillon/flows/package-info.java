/**
 * Flows: what is sent to people because of something they did.
 *
 * <p>Published: {@link carillon.flows.Flows}, which tells features below it (lists, metrics) what
 * they start, without their knowing flows: they take it as a {@link
 * carillon.jsonapi.Relation.Included}, of which {@link carillon.flows.Triggers} makes operations.
 * Flows can be created nowhere yet, so nothing starts any.
 */
package carillon.flows;
