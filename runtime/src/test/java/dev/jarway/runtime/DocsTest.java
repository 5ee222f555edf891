package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the project's pages to what is there: the gateway takes their configurations, and their links lead somewhere. */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final int LONGEST_README = 120;

    /** What an example that shows a part of a document leaves out. */
    private static final String LISTENERS = "listeners: [ { name: web, port: 8080 } ]\n";

    @Test
    void showsConfigurationsThatTheGatewayTakes() throws IOException {
        var references = new References(Map.of("ALICE_KEY", "a", "ADMIN_TOKEN", "b"), ROOT);
        var examples = examples();

        assertThat(examples).hasSizeGreaterThan(20).allSatisfy(example -> {
            var document = ConfigDocument.parse(example.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML);
            assertThat(document.problems()).isEmpty();
            assertThat(document.value().load(references).problems()).isEmpty();
        });
    }

    @Test
    void tellsANewcomerInAReadmeOfAPageOrTwo() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(LONGEST_README);
    }

    @Test
    void linksToFilesAndHeadingsThatExist() throws IOException {
        assertThat(pages()).allSatisfy(page -> assertThat(deadLinks(page)).isEmpty());
    }

    private static List<String> examples() throws IOException {
        var examples = new ArrayList<String>();
        for (Path page : pages()) {
            var block = YAML.matcher(Files.readString(page));
            while (block.find()) {
                var text = block.group(1);
                examples.add(text.contains("listeners:") ? text : LISTENERS + text);
            }
        }
        return examples;
    }

    private static List<String> deadLinks(Path page) throws IOException {
        var dead = new ArrayList<String>();
        var link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
        while (link.find()) {
            if (!link.group(1).contains(":") && !leadsSomewhere(page, link.group(1))) {
                dead.add(link.group(1));
            }
        }
        return dead;
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        var file = hash < 0 ? link : link.substring(0, hash);
        var target = file.isEmpty() ? page : page.resolveSibling(file);
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** As the pages' usual viewers make them: small letters, digits, dashes for blanks. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9_ -]", "").replace(' ', '-'))
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\..+|data)/.*"))
                    .sorted()
                    .toList();
        }
    }
}
