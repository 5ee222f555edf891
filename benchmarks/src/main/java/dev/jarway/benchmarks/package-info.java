/** The same work done by Jarway and by its peers, and what each takes for it. Start with {@link dev.jarway.benchmarks.Compare}. */
@NullMarked
package dev.jarway.benchmarks;

import org.jspecify.annotations.NullMarked;
