/** How an exchange goes wrong: what happened, who is to blame, and how a client is told. */
@NullMarked
package dev.jarway.runtime.failure;

import org.jspecify.annotations.NullMarked;
