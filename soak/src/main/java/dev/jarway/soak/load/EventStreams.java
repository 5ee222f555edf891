package dev.jarway.soak.load;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.stream.Stream;

/** Streams of server-sent events that are open throughout. */
final class EventStreams implements Traffic {
    private final HttpClientAgent client;
    private final List<EventStream> streams;

    EventStreams(Setting setting, int count) {
        client = setting.vertx().createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(count));
        streams = Stream.generate(() -> new EventStream(setting, client))
                .limit(count)
                .toList();
    }

    @Override
    public Future<?> start() {
        streams.forEach(EventStream::open);
        return Future.succeededFuture();
    }

    /** Events go on: it is the service that sends them. */
    @Override
    public void rest() {}

    @Override
    public void end() {
        streams.forEach(EventStream::end);
        var unused = client.close();
    }
}
