/** Suites and clients of others, run against a gateway. */
@NullMarked
package dev.jarway.conformance;

import org.jspecify.annotations.NullMarked;
