/**
 * From a JAR to an isolated class loader to a {@link dev.jarway.plugin.PluginFactory}, and gone again:
 * {@link dev.jarway.loader.PluginLoader} makes a {@link dev.jarway.loader.LoadedPlugin}, one generation of one plugin.
 */
@NullMarked
package dev.jarway.loader;

import org.jspecify.annotations.NullMarked;
