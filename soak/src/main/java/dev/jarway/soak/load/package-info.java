/** The traffic: one class for each kind, and the service that it goes to. */
@NullMarked
package dev.jarway.soak.load;

import org.jspecify.annotations.NullMarked;
