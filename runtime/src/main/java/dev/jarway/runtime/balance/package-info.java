/** The endpoints of services: which one a request goes to, how each of them is, and who looks after them. */
@NullMarked
package dev.jarway.runtime.balance;

import org.jspecify.annotations.NullMarked;
