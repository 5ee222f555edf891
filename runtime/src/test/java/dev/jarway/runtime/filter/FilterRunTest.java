package dev.jarway.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What exchanges of one event loop, one after the other, have of each other's filters: nothing but memory. */
class FilterRunTest {
    private static final String REQUEST =
            "@Override public Action onRequestHeaders(Request request) { return Action.proceed(); }";
    private static final String HEADERS =
            REQUEST + "@Override public Action onResponseHeaders(Response response) { return Action.proceed(); }";

    private final IdleFilters filters = new IdleFilters();

    @AfterEach
    void close() throws IOException {
        filters.close();
    }

    @Test
    void oneFilterMoreAllocatesNothingIfItSeesHeadersAlone() throws Exception {
        ConfiguredPlugin plugin = filters.plugin("Idle", HEADERS);
        List<ChainEntry> one = chain(plugin, 1);
        List<ChainEntry> eleven = chain(plugin, 11);
        allocated(one);
        allocated(eleven);

        long more = allocated(eleven) - allocated(one);

        assertThat(more).as("bytes for 10 filters more in 1,000 exchanges").isLessThan(10_000);
    }

    @Test
    void aCallThatNobodyElseKnowsServesTheNextExchange() throws Exception {
        FilterEntry entry = entry(HEADERS);

        FilterCall first = begin(entry);
        filters.scope().spare().give(met);

        assertThat(begin(entry)).isSameAs(first);
        assertThat(first.listensToResponse()).isTrue();
    }

    @Test
    void nothingOfTheExchangeBeforeIsLeftInACallThatServesTheNext() throws Exception {
        FilterCall first = begin(entry(HEADERS));

        filters.scope().spare().give(met);

        assertThat(first.listensTo(Hook.REQUEST_HEADERS)).isFalse();
        assertThat(first.listensToResponse()).isFalse();
        assertThat(first).hasAllNullFieldsOrPropertiesExcept("loop", "hooks", "failed", "over", "known");
    }

    @Test
    void aFilterThatHasFailedIsNotInTheWayOfTheNextExchange() throws Exception {
        List<ChainEntry> chain = List.of(entry(HEADERS), entry("""
                        int calls;
                        @Override public Action onRequestHeaders(Request request) {
                            if (calls++ % 2 == 1) throw new IllegalStateException("every other time");
                            return Action.proceed();
                        }
                        """));

        for (int i = 0; i < 3; i++) {
            assertThat(passes(chain).succeeded()).isTrue();
            assertThat(passes(chain).cause()).isInstanceOf(GatewayFailure.class);
        }
    }

    @Test
    void aFilterThatAnswersLaterHasItsCallToItself() throws Exception {
        CompletableFuture<String> arrival = new CompletableFuture<>();
        System.getProperties().put("arrival", arrival);
        try {
            FilterCall waiting = begin(entry("""
                    @Override public Action onRequestHeaders(Request request) {
                        return Action.await((java.util.concurrent.CompletionStage<String>)
                                System.getProperties().get("arrival"), text -> Action.proceed());
                    }
                    """));
            filters.scope().spare().give(met);

            FilterCall next = begin(entry(HEADERS));
            arrival.complete("late");

            assertThat(next).isNotSameAs(waiting);
            assertThat(waiting.entry()).isNotSameAs(next.entry());
        } finally {
            System.getProperties().remove("arrival");
        }
    }

    @Test
    void aFilterThatSeesBodiesHasItsCallToItself() throws Exception {
        FilterEntry entry =
                entry(REQUEST + "@Override public Action onRequestData(Chunk chunk) { return Action.proceed(); }");

        FilterCall first = begin(entry);
        filters.scope().spare().give(met);

        assertThat(begin(entry)).isNotSameAs(first);
        assertThat(first.entry()).isSameAs(entry);
    }

    @Test
    void anExchangeThatIsOverHasMetNobody() throws Exception {
        List<ChainEntry> chain = List.of(entry(HEADERS.replace(
                "(Response response) {", "(Response response) { response.headers().set(\"x-seen\", \"1\");")));
        FilterRun over = filters.run();
        assertThat(over.onRequest(chain).succeeded()).isTrue();
        assertThat(over.complete(filters.outcome()).succeeded()).isTrue();
        FilterRun next = filters.run();
        assertThat(next.onRequest(chain).succeeded()).isTrue();

        assertThat(over.onResponse(filters.answer(), failure -> filters.answer())
                        .succeeded())
                .isTrue();

        assertThat(filters.answer().response().fields().contains("x-seen")).isFalse();
    }

    private MetFilters met = new MetFilters();
    private int plugins;

    private FilterCall begin(FilterEntry entry) {
        met = filters.scope().spare().take();
        FilterCall call = met.add(entry, filters.exchange(), filters.scope(), new Invoker(filters.scope()));
        var unused = call.begin(System.nanoTime(), filters.request());
        return call;
    }

    private FilterEntry entry(String methods) throws Exception {
        int number = plugins++;
        return IdleFilters.entry("f" + number, filters.plugin("Probe" + number, methods));
    }

    private static List<ChainEntry> chain(ConfiguredPlugin plugin, int length) {
        List<ChainEntry> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            chain.add(IdleFilters.entry("idle-" + i, plugin));
        }
        return chain;
    }

    private Future<Verdict> passes(List<ChainEntry> chain) {
        FilterRun run = filters.run();
        Future<Verdict> verdict = run.onRequest(chain);
        assertThat(run.complete(filters.outcome()).succeeded()).isTrue();
        return verdict;
    }

    private long allocated(List<ChainEntry> chain) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
            var unused = filters.exchange(chain);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
