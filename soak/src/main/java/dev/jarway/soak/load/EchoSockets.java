package dev.jarway.soak.load;

import io.vertx.core.Future;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.List;
import java.util.stream.IntStream;

/** WebSockets that are open throughout, each with a message now and then. */
final class EchoSockets implements Traffic {
    private final WebSocketClient client;
    private final List<EchoSocket> sockets;
    private final Beat beat;
    private int turn;

    EchoSockets(Setting setting, int count, double perSecond) {
        client = setting.vertx().createWebSocketClient(new WebSocketClientOptions().setMaxConnections(2 * count));
        sockets = IntStream.range(0, count)
                .mapToObj(number -> new EchoSocket(setting, client, number))
                .toList();
        beat = new Beat(
                setting.vertx(),
                perSecond,
                due -> sockets.get(turn++ % sockets.size()).send(due));
    }

    @Override
    public Future<?> start() {
        return Future.all(sockets.stream().map(EchoSocket::open).toList()).onSuccess(unused -> beat.start());
    }

    @Override
    public void rest() {
        beat.stop();
    }

    @Override
    public void end() {
        sockets.forEach(EchoSocket::end);
    }
}
