package dev.jarway.benchmarks;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A load at a fixed rate: a request is sent when it is due, whatever has become of those before, and its time counts from when it
 * was due. So an answer that comes late makes none after it look better (coordinated omission).
 */
final class OpenLoopLoad {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 2;

    private final Histogram micros = new Histogram(TimeUnit.SECONDS.toMicros(60), 3);
    private final HttpClient client;
    private final Context loop;
    private final int port;
    private long failed;
    private long open;

    private OpenLoopLoad(Vertx vertx, int port) {
        this.client = vertx.createHttpClient(
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(-1));
        this.loop = vertx.getOrCreateContext();
        this.port = port;
    }

    /** Takes an order from each line that is read, {@code port rate seconds}, and says in one what {@link OpenLoop} reads. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", -1);
            OpenLoopLoad load = new OpenLoopLoad(vertx, Integer.parseInt(order[0]));
            int rate = Integer.parseInt(order[1]);
            load.ask(rate, WARM_UP_SECONDS);
            load.micros.reset();
            load.failed = 0;
            load.ask(rate, Integer.parseInt(order[2]));
            load.client.close().toCompletionStage().toCompletableFuture().join();
            Histogram found = load.micros;
            System.out.printf(
                    "%d %d %d %d %d%n",
                    found.getTotalCount(),
                    load.failed,
                    found.getValueAtPercentile(50),
                    found.getValueAtPercentile(99),
                    found.getValueAtPercentile(99.9));
        }
        System.exit(0);
    }

    private void ask(int rate, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        for (long count = 0; count < (long) rate * seconds; count++) {
            long due = begin + count * TimeUnit.SECONDS.toNanos(1) / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            loop.runOnContext(here -> begin(due));
        }
        boolean done = false;
        while (!done) {
            TimeUnit.MILLISECONDS.sleep(10);
            CompletableFuture<Long> asked = new CompletableFuture<>();
            loop.runOnContext(here -> asked.complete(open));
            done = asked.join() == 0;
        }
    }

    private void begin(long due) {
        open++;
        client.request(HttpMethod.GET, port, "127.0.0.1", Upstream.SMALL)
                .compose(request -> {
                    Load.FIELDS.forEach(request::putHeader);
                    return request.send();
                })
                .compose(response -> response.body().map(body -> response.statusCode() == 200))
                .onComplete(answer -> {
                    open--;
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
                    if (answer.failed() || !answer.result()) {
                        failed++;
                    }
                });
    }
}
