package dev.jarway.runtime.cli;

import dev.jarway.loader.jar.Contract;
import picocli.CommandLine.IVersionProvider;

/** The version that {@code --version} shows. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "jarway " + (own == null ? "(built in place)" : own),
            "plugin contract " + Contract.VERSION,
            "java " + Runtime.version()
        };
    }
}
