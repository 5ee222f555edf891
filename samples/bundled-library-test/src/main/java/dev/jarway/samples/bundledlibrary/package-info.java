/** The test of a plugin that brings a library, on the gateway's class path rather than the plugin's. */
@NullMarked
package dev.jarway.samples.bundledlibrary;

import org.jspecify.annotations.NullMarked;
