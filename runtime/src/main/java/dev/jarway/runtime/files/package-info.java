/** Files as the gateway keeps them: replaced whole, named by their hash, held by one process. */
@NullMarked
package dev.jarway.runtime.files;

import org.jspecify.annotations.NullMarked;
