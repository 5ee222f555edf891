/** The gateways under test, each a process of its own: Jarway, and those that it is shown beside. */
@NullMarked
package dev.jarway.soak.subject;

import org.jspecify.annotations.NullMarked;
