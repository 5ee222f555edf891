package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.holder.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page on leaks to the code. */
final class LeaksPageTest {
    private static final Path PAGE = Path.of("../docs/leaks.md");
    private static final Pattern KIND = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

    @Test
    void listsTheKindsOfHolding() throws IOException {
        var listed = KIND.matcher(Files.readString(PAGE)).results().map(kind -> kind.group(1));

        assertThat(listed).containsExactlyElementsOf(Places.all().kinds());
    }

    @Test
    void showsEachRowOfTheZoo() throws IOException {
        var page = Files.readString(PAGE);

        assertThat(ZooTest.rows())
                .hasSizeGreaterThan(18)
                .allSatisfy(leak -> assertThat(page).contains("| " + leak.name() + " | " + end(leak) + " |"));
    }

    private static String end(Leak leak) {
        return switch (leak.expected()) {
            case CLEANED -> "is cleaned: `" + leak.kind() + "`";
            case HARMLESS -> "is collected";
            case NAMED -> "is a zombie, named: `" + leak.kind() + "`";
            case IN_THE_HEAP -> "is a zombie, with the way to it from the heap";
        };
    }
}
