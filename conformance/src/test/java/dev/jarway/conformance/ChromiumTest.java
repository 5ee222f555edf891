package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page in Chromium finds that has come through the gateway: WebSocket, EventSource, responses piece by piece. */
class ChromiumTest {
    private static final int SWAPS = 8;

    @TempDir
    Path directory;

    private PageService service;
    private Site site;
    private @Nullable Chromium chromium;

    @BeforeEach
    void open() throws Exception {
        service = PageService.start();
        site = Site.inFrontOf(service.port(), directory);
    }

    @AfterEach
    void close() {
        if (chromium != null) {
            chromium.close();
        }
        site.close();
        service.close();
    }

    private void show(String address) throws Exception {
        chromium = Chromium.showing(address, Files.createDirectory(directory.resolve("profile")), site.certificate());
    }

    @Test
    void talksOverHttp1() throws Exception {
        show(site.plain() + "/page");

        JsonObject found = service.findings();

        assertAllIsFound(found);
        assertThat(found.getJsonArray("protocols")).containsExactly("http/1.1", "http/1.1");
        assertThat(service.seen("/page").get("x-came-over")).isEqualTo("HTTP/1.1");
    }

    @Test
    void talksOverHttp2AndTakesAConnectionOfHttp1ForItsWebSocket() throws Exception {
        show(site.secure() + "/page");

        JsonObject found = service.findings();

        assertAllIsFound(found);
        assertThat(found.getJsonArray("protocols")).containsExactly("h2", "h2");
        assertThat(service.seen("/page").get("x-came-over")).isEqualTo("HTTP/2");
        assertThat(service.seen("/events").get("x-came-over")).isEqualTo("HTTP/2");
        assertThat(service.seen("/socket").get("x-came-over")).isEqualTo("HTTP/1.1");
    }

    private void assertAllIsFound(JsonObject found) throws InterruptedException {
        assertThat(found.getString("error")).isNull();
        assertThat(found.getString("stamp")).isEqualTo("1.0.0");
        assertThat(found.getJsonObject("socket"))
                .isEqualTo(new JsonObject()
                        .put("protocol", "talk")
                        .put("compressed", true)
                        .put("text", true)
                        .put("largeText", true)
                        .put("largeBinary", true)
                        .put("closedByPage", "4001 by the page clean")
                        .put("closedByService", "4001 by the service clean"));
        assertThat(service.closed()).isEqualTo("4001 by the page");
        assertThat(service.closed()).isEqualTo("4001 by the service");
        assertThat(service.seen("/socket").get("x-stamp")).isEqualTo("1.0.0");
        assertThat(found.getJsonArray("events")).isEqualTo(JsonArray.of("1: 1", "2: 2", "3: 3", "4: after 3"));
        assertThat(found.getJsonArray("pieces")).isEqualTo(JsonArray.of("one", "two", "three"));
    }

    @Test
    void keepsAWebSocketAndAStreamOfEventsWhileAPluginIsReplaced() throws Exception {
        keepsWhatIsOpen(site.plain());
    }

    @Test
    void keepsThemOverTlsWhileAPluginIsReplaced() throws Exception {
        keepsWhatIsOpen(site.secure());
    }

    private void keepsWhatIsOpen(String address) throws Exception {
        show(address + "/kept");

        tell("swap 0");
        for (int swap = 1; swap <= SWAPS; swap++) {
            site.stampWith("1.0." + swap);
            tell("swap " + swap);
        }
        service.sayBySocket("report");

        assertThat(service.findings())
                .isEqualTo(new JsonObject()
                        .put("opened", 1)
                        .put("closed", 0)
                        .put("errors", 0)
                        .put("streams", 1)
                        .put("stamp", "1.0." + SWAPS));
        assertThat(service.seen("/kept-socket").get("x-stamp")).isEqualTo("1.0.0");
        assertThat(service.seen("/kept-events").get("x-stamp")).isEqualTo("1.0.0");
    }

    /** Says something by both, and has the page answer. */
    private void tell(String text) throws Exception {
        service.sayBySocket(text);
        assertThat(service.answered()).isEqualTo("message: " + text);
        service.sayByEvent(text);
        assertThat(service.answered()).isEqualTo("event: " + text);
    }
}
