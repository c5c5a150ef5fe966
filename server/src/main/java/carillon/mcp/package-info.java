/**
 * The API as tools for agents.
 *
 * <p>What the tools are: a {@link carillon.mcp.Toolbox} derives a {@link carillon.mcp.Tool} from
 * every declared operation; a tool turns its arguments into calls of an {@link
 * carillon.mcp.ApiClient}. Knows operations only by their declarations, and no feature.
 *
 * <p>How they are reached: {@link carillon.mcp.McpServer} serves them over HTTP and over standard
 * input and output; {@link carillon.mcp.Protocol} knows the messages, {@link
 * carillon.mcp.GuardedTools} what the owner of a key allows, {@link carillon.mcp.AuditLog} what was
 * done.
 */
package carillon.mcp;
