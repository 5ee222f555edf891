package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.config.PathsConfig.DotSegments;
import dev.jarway.runtime.config.PathsConfig.EmptySegments;
import dev.jarway.runtime.config.PathsConfig.EncodedBackslash;
import dev.jarway.runtime.config.PathsConfig.EncodedSlash;
import dev.jarway.runtime.exchange.Authority;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.routing.RequestTarget;
import dev.jarway.runtime.routing.RouteMatch;
import dev.jarway.runtime.routing.RouteTable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Targets of all sorts, under every setting of {@code paths}: what is let in comes to no other form a second time, has in it what
 * the setting keeps and nothing else, and is no way around a route for whoever reads it by decoding all there is to decode.
 */
class TargetFuzzTest {
    private static final List<PathsConfig> SETTINGS = settings();
    private static final RouteTable<String> ROUTES = RouteTable.of(List.of(
            new RouteTable.Entry<>(route("/admin/**"), "guarded"), new RouteTable.Entry<>(route("/**"), "open")));

    @FuzzTest(maxDuration = "60s")
    @DictionaryEntries({
        "%2f", "%2e", "%5c", "%00", "%25", "%c0%af", "%3b", "/../", "/./", "//", "/admin", "http://", "?"
    })
    void routesByWhatItSends(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        String target = originForm(text);
        if (target == null) {
            return;
        }
        String strict = formed(target, PathsConfig.STRICT);
        for (PathsConfig setting : SETTINGS) {
            String formed = formed(target, setting);
            if (strict != null) {
                assertThat(formed).as("%s, of what is plain", setting).isEqualTo(target);
            }
            if (formed != null) {
                check(target, formed, setting);
            }
        }
    }

    private static void check(String target, String formed, PathsConfig setting) {
        assertThat(formed(formed, setting)).as("%s, again", setting).isEqualTo(formed);
        assertThat(RequestHead.checkedTarget(formed)).startsWith("/");
        assertThat(query(formed)).isEqualTo(query(target));

        String path = path(formed);
        String lower = path.toLowerCase(Locale.ROOT);
        assertThat(lower.contains("%2f") && setting.encodedSlash() != EncodedSlash.KEEP)
                .isFalse();
        assertThat(lower.contains("%5c") && setting.encodedBackslash() != EncodedBackslash.KEEP)
                .isFalse();
        assertThat(path.contains("//") && setting.emptySegments() != EmptySegments.KEEP)
                .isFalse();
        for (String segment : path.split("/", -1)) {
            assertThat(withoutParameters(Decoded.of(segment))).as(formed).isNotIn(".", "..");
        }
        String decoded = Decoded.of(path);
        assertThat(decoded.chars().anyMatch(c -> c < ' ' || c == 0x7f))
                .as(formed)
                .isFalse();
        if (setting.encodedSlash() != EncodedSlash.KEEP) {
            assertThat(slashes(decoded)).as(formed).isEqualTo(slashes(path));
        }
        if (setting.encodedBackslash() != EncodedBackslash.KEEP) {
            assertThat(decoded).doesNotContain("\\");
        }
        if (target.indexOf('%') < 0 && setting.emptySegments() != EmptySegments.KEEP) {
            checkAgainstTheJdk(target, path);
        }
        if (keepsNothing(setting)) {
            assertThat(routed(path)).as(formed).isEqualTo(firstSegment(decoded).equals("admin") ? "guarded" : "open");
        }
    }

    private static boolean keepsNothing(PathsConfig setting) {
        return setting.encodedSlash() != EncodedSlash.KEEP
                && setting.encodedBackslash() != EncodedBackslash.KEEP
                && setting.emptySegments() != EmptySegments.KEEP;
    }

    /** The JDK resolves dots and merges slashes too, in code that is none of ours. */
    private static void checkAgainstTheJdk(String target, String path) {
        try {
            assertThat(new URI("http://h" + path(target)).normalize().getRawPath())
                    .isEqualTo(path);
        } catch (URISyntaxException e) {
            // Not every character that is let in is one of a URI.
        }
    }

    private static @Nullable String originForm(String text) {
        try {
            String target = text.startsWith("/") ? text : absolute(text).rest("GET");
            return RequestHead.checkedTarget(target);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** What is named as the host is the same when it is read again. */
    private static AbsoluteForm absolute(String text) {
        AbsoluteForm absolute = AbsoluteForm.parse(text);
        Authority authority = absolute.authority();
        assertThat(Authority.parse(authority.toString())).isEqualTo(authority);
        assertThat(authority.host())
                .isEqualTo(authority.host().toLowerCase(Locale.ROOT))
                .doesNotContainPattern("[\\s/?#@\\\\%]");
        return absolute;
    }

    private static @Nullable String formed(String target, PathsConfig setting) {
        try {
            return new PathRules(setting).apply(target);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("path: ");
            return null;
        }
    }

    private static String path(String target) {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    private static String query(String target) {
        return target.substring(path(target).length());
    }

    private static long slashes(String text) {
        return text.chars().filter(c -> c == '/').count();
    }

    private static String withoutParameters(String segment) {
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    /** As a service finds it that has decoded the whole path first, and takes several slashes for one. */
    private static String firstSegment(String decoded) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded.split("/", -1)) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.add(segment);
            }
        }
        return segments.isEmpty() ? "" : segments.getFirst();
    }

    private static String routed(String path) {
        return ROUTES.match(new Target(path)) instanceof RouteMatch.Found<String> found ? found.route() : "none";
    }

    private static MatchConfig route(String path) {
        return new MatchConfig(List.of(), Optional.of(path), Optional.empty(), List.of(), Map.of(), Map.of());
    }

    private static List<PathsConfig> settings() {
        List<PathsConfig> settings = new ArrayList<>();
        for (EncodedSlash slash : EncodedSlash.values()) {
            for (EncodedBackslash backslash : EncodedBackslash.values()) {
                for (DotSegments dots : DotSegments.values()) {
                    for (EmptySegments empty : EmptySegments.values()) {
                        settings.add(new PathsConfig(slash, backslash, dots, empty));
                    }
                }
            }
        }
        return settings;
    }

    /** A request of which there is nothing but its path. */
    private record Target(String path) implements RequestTarget {
        @Override
        public String host() {
            return "h";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> header(String name) {
            return List.of();
        }

        @Override
        public List<String> query(String name) {
            return List.of();
        }
    }
}
