package carillon.mcp;

/**
 * What is told of a tool to those who decide whether it may be called.
 *
 * @param readOnly changes nothing
 * @param destructive may take away or overwrite what was there
 * @param idempotent doing it twice has no further effect
 * @param openWorld acts on people or places outside of the server
 */
record Hints(boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {}
