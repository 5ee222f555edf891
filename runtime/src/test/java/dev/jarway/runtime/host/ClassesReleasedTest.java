package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.plugin.PluginContext;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassesReleasedTest {
    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void holdsNothingOfAPluginThatIsClosedThoughItsContextIsKept() throws Exception {
        try (var quick = new ScriptedServer(out -> out.write(ScriptedServer.ok("hello")));
                var silent = new ScriptedServer(out -> {})) {
            var context = new HostContext[1];
            var loader = visit(context, List.of(quick.uri("/"), silent.uri("/")));
            await().until(() -> !silent.heads.isEmpty());

            context[0].close();

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return loader.get() == null;
            });
            assertThat(context[0].plugin().id()).isEqualTo("mock");
        }
    }

    // In a frame of its own, so that no local variable of the test keeps the guest.
    @SuppressWarnings("unchecked")
    private WeakReference<ClassLoader> visit(HostContext[] place, List<URI> servers) throws Exception {
        var loader = new GuestLoader();
        var context =
                new HostContext(host.services, HostFixture.identity("mock", 1), loader, HostFixture.NOBODY, Map.of());
        place[0] = context;
        var guest = (BiConsumer<PluginContext, List<URI>>)
                loader.loadClass(Guest.class.getName()).getConstructor().newInstance();
        assertThat(guest.getClass()).isNotEqualTo(Guest.class);
        guest.accept(context, servers);
        host.meters.getMeters().forEach(meter -> meter.measure().forEach(measurement -> measurement.getValue()));
        assertThat(context.offered()).isEmpty();
        return new WeakReference<>(loader);
    }
}
