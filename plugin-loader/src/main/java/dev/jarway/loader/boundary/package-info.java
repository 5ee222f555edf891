/** The line that every call into a plugin crosses: with the plugin's class loader, for a limited time, and back. */
@NullMarked
package dev.jarway.loader.boundary;

import org.jspecify.annotations.NullMarked;
