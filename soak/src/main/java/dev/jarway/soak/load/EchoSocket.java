package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import dev.jarway.soak.measure.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket whose messages come back, each and in order. When the gateway closes it, what has not been answered is sent
 * again over the next one, as a client would do; the time still counts from when the message was due.
 */
final class EchoSocket {
    private static final int GOING_AWAY = 1001;

    private final Setting setting;
    private final WebSocketClient client;
    private final int number;
    private final Deque<Message> unanswered = new ArrayDeque<>();
    private @Nullable WebSocket socket;
    private long opened;
    private long sent;
    private boolean ending;

    private record Message(String text, Attempt attempt) {}

    EchoSocket(Setting setting, WebSocketClient client, int number) {
        this.setting = setting;
        this.client = client;
        this.number = number;
    }

    /** Complete once it has been tried; it is tried again until it is open. */
    Future<?> open() {
        opened = System.nanoTime();
        Attempt attempt = setting.ledger().begin(Kind.WEBSOCKET, opened);
        return client.connect(new WebSocketConnectOptions()
                        .setHost(setting.host())
                        .setPort(setting.port())
                        .setURI("/t/socket"))
                .onSuccess(found -> use(found, attempt))
                .onFailure(failure -> {
                    attempt.failed("not opened: " + failure);
                    setting.vertx().setTimer(100, unused -> again());
                })
                .otherwiseEmpty();
    }

    private void again() {
        if (!ending) {
            var unused = open();
        }
    }

    private void use(WebSocket found, Attempt attempt) {
        if (attempt.accepts(101, found.headers()::get)) {
            attempt.answeredInItsTime();
        }
        socket = found;
        found.textMessageHandler(this::received);
        found.closeHandler(unused -> closed(found));
        unanswered.forEach(message -> write(found, message));
    }

    void send(long due) {
        Message message = new Message(number + ":" + sent++, setting.ledger().begin(Kind.WEBSOCKET, due));
        unanswered.add(message);
        if (socket != null) {
            write(socket, message);
        }
    }

    /** What cannot be written is found unanswered when the socket closes. */
    private static void write(WebSocket socket, Message message) {
        var unused = socket.writeTextMessage(message.text());
    }

    private void received(String text) {
        Message message = unanswered.poll();
        if (message == null) {
            setting.ledger().cut(Kind.WEBSOCKET, "message '" + text + "' although all are answered");
        } else if (message.text().equals(text)) {
            message.attempt().answered();
        } else {
            message.attempt().failed("message: " + text + " (expected: " + message.text() + ")");
        }
    }

    private void closed(WebSocket closed) {
        socket = null;
        if (ending) {
            return;
        }
        Short code = closed.closeStatusCode();
        setting.ledger().streamEnded(Kind.WEBSOCKET, opened, code != null && code == GOING_AWAY, "closed with " + code);
        again();
    }

    void end() {
        ending = true;
        if (socket != null) {
            var unused = socket.close();
        }
    }
}
