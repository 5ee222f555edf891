package dev.jarway.runtime.balance;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Names as this machine knows them: its hosts file, its name servers. An answer may be as old as the JVM keeps it
 * ({@code networkaddress.cache.ttl}). Of a name that has addresses of both kinds, those of IPv4 count: many services that have
 * both listen on one only, {@code localhost} above all.
 */
public final class SystemNames implements Names {
    private static final int MOST_AT_ONCE = 4;

    // The system's resolver blocks, and for long if a name server is silent.
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MOST_AT_ONCE,
            MOST_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("jarway-names-", 0).factory());

    /** Names of this machine. */
    public SystemNames() {
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletionStage<List<String>> addresses(String host) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return chosen(InetAddress.getAllByName(host));
                    } catch (UnknownHostException e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
    }

    static List<String> chosen(InetAddress[] all) {
        List<String> four = Arrays.stream(all)
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .distinct()
                .sorted()
                .toList();
        return four.isEmpty()
                ? Arrays.stream(all)
                        .map(InetAddress::getHostAddress)
                        .distinct()
                        .sorted()
                        .toList()
                : four;
    }

    /** Looks nothing up any more. */
    public void stop() {
        threads.shutdownNow();
    }
}
