/**
 * Benchmarks: each is a main that starts what it needs on this machine, loads it, measures the
 * limit beside it in the same run and prints both. Results are kept in {@code docs/benchmarks.md}.
 */
package carillon.bench;
