package dev.jarway.runtime.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The options behind a command's name, with their values: {@code --config FILE}, {@code --config=FILE}. */
final class Arguments {
    static final String HELP = "--help";
    static final String VERSION = "--version";

    private static final Map<String, String> SHORT = Map.of("-h", HELP, "-V", VERSION);

    private final Map<String, String> given;

    private Arguments(Map<String, String> given) {
        this.given = given;
    }

    /** Reads what was written behind a command's name. */
    static Arguments of(List<String> words, Command command) throws WrongArgumentsException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = SHORT.getOrDefault(words.get(i), words.get(i));
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            @Nullable String value = equals < 0 ? null : word.substring(equals + 1);
            if (!command.options().contains(name)) {
                checkFlag(name, value, command);
                value = "";
            } else if (value == null) {
                i++;
                value = i < words.size() && !words.get(i).startsWith("--") ? words.get(i) : "";
            }
            if (value.isEmpty() && command.options().contains(name)) {
                throw new WrongArgumentsException(name + " has no value (expected: one behind it)");
            }
            if (given.put(name, value) != null) {
                throw new WrongArgumentsException(name + " is given twice (expected: once)");
            }
        }
        return new Arguments(given);
    }

    private static void checkFlag(String name, @Nullable String value, Command command) throws WrongArgumentsException {
        boolean common = name.equals(HELP) || name.equals(VERSION);
        if (!common && !command.flags().contains(name)) {
            TreeSet<String> known = new TreeSet<>(command.options());
            known.add(HELP);
            known.add(VERSION);
            throw new WrongArgumentsException("'" + name + "' is unknown (expected: " + String.join(", ", known) + ")");
        }
        if (value != null) {
            throw new WrongArgumentsException(name + " has a value (expected: none)");
        }
    }

    boolean has(String option) {
        return given.containsKey(option);
    }

    Optional<Path> path(String option) {
        return Optional.ofNullable(given.get(option)).map(Path::of);
    }

    /** A whole number of seconds; the standard one if none is given. */
    long seconds(String option, long standard) throws WrongArgumentsException {
        String value = given.getOrDefault(option, String.valueOf(standard));
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new WrongArgumentsException(option + ": " + value + " (expected: a number of seconds)", e);
        }
    }
}
