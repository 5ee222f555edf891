/**
 * Filters at work: which ones an exchange meets, in which order, and what becomes of what they answer. Every call into a
 * plugin's filter is made here.
 */
@NullMarked
package dev.jarway.runtime.filter;

import org.jspecify.annotations.NullMarked;
