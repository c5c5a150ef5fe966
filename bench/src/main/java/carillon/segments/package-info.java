/** What benchmarks need of segments that is not published. */
package carillon.segments;
