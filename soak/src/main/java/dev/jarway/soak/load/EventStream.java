package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import dev.jarway.soak.measure.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of server-sent events, numbered by the service. None may be missing: when the gateway ends the stream, it is
 * asked for again from the last number on.
 */
final class EventStream {
    private static final String BREAK = "\n\n";
    /** Events come ten times a second. */
    private static final long SILENCE_MILLIS = TimeUnit.SECONDS.toMillis(15);

    private final Setting setting;
    private final HttpClient client;
    private final StringBuilder unread = new StringBuilder();
    private @Nullable HttpClientResponse response;
    private long opened;
    private long last;
    private boolean ending;

    EventStream(Setting setting, HttpClient client) {
        this.setting = setting;
        this.client = client;
    }

    void open() {
        if (ending) {
            return;
        }
        opened = System.nanoTime();
        unread.setLength(0);
        Attempt attempt = setting.ledger().begin(Kind.EVENTS, opened);
        client.request(setting.request(HttpMethod.GET, "/t/events").setTimeout(SILENCE_MILLIS))
                .map(request -> request.putHeader("last-event-id", Long.toString(last)))
                .compose(HttpClientRequest::send)
                .onSuccess(found -> read(found, attempt))
                .onFailure(failure -> {
                    attempt.cut(failure.toString());
                    again();
                });
    }

    private void read(HttpClientResponse found, Attempt attempt) {
        if (!attempt.accepts(found.statusCode(), found.headers()::get)) {
            again();
            return;
        }
        attempt.answeredInItsTime();
        response = found;
        found.handler(this::take)
                .endHandler(unused -> ended(true, "the stream ended"))
                .exceptionHandler(failure -> ended(false, failure.toString()));
    }

    private void take(Buffer piece) {
        unread.append(piece);
        for (int end = unread.indexOf(BREAK); end >= 0; end = unread.indexOf(BREAK)) {
            event(unread.substring(0, end));
            unread.delete(0, end + BREAK.length());
        }
    }

    /** {@code id: number} and {@code data: when it was sent}. */
    private void event(String text) {
        String[] lines = text.split("\n", -1);
        long number = Long.parseLong(lines[0].substring("id: ".length()));
        long sent = Long.parseLong(lines[1].substring("data: ".length()));
        Attempt attempt = setting.ledger().begin(Kind.EVENTS, sent);
        if (number == last + 1) {
            attempt.answered();
        } else {
            attempt.failed("event " + number + " after " + last);
        }
        last = number;
    }

    private void ended(boolean proper, String how) {
        if (response == null || ending) {
            return;
        }
        response = null;
        setting.ledger().streamEnded(Kind.EVENTS, opened, proper, how);
        open();
    }

    private void again() {
        setting.vertx().setTimer(100, unused -> open());
    }

    void end() {
        ending = true;
        if (response != null) {
            var unused = response.request().connection().close();
        }
    }
}
