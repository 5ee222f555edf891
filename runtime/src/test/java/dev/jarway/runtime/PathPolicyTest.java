package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the path by which a route was chosen is the path that the service gets, under each setting. */
class PathPolicyTest {
    private static final String ROUTES = """
            routes:
              - { name: guarded, match: { path: "/admin/**" }, service: gone }
              - { name: all, service: echo }
            """;

    @TempDir
    Path directory;

    @Test
    void reachesNoGuardedPathByAnotherSpelling() throws Exception {
        List<String> spellings = List.of(
                "/admin/x",
                "/%61dmin/x",
                "//admin/x",
                "/./admin/x",
                "/a/../admin/x",
                "/a/%2e%2e/admin/x",
                "/admin%2fx",
                "/%2fadmin/x",
                "/a%2f..%2fadmin/x",
                "/admin//x",
                "/a//../admin/x",
                "/admin/./x",
                "/%2e/admin/x",
                "/a/..%2fadmin/x",
                "/a%2f../admin/x");
        try (GatewayFixture gateway =
                start("paths: { encodedSlash: decode, dotSegments: resolve, emptySegments: merge }")) {
            for (String spelling : spellings) {
                assertThat(status(gateway.port(), spelling)).as(spelling).isIn(503, 400);
            }
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    @Test
    void sendsTheFormThatItHasRoutedBy() throws Exception {
        try (GatewayFixture gateway =
                start("paths: { encodedSlash: decode, dotSegments: resolve, emptySegments: merge }")) {
            assertThat(status(gateway.port(), "/a%2F.%2f/b//c/../d?e=%2f..//")).isEqualTo(200);

            assertThat(gateway.upstream().seen().element().target()).isEqualTo("/a/b/d?e=%2f..//");
        }
    }

    @Test
    void leavesAsCharactersWhatItIsToldToKeep() throws Exception {
        try (GatewayFixture gateway =
                start("paths: { encodedSlash: keep, encodedBackslash: keep, emptySegments: keep }")) {
            assertThat(status(gateway.port(), "/a%2Fb%5c//c")).isEqualTo(200);

            assertThat(gateway.upstream().seen().element().target()).isEqualTo("/a%2Fb%5c//c");
        }
    }

    @Test
    void refusesOrKeepsFieldsWithUnderscores() throws Exception {
        try (GatewayFixture gateway = start("headers: { underscores: reject }")) {
            assertThat(status(gateway.port(), "/a", "X_User: admin\r\n")).isEqualTo(400);
            assertThat(status(gateway.port(), "/a", "X-User: admin\r\n")).isEqualTo(200);
        }
        try (GatewayFixture gateway = start("headers: { underscores: keep }")) {
            assertThat(status(gateway.port(), "/a", "X_User: admin\r\n")).isEqualTo(200);
            assertThat(gateway.upstream().seen().element().headers()).containsEntry("X_user", "admin");
        }
    }

    private static int status(int port, String target, String... fields) throws IOException {
        try (RawExchange client = new RawExchange(port)) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + String.join("", fields) + "\r\n");
            return client.answer(false).status();
        }
    }

    private GatewayFixture start(String settings) throws StartException {
        return GatewayFixture.start(
                directory, "listeners: [{ name: web, host: 127.0.0.1, port: 0, " + settings + " }]\n", ROUTES);
    }
}
