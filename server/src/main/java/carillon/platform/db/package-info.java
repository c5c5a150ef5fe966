/**
 * PostgreSQL: started by us or somebody else's, migrated, pooled, and spoken to in SQL.
 *
 * <p>Publishes {@link carillon.platform.db.Database} and {@link carillon.platform.db.Tx} with the
 * {@link carillon.platform.db.Statement} and {@link carillon.platform.db.Row} they hand out, the
 * exceptions they throw, and {@link carillon.platform.db.EmbeddedPostgres}. Must not know any
 * table: SQL belongs to the features.
 */
package carillon.platform.db;
