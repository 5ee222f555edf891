package dev.jarway.soak;

import dev.jarway.soak.load.Load;
import dev.jarway.soak.measure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run is to be.
 *
 * @param full whether limits of time fail the run, or are told only
 * @param swaps how many of code, and how many of configuration, at the same time
 * @param rate requests and messages of the quick kinds, per second
 * @param beside further gateways to show, by name
 * @param without kinds of traffic to leave out
 * @param jvm further options for Jarway's JVM
 * @param directory for all files
 */
record Plan(
        boolean full, int swaps, int rate, List<String> beside, Set<Kind> without, List<String> jvm, Path directory) {
    private static final int STREAMS = 10;
    private static final Duration UPLOAD = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(10);

    /**
     * From the properties {@code soak.form}, {@code .swaps}, {@code .rate}, {@code .beside}, {@code .without}, {@code .jvm}, {@code
     * .directory}.
     */
    static Plan of(Properties properties) {
        return new Plan(
                form(properties.getProperty("soak.form", "short")),
                number(properties, "soak.swaps", "80"),
                number(properties, "soak.rate", "250"),
                words(properties, "soak.beside", ",").toList(),
                kinds(words(properties, "soak.without", ",")),
                words(properties, "soak.jvm", " ").toList(),
                Path.of(properties.getProperty("soak.directory", "target/soak")).toAbsolutePath());
    }

    private static boolean form(String form) {
        return switch (form) {
            case "full" -> true;
            case "short" -> false;
            default -> throw new IllegalArgumentException("soak.form: " + form + " (expected: short or full)");
        };
    }

    private static int number(Properties properties, String key, String otherwise) {
        String text = properties.getProperty(key, otherwise);
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is not above 0.
        }
        throw new IllegalArgumentException(key + ": " + text + " (expected: a whole number above 0)");
    }

    private static Stream<String> words(Properties properties, String key, String separator) {
        return Arrays.stream(properties.getProperty(key, "").split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }

    private static Set<Kind> kinds(Stream<String> names) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        names.forEach(name -> kinds.add(Kind.valueOf(name.toUpperCase(Locale.ROOT))));
        return kinds;
    }

    Load.Size size() {
        return new Load.Size(rate, STREAMS, UPLOAD, POLL);
    }

    /** The same traffic with short uploads and polls: before it counts. */
    Load.Size warmUpSize() {
        return new Load.Size(rate, STREAMS, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    Duration warmUp() {
        return Duration.ofSeconds(full ? 20 : 5);
    }

    int warmUpSwaps() {
        return full ? 20 : 4;
    }

    /** Load before the first swap, for the times to compare with. */
    Duration steady() {
        return Duration.ofSeconds(full ? 60 : 12);
    }

    /** From one swap to the next. */
    Duration pace() {
        return Duration.ofMillis(full ? 600 : 500);
    }

    /**
     * Longer than an upload takes, so that none is ended by design; shorter than the run, so that WebSockets and events are,
     * and have to be opened again.
     */
    Duration drainDeadline() {
        return UPLOAD.plusSeconds(5);
    }

    /** How many swaps lie between two looks at the process. */
    int swapsPerSample() {
        return full ? 50 : 20;
    }
}
