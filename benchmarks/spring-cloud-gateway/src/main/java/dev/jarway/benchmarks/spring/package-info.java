/** Spring Cloud Gateway, bare or with five filters that do what Jarway's samples do. */
@NullMarked
package dev.jarway.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
