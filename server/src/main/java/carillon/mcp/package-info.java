/**
 * The API as tools for agents.
 *
 * <p>What the tools are: a {@link carillon.mcp.Toolbox} derives a {@link carillon.mcp.Tool} from
 * every declared operation; a tool turns its arguments into calls of an {@link
 * carillon.mcp.ApiClient}. Knows operations only by their declarations, and no feature.
 */
package carillon.mcp;
