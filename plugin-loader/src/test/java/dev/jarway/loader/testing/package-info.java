/** Plugin JARs made on the fly, for tests of the loader and of whatever stands on it. */
@NullMarked
package dev.jarway.loader.testing;

import org.jspecify.annotations.NullMarked;
