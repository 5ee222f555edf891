package dev.jarway.runtime.host;

import dev.jarway.plugin.PluginIdentity;
import java.util.function.Supplier;

/** The way into one Plugin's code: with its class loader as the thread's context class loader. */
record PluginCode(PluginIdentity identity, ClassLoader loader) {

    /** A virtual thread for the plugin's code, not started. */
    Thread thread(String what, Runnable work) {
        var thread = Thread.ofVirtual()
                .name("plugin " + identity + " " + what)
                // What the current thread has inherited may belong to another plugin.
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /** On the current thread. */
    <T> T call(Supplier<T> code) {
        var current = Thread.currentThread();
        var before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            return code.get();
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** On the current thread. */
    void run(Runnable code) {
        call(() -> {
            code.run();
            return this;
        });
    }
}
