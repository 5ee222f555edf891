/** What stands in a plugin JAR, and whether it may be loaded: found out without loading a class of it. */
@NullMarked
package dev.jarway.loader.jar;

import org.jspecify.annotations.NullMarked;
