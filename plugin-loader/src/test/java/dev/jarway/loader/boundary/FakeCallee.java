package dev.jarway.loader.boundary;

import dev.jarway.plugin.PluginIdentity;
import java.net.URL;
import java.net.URLClassLoader;

/** A generation that is none: the test's own code behind a class loader without classes. */
record FakeCallee(PluginIdentity identity, ClassLoader classLoader) implements Callee {
    static FakeCallee make() {
        return new FakeCallee(new PluginIdentity("probe", "1.0.0", 7), new URLClassLoader(new URL[0]));
    }
}
