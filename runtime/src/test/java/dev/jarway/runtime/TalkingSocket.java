package dev.jarway.runtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's WebSocket that asks and is answered. */
final class TalkingSocket implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final WebSocket socket;

    private TalkingSocket(int port, String path) throws Exception {
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), new Ear())
                .get(10, TimeUnit.SECONDS);
    }

    static TalkingSocket to(int port, String path) throws Exception {
        return new TalkingSocket(port, path);
    }

    /** Says something and waits for what is said in return; null if nothing is. */
    @Nullable
    String ask(String text) throws Exception {
        socket.sendText(text, true).get(10, TimeUnit.SECONDS);
        return answers.poll(10, TimeUnit.SECONDS);
    }

    /** Closes it in the proper way. */
    void leave() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }

    /** The code that it was closed with; -1 if it broke off. */
    CompletableFuture<Integer> end() {
        return end;
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                answers.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            end.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end.complete(-1);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
