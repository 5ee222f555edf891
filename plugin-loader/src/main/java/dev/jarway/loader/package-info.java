/**
 * From a JAR to an isolated class loader to a {@link dev.jarway.plugin.PluginFactory}, and gone again. PF4J stands behind
 * this package and shows nowhere outside it.
 */
@NullMarked
package dev.jarway.loader;

import org.jspecify.annotations.NullMarked;
