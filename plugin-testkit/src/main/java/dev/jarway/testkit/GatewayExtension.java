package dev.jarway.testkit;

import dev.jarway.runtime.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real gateway for the tests of a plugin, with a service behind it that answers what the test says, or else the request's
 * own body. In an instance field each test gets a gateway of its own, in a static field the tests of the class share one.
 *
 * <pre>{@code
 * class HeaderAuthTest {
 *     @RegisterExtension
 *     final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));
 *
 *     @Test
 *     void refusesWhoDoesNotCarryTheHeader() {
 *         gateway.filters("""
 *                 - plugin: header-auth
 *                   config: { name: user, value: admin }
 *                 """);
 *
 *         assertThat(gateway.get("/").statusCode()).isEqualTo(403);
 *         assertThat(gateway.get("/", "User", "admin").statusCode()).isEqualTo(200);
 *         assertThat(gateway.upstreamRequests()).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>In the end all plugins are unloaded, and the test fails if one of them is not collected, naming what holds it.
 */
public final class GatewayExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final List<Path> jars;
    private final Duration collectedWithin;
    private final boolean leakCheck;

    private boolean ofClass;
    private @Nullable RunningGateway running;
    private @Nullable TestClient client;

    private GatewayExtension(List<Path> jars, Duration collectedWithin, boolean leakCheck) {
        this.jars = List.copyOf(jars);
        this.collectedWithin = collectedWithin;
        this.leakCheck = leakCheck;
    }

    /** With these plugins in its drop folder. */
    public static GatewayExtension with(Path... jars) {
        return new GatewayExtension(List.of(jars), Duration.ofSeconds(10), true);
    }

    /** Gives the plugins this long to be collected; 10 seconds if not said. */
    public GatewayExtension collectedWithin(Duration duration) {
        return new GatewayExtension(jars, duration, leakCheck);
    }

    /**
     * Does not look whether the plugins are collected.
     *
     * @param reason for whoever reads the test; not empty
     */
    public GatewayExtension withoutLeakCheck(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason: empty (expected: why the plugin may stay)");
        }
        return new GatewayExtension(jars, collectedWithin, false);
    }

    /**
     * Gives the one route these filters. Returns when they are in force.
     *
     * @param yaml a list, as under {@code filters} of the configuration
     * @throws AssertionError naming all that is wrong, and then nothing has changed
     */
    public void filters(String yaml) {
        running().configure(TestDocument.ofFilters(yaml));
    }

    /**
     * Puts a whole document in force, and returns when it is. What it leaves out of {@code listeners}, {@code admin},
     * {@code services} and {@code routes} is added: free ports, the service {@code upstream}, and a route of every request to
     * it. The address of that service is <code>${env:UPSTREAM}</code>.
     *
     * @throws AssertionError naming all that is wrong, and then nothing has changed
     */
    public void configure(String yaml) {
        running().configure(TestDocument.of(yaml));
    }

    /**
     * Puts a JAR into the drop folder, in place of the one with the same plugin id. Returns when it is in force.
     *
     * @throws AssertionError if the gateway refuses it, saying why
     */
    public void replacePlugin(Path jar) throws IOException {
        running().replacePlugin(jar);
    }

    /** Where clients connect, without a path: {@code http://127.0.0.1:49152}. */
    public String url() {
        return running().url();
    }

    /**
     * Sends a GET.
     *
     * @param target path and query
     * @param headers names and values in turn; {@code host} is among those that may be set
     */
    public HttpResponse<String> get(String target, String... headers) {
        return send(request(target, headers).build());
    }

    /** Sends a POST, with headers as in {@link #get}. */
    public HttpResponse<String> post(String target, String body, String... headers) {
        return send(request(target, headers).POST(BodyPublishers.ofString(body)).build());
    }

    /** A request to the gateway, for {@link #send}, with headers as in {@link #get}. */
    public HttpRequest.Builder request(String target, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url() + target)).timeout(Duration.ofSeconds(30));
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Sends any request. */
    public HttpResponse<String> send(HttpRequest request) {
        if (client == null) {
            throw notRunning();
        }
        return client.send(request);
    }

    /** Says what the service behind the gateway answers from now on. Called by several threads at once. */
    public void upstreamAnswers(Function<UpstreamRequest, UpstreamAnswer> answers) {
        running().upstream().answer(answers);
    }

    /** The requests that the service behind the gateway has got during this test, in the order of their arrival. */
    public List<UpstreamRequest> upstreamRequests() {
        return running().upstream().requests();
    }

    private RunningGateway running() {
        if (running == null) {
            throw notRunning();
        }
        return running;
    }

    private static IllegalStateException notRunning() {
        return new IllegalStateException(
                "the gateway does not run (expected: a field with @RegisterExtension, used within a test)");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, StartException {
        ofClass = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException, StartException {
        if (ofClass) {
            running().upstream().reset();
        } else {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
        if (!ofClass && running != null) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        if (running != null) {
            stop();
        }
    }

    void start() throws IOException, StartException {
        running = RunningGateway.start(jars, collectedWithin);
        client = new TestClient();
    }

    void stop() throws IOException, InterruptedException {
        try (var ending = running()) {
            closeClient();
            if (leakCheck) {
                ending.requireNoLeak();
            }
        } finally {
            running = null;
        }
    }

    private void closeClient() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
