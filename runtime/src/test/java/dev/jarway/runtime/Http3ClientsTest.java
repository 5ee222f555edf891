package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is demanded of the clients of HTTP/3, when that changes. */
class Http3ClientsTest {
    private static final String HOST = "web.example.com";
    private static final String NONE = "";
    private static final String OPTIONAL = ", trust: clients.pem, clientAuth: optional";
    private static final String REQUIRED = ", trust: clients.pem, clientAuth: required, forwardClientCert: true";

    private final TestAuthority authority = TestAuthority.create();
    private final TestAuthority clients = TestAuthority.named("The first authority");
    private final X509Bundle alice = clients.issue("alice");

    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() {
        TestAuthority.write(directory, "web", authority.issue(HOST));
        TestAuthority.replace(directory.resolve("clients.pem"), clients.root().getRootCertificatePEM());
    }

    private static String listener(String asks) {
        return "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h3], tls: { " + certificates("web")
                + asks + " } }]\n";
    }

    private GatewayFixture start(String asks) throws StartException {
        return GatewayFixture.start(directory, listener(asks), filters(""));
    }

    private static void demand(GatewayFixture gateway, String asks) {
        assertThat(gateway.configure(listener(asks), filters("")).statusCode()).isEqualTo(200);
    }

    private Http3Connection connect(GatewayFixture gateway, @Nullable X509Bundle certificate) throws Exception {
        return new Http3Connection(authority, certificate, HOST, gateway.port());
    }

    /** The client may think that its handshake has succeeded before it learns otherwise. */
    private boolean isServed(GatewayFixture gateway, @Nullable X509Bundle certificate) throws Exception {
        try (Http3Connection connection = connect(gateway, certificate)) {
            return isServed(connection);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isServed(Http3Connection connection) {
        Future<String> answer = connection.ask("/a");
        await().atMost(PATIENCE).until(() -> answer.isComplete() || connection.isClosed());
        return answer.succeeded();
    }

    @Test
    void servesNobodyWithoutACertificateFromThenOnThatOneIsRequired() throws Exception {
        try (GatewayFixture gateway = start(NONE)) {
            assertThat(isServed(gateway, null)).isTrue();

            demand(gateway, REQUIRED);

            assertThat(isServed(gateway, null)).isFalse();
            await().atMost(PATIENCE).until(() -> isServed(gateway, alice));
            assertThat(gateway.upstream().seen())
                    .last()
                    .satisfies(request -> assertThat(request.headers()).containsKey("client-cert"));
        }
    }

    @Test
    void goesFromOptionalToRequiredAndBackAgain() throws Exception {
        try (GatewayFixture gateway = start(OPTIONAL)) {
            assertThat(isServed(gateway, null)).isTrue();

            demand(gateway, REQUIRED);
            assertThat(isServed(gateway, null)).isFalse();
            await().atMost(PATIENCE).until(() -> isServed(gateway, alice));

            demand(gateway, NONE);
            await().atMost(PATIENCE).until(() -> isServed(gateway, null));

            demand(gateway, REQUIRED);
            assertThat(isServed(gateway, null)).isFalse();
            await().atMost(PATIENCE).until(() -> isServed(gateway, alice));
        }
    }

    @Test
    void takesUpNoSessionOfAClientWhoIsNotTrustedAnyMore() throws Exception {
        TestAuthority others = TestAuthority.named("The second authority");
        X509Bundle bob = others.issue("bob");
        try (GatewayFixture gateway = start(REQUIRED);
                Http3Connection remembering = connect(gateway, alice)) {
            assertThat(isServed(remembering)).isTrue();

            TestAuthority.replace(
                    directory.resolve("clients.pem"), others.root().getRootCertificatePEM());

            await().atMost(PATIENCE).until(() -> isServed(gateway, bob));
            assertThat(isServed(gateway, alice)).isFalse();
            assertThat(isServedAgain(remembering)).isFalse();
        }
    }

    private static boolean isServedAgain(Http3Connection remembering) throws Exception {
        try (Http3Connection again = remembering.again()) {
            return isServed(again);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void endsWhatIsUnderWayOnWhatItHasAgreedOn() throws Exception {
        try (LiveUpstream live = new LiveUpstream()) {
            String routes = live.entry() + "routes: [{ name: live, service: live }]\n";
            try (GatewayFixture gateway = GatewayFixture.start(directory, listener(NONE), routes);
                    Http3Connection before = connect(gateway, null)) {
                Future<String> answer = before.ask("/later");
                await().atMost(PATIENCE).until(() -> live.arrived() == 1);

                assertThat(gateway.configure(listener(REQUIRED), routes).statusCode())
                        .isEqualTo(200);
                live.answerLate();

                await().atMost(PATIENCE).until(answer::isComplete);
                assertThat(answer.result()).isEqualTo("late");
                assertThat(before.isLeaving()).isFalse();
            }
        }
    }

    @Test
    void asksEachNewConnectionForWhatIsDemandedNowWhileAnOldOneStays() throws Exception {
        try (LiveUpstream live = new LiveUpstream()) {
            String routes = live.entry() + "routes: [{ name: live, service: live }]\n";
            try (GatewayFixture gateway = GatewayFixture.start(directory, listener(NONE), routes);
                    Http3Connection before = connect(gateway, null)) {
                Future<String> answer = before.ask("/later");
                await().atMost(PATIENCE).until(() -> live.arrived() == 1);

                assertThat(gateway.configure(listener(REQUIRED), routes).statusCode())
                        .isEqualTo(200);

                for (int i = 0; i < 12; i++) {
                    try (Http3Connection known = connect(gateway, alice)) {
                        assertThat(known.begin("/one-event").statusCode()).isEqualTo(200);
                    }
                }
                assertThat(isServed(gateway, null)).isFalse();
                assertThat(answer.isComplete()).isFalse();
            }
        }
    }
}
