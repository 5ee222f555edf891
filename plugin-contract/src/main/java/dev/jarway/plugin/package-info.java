/**
 * What a plugin author compiles against: a {@link dev.jarway.plugin.PluginFactory} makes a
 * {@link dev.jarway.plugin.Plugin}, a {@link dev.jarway.plugin.FilterPlugin} makes a {@link dev.jarway.plugin.Filter}
 * for each request.
 *
 * <p>Only JDK types, {@code org.slf4j} and the annotations of {@code jakarta.validation} stand beside the types of this
 * package; everything else a plugin needs it brings in its own JAR. Nothing here is ever {@code null}, neither given nor
 * taken.
 */
@NullMarked
package dev.jarway.plugin;

import org.jspecify.annotations.NullMarked;
