/**
 * The program: {@link carillon.server.Main} reads the command line, {@link
 * carillon.server.Carillon} wires all parts by constructors and starts them, {@link
 * carillon.server.Api} lists the operations of all features. Knows everything; known by nobody.
 */
package carillon.server;
