/**
 * For tests of plugins: a plugin in a real gateway, in front of a real server, and the proof that it can be unloaded. Begin with
 * {@link dev.jarway.testkit.GatewayExtension}.
 */
@NullMarked
package dev.jarway.testkit;

import org.jspecify.annotations.NullMarked;
