package dev.jarway.runtime.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The commands, and the way from the words behind {@code jarway} to one of them. */
final class Program {
    private static final int WRONG_ARGUMENTS = 2;
    private static final int BROKEN = 1;
    private static final Set<String> HELP = Set.of("-h", Arguments.HELP);
    private static final Set<String> VERSION = Set.of("-V", Arguments.VERSION);
    private static final String USAGE = """
            Usage: jarway [-hV] COMMAND
            An HTTP gateway whose plugins are swapped while it serves.
              -h, --help      Show this help, also of a command.
              -V, --version   Show the version.
            Commands:
              run      Starts the gateway. Without a configuration it runs a demo: see
                       what it prints.
              upgrade  Replaces the gateway that runs on a data directory by a new
                       process, without a failed request.
            """;

    private final List<Command> commands;

    Program(List<Command> commands) {
        this.commands = commands;
    }

    /** Carries the words out, and gives the code to exit with. */
    int run(List<String> words, Terminal terminal) {
        if (words.isEmpty() || HELP.contains(words.getFirst())) {
            terminal.say(USAGE.stripTrailing());
            return 0;
        }
        if (VERSION.contains(words.getFirst())) {
            return version(terminal);
        }
        Optional<Command> named = commands.stream()
                .filter(command -> command.name().equals(words.getFirst()))
                .findFirst();
        if (named.isEmpty()) {
            return terminal.fail(
                    WRONG_ARGUMENTS,
                    "'" + words.getFirst() + "' is no command (expected: run or upgrade; see jarway --help)");
        }
        return run(named.get(), words.subList(1, words.size()), terminal);
    }

    private static int run(Command command, List<String> words, Terminal terminal) {
        try {
            Arguments arguments = Arguments.of(words, command);
            if (arguments.has(Arguments.HELP)) {
                terminal.say(command.usage().stripTrailing());
                return 0;
            }
            return arguments.has(Arguments.VERSION) ? version(terminal) : command.run(arguments, terminal);
        } catch (WrongArgumentsException e) {
            return terminal.fail(
                    WRONG_ARGUMENTS,
                    command.name() + ": " + e.getMessage() + "; see jarway " + command.name() + " --help");
        } catch (Exception e) {
            // Thrown on, it would leave the threads of a half-made gateway behind, and the process with them.
            e.printStackTrace(terminal.err());
            return BROKEN;
        }
    }

    private static int version(Terminal terminal) {
        Version.lines().forEach(terminal::say);
        return 0;
    }
}
