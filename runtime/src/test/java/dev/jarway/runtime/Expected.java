package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What has to come of a case, as it stands behind the arrow: parts with {@code ;} between them.
 *
 * <p>A status is an answer of the gateway's own, after which it closes the connection; {@code answers 204} is one after which it
 * does not. {@code GET /a} is a request that arrives at the service with that method and target, {@code POST /a hello} one with a
 * body. {@code has x: 1} and {@code lacks x} speak of its fields. {@code closed}: no other request fits on the connection. {@code
 * cut}: the service may see the beginning of a request, and its connection break off.
 */
final class Expected {
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> forwarded = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private boolean ends;
    private boolean cut;

    /** One answer that the client gets. */
    record Answer(int status, boolean toHead) {}

    static Expected parse(String text) {
        Expected expected = new Expected();
        for (String part : text.split(" ; ", -1)) {
            expected.part(part.strip());
        }
        return expected;
    }

    private void part(String part) {
        if (part.matches("\\d{3}")) {
            answers.add(new Answer(Integer.parseInt(part), false));
            ends = true;
        } else if (part.startsWith("answers ")) {
            answers.add(new Answer(Integer.parseInt(part.substring(8)), false));
        } else if (part.equals("closed")) {
            ends = true;
        } else if (part.equals("cut")) {
            cut = true;
        } else if (part.startsWith("has ") || part.startsWith("lacks ")) {
            fields.add(part);
        } else {
            answers.add(new Answer(200, part.startsWith("HEAD ")));
            forwarded.add(FrontLineCase.text(part));
        }
    }

    List<Answer> answers() {
        return answers;
    }

    /** Whether the connection is of no further use. */
    boolean ends() {
        return ends;
    }

    void check(RecordingUpstream upstream) {
        List<String> wanted = new ArrayList<>(forwarded);
        if (!ends) {
            wanted.add("GET /next");
        }
        assertThat(upstream.seen().stream().map(Expected::summary)).containsExactlyElementsOf(wanted);
        if (cut) {
            // What was cut is noted when the service sees it, and must not be taken for the next case's.
            await().during(Duration.ofMillis(50)).until(upstream::isIdle);
        } else {
            assertThat(upstream.strays()).isEmpty();
        }
        for (String field : fields) {
            checkField(upstream.seen().getFirst(), field);
        }
    }

    private static String summary(RecordingUpstream.Seen seen) {
        String line = seen.line().substring(0, seen.line().lastIndexOf(' '));
        return seen.body().isEmpty() ? line : line + " " + seen.body();
    }

    private static void checkField(RecordingUpstream.Seen seen, String field) {
        if (field.startsWith("lacks ")) {
            assertThat(seen.values(field.substring(6))).as(field).isEmpty();
        } else {
            int colon = field.indexOf(':');
            assertThat(seen.values(field.substring(4, colon)))
                    .as(field)
                    .containsExactly(
                            FrontLineCase.text(field.substring(colon + 1).strip()));
        }
    }
}
