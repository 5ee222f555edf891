/** What may hold the classes of a closed plugin: one class for each kind of holder, to clean it or to name it. */
@NullMarked
package dev.jarway.loader.leak;

import org.jspecify.annotations.NullMarked;
