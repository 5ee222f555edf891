/** One class loader for each generation, and PF4J, which keeps them. PF4J is known to this package alone. */
@NullMarked
package dev.jarway.loader.isolation;

import org.jspecify.annotations.NullMarked;
