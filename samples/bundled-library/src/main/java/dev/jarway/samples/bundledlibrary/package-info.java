/** A plugin that brings another version of a library than the gateway has. */
@NullMarked
package dev.jarway.samples.bundledlibrary;

import org.jspecify.annotations.NullMarked;
