package dev.jarway.runtime.cli;

import dev.jarway.loader.jar.Contract;
import java.util.List;

/** The version that {@code --version} shows. */
final class Version {
    private Version() {}

    static List<String> lines() {
        String own = Main.class.getPackage().getImplementationVersion();
        return List.of(
                "jarway " + (own == null ? "(built in place)" : own),
                "plugin contract " + Contract.VERSION,
                "java " + Runtime.version());
    }
}
