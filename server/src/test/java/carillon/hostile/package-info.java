/**
 * Generated wrong requests: bodies and queries broken in every place, sent as raw bytes so that no
 * client library repairs them, and a watch on the database that tells whether anything changed.
 */
package carillon.hostile;
