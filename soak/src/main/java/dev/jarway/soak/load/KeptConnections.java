package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import dev.jarway.soak.measure.Kind;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Small requests over a few connections that are to stay open as long as the run lasts: HTTP/1.1 with one request after the
 * other, or HTTP/2 without TLS with several at once.
 */
final class KeptConnections implements Traffic {
    private final Setting setting;
    private final Kind kind;
    private final HttpClientAgent client;
    private final Beat beat;
    private final @Nullable HttpClientConnection[] connections;
    private final int[] underWay;
    private long sent;
    private boolean ending;

    private KeptConnections(Setting setting, Kind kind, HttpClientOptions options, int count, double perSecond) {
        this.setting = setting;
        this.kind = kind;
        this.client = setting.vertx().createHttpClient(options);
        this.beat = new Beat(setting.vertx(), perSecond, this::send);
        this.connections = new HttpClientConnection[count];
        this.underWay = new int[count];
    }

    static KeptConnections http1(Setting setting, double perSecond) {
        return new KeptConnections(setting, Kind.KEEP_ALIVE, new HttpClientOptions(), 8, perSecond);
    }

    /** By prior knowledge. */
    static KeptConnections http2(Setting setting, double perSecond) {
        HttpClientOptions options =
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false);
        return new KeptConnections(setting, Kind.HTTP2, options, 2, perSecond);
    }

    @Override
    public Future<?> start() {
        List<Future<?>> opened = new ArrayList<>();
        for (int place = 0; place < connections.length; place++) {
            opened.add(open(place));
        }
        return Future.all(opened).onSuccess(unused -> beat.start());
    }

    private Future<?> open(int place) {
        return client.connect(setting.connection()).onSuccess(connection -> {
            connections[place] = connection;
            if (kind == Kind.HTTP2) {
                connection.goAwayHandler(
                        away -> cut("GOAWAY " + away.getErrorCode() + " with " + underWay[place] + " streams open"));
            }
            connection.closeHandler(unused -> closed(place));
        });
    }

    private void cut(String how) {
        if (!ending) {
            setting.ledger().cut(kind, how);
        }
    }

    private void closed(int place) {
        connections[place] = null;
        if (ending) {
            return;
        }
        if (underWay[place] > 0) {
            cut("connection closed with " + underWay[place] + " requests under way");
        } else {
            setting.ledger().closedIdle(kind);
        }
        var unused = open(place);
    }

    private void send(long due) {
        int place = Math.floorMod(sent++, connections.length);
        String path = "/t/echo/" + kind + "/" + sent;
        Attempt attempt = setting.ledger().begin(kind, due);
        HttpClientConnection connection = connections[place];
        if (connection == null) {
            attempt.failed("its connection is closed");
            return;
        }
        underWay[place]++;
        EchoRequest.send(connection, setting, path, attempt).onComplete(unused -> underWay[place]--);
    }

    @Override
    public void rest() {
        beat.stop();
    }

    @Override
    public void end() {
        ending = true;
        var unused = client.close();
    }
}
