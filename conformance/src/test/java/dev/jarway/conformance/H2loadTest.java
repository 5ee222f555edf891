package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients of h2load at once: each request is answered, while a plugin is replaced too. */
class H2loadTest {
    private static final int REQUESTS = 32_000;

    @TempDir
    Path directory;

    private ClientsService service;
    private Site site;
    private Program h2load;

    @BeforeEach
    void open() throws Exception {
        service = ClientsService.start();
        site = Site.inFrontOf(service.port(), directory);
        h2load = Program.of("h2load", "nghttp2-client");
    }

    @AfterEach
    void close() {
        site.close();
        service.close();
    }

    @Test
    void isAnsweredOverHttp2() throws Exception {
        assertThat(load("h2c", site.plain(), "--max-concurrent-streams=32")).contains("Application protocol: h2c\n");
        assertThat(service.stamps()).isEqualTo(Map.of("1.0.0", REQUESTS));
    }

    @Test
    void isAnsweredOverHttp2WithTls() throws Exception {
        assertThat(load("h2", site.secure(), "--max-concurrent-streams=32")).contains("Application protocol: h2\n");
        assertThat(service.stamps()).isEqualTo(Map.of("1.0.0", REQUESTS));
    }

    @Test
    void isAnsweredOverHttp1() throws Exception {
        assertThat(load("h1", site.plain(), "--h1")).contains("Application protocol: http/1.1\n");
        assertThat(service.stamps()).isEqualTo(Map.of("1.0.0", REQUESTS));
    }

    @Test
    void isAnsweredOverHttp2WhileAPluginIsReplacedEachSecond() throws Exception {
        swapUnder("h2c-swaps", site.plain(), "--max-concurrent-streams=32");
    }

    @Test
    void isAnsweredOverHttp2WithTlsWhileAPluginIsReplacedEachSecond() throws Exception {
        swapUnder("h2-swaps", site.secure(), "--max-concurrent-streams=32");
    }

    @Test
    void isAnsweredOverHttp1WhileAPluginIsReplacedEachSecond() throws Exception {
        swapUnder("h1-swaps", site.plain(), "--h1");
    }

    private void swapUnder(String name, String address, String option) throws Exception {
        try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            // For some 16 seconds.
            Future<String> load = beside.submit(() -> load(name, address, option, "--rps=20"));
            int swaps = 0;
            while (goesOn(load)) {
                swaps++;
                site.stampWith("1.0." + swaps);
            }
            load.get();

            Map<String, Integer> stamps = service.stamps();
            assertThat(stamps).hasSize(swaps + 1).hasSizeGreaterThan(2);
            assertThat(stamps.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThanOrEqualTo(REQUESTS);
        }
    }

    /** Waits for a second at most. */
    private static boolean goesOn(Future<?> load) throws Exception {
        try {
            load.get(1, TimeUnit.SECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    /** 100 clients; all that they ask has to be answered. */
    private String load(String name, String address, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--clients=100", "--requests=" + REQUESTS));
        all.addAll(List.of(options));
        all.add(address + "/hello");
        Program.Said said = h2load.run(all);
        Files.writeString(Suite.results("h2load").resolve(name + ".txt"), said.out());
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains(
                        "requests: N total, N started, N done, N succeeded, 0 failed, 0 errored, 0 timeout\n"
                                .replace("N", Integer.toString(REQUESTS)),
                        "status codes: " + REQUESTS + " 2xx, 0 3xx, 0 4xx, 0 5xx\n");
        return said.out();
    }
}
