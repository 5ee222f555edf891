package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.config.PathsConfig.DotSegments;
import dev.jarway.runtime.config.PathsConfig.EmptySegments;
import dev.jarway.runtime.config.PathsConfig.EncodedBackslash;
import dev.jarway.runtime.config.PathsConfig.EncodedSlash;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathRulesTest {
    private static final PathRules STRICT = new PathRules(PathsConfig.STRICT);
    private static final PathRules LENIENT = rules(EncodedSlash.DECODE, DotSegments.RESOLVE, EmptySegments.MERGE);
    private static final PathRules KEEPING = rules(EncodedSlash.KEEP, DotSegments.REJECT, EmptySegments.KEEP);

    @Test
    void leavesWhatHasOneMeaningAsItIs() {
        for (String target :
                List.of("/", "/a/b", "/a/", "/a?b=/../%2f//", "/.a/..b/c..", "/%C3%A4%20", "/a;b=c", "/...")) {
            assertThat(STRICT.apply(target)).isEqualTo(target);
        }
    }

    @Test
    void refusesWhatHasTwo() {
        for (String target : List.of("/a%2fb", "/a%5Cb", "/a/./b", "/..", "/a/%2E%2e", "/a//b", "//", "/a/.%2e/")) {
            assertRefused(STRICT, target);
        }
    }

    @Test
    void neverLetsInWhatIsOfNoUse() {
        for (PathRules rules : List.of(STRICT, LENIENT, KEEPING)) {
            for (String target : List.of(
                    "/a%00",
                    "/a%0d%0ab",
                    "/a%7F",
                    "/%",
                    "/%4",
                    "/%4x",
                    "/%c0%af",
                    "/%e0%80%af",
                    "/%f8%80%80%80%af",
                    "/%fc%80%80%80%80%af",
                    "/a/..;x/b",
                    "/a/.;/b",
                    "/a/%2e%2e%3Bx")) {
                assertRefused(rules, target);
            }
        }
    }

    @Test
    void resolvesDotsAndMergesSlashesAfterDecodingSlashes() {
        assertThat(LENIENT.apply("/a/./b/../c")).isEqualTo("/a/c");
        assertThat(LENIENT.apply("/a/b/..")).isEqualTo("/a/");
        assertThat(LENIENT.apply("/a/.")).isEqualTo("/a/");
        assertThat(LENIENT.apply("/a//b///c")).isEqualTo("/a/b/c");
        assertThat(LENIENT.apply("//")).isEqualTo("/");
        assertThat(LENIENT.apply("/a%2fb")).isEqualTo("/a/b");
        assertThat(LENIENT.apply("/a%2f..%2fb?c%2f..")).isEqualTo("/b?c%2f..");
        assertThat(LENIENT.apply("/a/%2e%2E/b")).isEqualTo("/b");
        assertThat(LENIENT.apply("/a%2f%2fb")).isEqualTo("/a/b");
    }

    @Test
    void refusesDotsThatLeadAboveTheRoot() {
        assertRefused(LENIENT, "/..");
        assertRefused(LENIENT, "/a/../../b");
        assertRefused(LENIENT, "/%2e%2e%2fa");
    }

    @Test
    void keepsAsCharactersWhatItIsToldTo() {
        assertThat(KEEPING.apply("/a%2Fb")).isEqualTo("/a%2Fb");
        assertThat(KEEPING.apply("/a%5cb")).isEqualTo("/a%5cb");
        assertThat(KEEPING.apply("/a//b//")).isEqualTo("/a//b//");
        assertRefused(KEEPING, "/a/..");
    }

    @Test
    void comesToTheSameEndTwice() {
        for (String target : List.of("/a%2f..%2fb", "/a/./b//c", "/%2fa", "/a%2f", "/x/../%2f%2f./y")) {
            String once = LENIENT.apply(target);
            assertThat(LENIENT.apply(once)).isEqualTo(once);
            assertThat(STRICT.apply(once)).isEqualTo(once);
        }
    }

    private static void assertRefused(PathRules rules, String target) {
        assertThatIllegalArgumentException().as(target).isThrownBy(() -> rules.apply(target));
    }

    private static PathRules rules(EncodedSlash slash, DotSegments dots, EmptySegments empty) {
        return new PathRules(new PathsConfig(slash, EncodedBackslash.KEEP, dots, empty));
    }
}
