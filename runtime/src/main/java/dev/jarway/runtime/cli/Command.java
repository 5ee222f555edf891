package dev.jarway.runtime.cli;

import java.util.Set;

/** One of the things that the program does. */
interface Command {

    /** The word behind {@code jarway}. */
    String name();

    /** What {@code --help} shows. */
    String usage();

    /** Those with a value. */
    default Set<String> options() {
        return Set.of();
    }

    /** Options without a value, besides those that every command has; the program's own, which no help mentions. */
    default Set<String> flags() {
        return Set.of();
    }

    /** Does it, and gives the code to exit with. */
    int run(Arguments arguments, Terminal terminal) throws Exception;
}
