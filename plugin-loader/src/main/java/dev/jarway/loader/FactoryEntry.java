package dev.jarway.loader;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.plugin.PluginFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The first step into a plugin's code: from the name of its factory to the object. Crosses the boundary. */
final class FactoryEntry {
    private static final String EXPECTED =
            "a public class with a public constructor without parameters that implements PluginFactory";

    private static final String MADE = "a factory that can be made";

    private final Boundary boundary;
    private final Duration limit;

    FactoryEntry(Boundary boundary, Duration limit) {
        this.boundary = boundary;
        this.limit = limit;
    }

    /** Makes the factory and asks it for its configuration's type. */
    PluginFactory<?> open(LoadedPlugin plugin, String jar) {
        String name = plugin.description().factory();
        Found found;
        try {
            found = boundary.call(plugin, "factory " + name, limit, () -> enter(plugin, name));
        } catch (PluginFault e) {
            throw new PluginRefusedException(jar, Reason.FACTORY_FAILED, e.getMessage(), MADE, e);
        }
        return switch (found) {
            case Factory factory -> factory.factory();
            case Unfit unfit ->
                throw new PluginRefusedException(jar, unfit.reason(), unfit.found(), unfit.expected(), unfit.cause());
        };
    }

    private static Found enter(LoadedPlugin plugin, String name) {
        try {
            Class<?> type = Class.forName(name, false, plugin.classLoader());
            if (!PluginFactory.class.isAssignableFrom(type)) {
                return Unfit.asFactory(name + " does not implement PluginFactory");
            }
            int modifiers = type.getModifiers();
            if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
                return Unfit.asFactory(name + " is not public, or is abstract");
            }
            var factory = (PluginFactory<?>) type.getConstructor().newInstance();
            Class<?> config = factory.configType();
            return config != null && config.isRecord()
                    ? new Factory(factory)
                    : Unfit.asFactory(name + ".configType() answers " + config + ", which is no record");
        } catch (NoSuchMethodException e) {
            return Unfit.asFactory(name + " has no public constructor without parameters");
        } catch (InvocationTargetException e) {
            return failed(plugin, name, e.getTargetException());
        } catch (Throwable e) {
            return failed(plugin, name, e);
        }
    }

    private static Found failed(LoadedPlugin plugin, String name, Throwable thrown) {
        // An initialiser that throws comes as a LinkageError, but its class is whole.
        boolean unlinked = thrown instanceof LinkageError && !(thrown instanceof ExceptionInInitializerError);
        boolean missing = thrown instanceof ClassNotFoundException;
        var fault = PluginFault.threw(plugin.identity(), "factory " + name, thrown);
        return unlinked || missing
                ? new Unfit(
                        Reason.LINKAGE,
                        fault.getMessage(),
                        "all that it needs in the JAR, in lib/ or in dependencies",
                        fault)
                : new Unfit(Reason.FACTORY_FAILED, fault.getMessage(), MADE, fault);
    }

    /** What came out of it. Nothing of this is the plugin's, except the factory. */
    private sealed interface Found {}

    /** A factory that can be used. */
    private record Factory(PluginFactory<?> factory) implements Found {}

    /** A class that cannot be a factory. */
    private record Unfit(
            Reason reason,
            String found,
            String expected,
            @Nullable PluginFault cause) implements Found {
        static Unfit asFactory(String found) {
            return new Unfit(Reason.NOT_A_FACTORY, found, EXPECTED, null);
        }
    }
}
