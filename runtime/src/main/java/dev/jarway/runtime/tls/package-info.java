/** The certificates of listeners: read, chosen by name, replaced while they are in use. */
@NullMarked
package dev.jarway.runtime.tls;

import org.jspecify.annotations.NullMarked;
