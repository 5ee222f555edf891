/** What is counted and timed: answers, swaps, and what the gateway's process holds. */
@NullMarked
package dev.jarway.soak.measure;

import org.jspecify.annotations.NullMarked;
