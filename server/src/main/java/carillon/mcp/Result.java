package carillon.mcp;

import tools.jackson.databind.node.ObjectNode;

/**
 * How a call of a tool ended.
 *
 * @param structured data, included, links, meta, errors, each only when there is something
 * @param text the same for reading
 */
record Result(ObjectNode structured, String text, boolean isError) {}
