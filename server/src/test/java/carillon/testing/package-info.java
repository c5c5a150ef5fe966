/** What tests share: a database that is started once, and ids and times that can be foretold. */
package carillon.testing;
