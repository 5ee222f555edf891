package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.conformance.Curl.Got;
import dev.jarway.conformance.Curl.Way;
import dev.jarway.runtime.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What curl gets through the gateway, over HTTP/1 and HTTP/2, plain and over TLS. */
class CurlTest {
    private static final byte[] UPLOAD = ClientsService.noise(2_000_000);

    @TempDir
    Path directory;

    private ClientsService service;
    private Site site;
    private Curl curl;

    @BeforeEach
    void open() throws Exception {
        service = ClientsService.start();
        site = Site.inFrontOf(service.port(), directory);
        curl = Curl.asking(site, directory);
    }

    @AfterEach
    void close() {
        site.close();
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void gets(Way way) throws Exception {
        Got got = curl.ask(way, "/hello");

        assertStamped(got, way);
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("hello\n");
        assertThat(service.seen("/hello").get("x-came-over")).isEqualTo(way.version());
        assertThat(service.seen("/hello").get("user-agent")).startsWith("curl/");
    }

    @ParameterizedTest
    @EnumSource
    void getsTheHeadAlone(Way way) throws Exception {
        Got got = curl.ask(way, "/hello", "-I");

        assertStamped(got, way);
        assertThat(got.heads()).contains("content-length: 6\r\n", "etag: \"hello\"\r\n");
    }

    @ParameterizedTest
    @EnumSource
    void sendsABodyWhenItIsToldToGoOn(Way way) throws Exception {
        Path body = Files.write(directory.resolve("upload"), UPLOAD);

        Got got = curl.ask(
                way,
                "/upload",
                "--data-binary",
                "@" + body,
                "-H",
                "Expect: 100-continue",
                "--expect100-timeout",
                "100");

        assertStamped(got, way);
        assertThat(got.heads()).contains(" 100");
        assertThat(got.text()).isEqualTo(ClientsService.receipt(UPLOAD));
        assertThat(service.seen("/upload").get("expect")).isEqualTo("100-continue");
    }

    @ParameterizedTest
    @EnumSource
    void sendsABodyOfALengthThatItDoesNotKnow(Way way) throws Exception {
        Path body = Files.write(directory.resolve("upload"), UPLOAD);

        Got got = curl.ask(body, way, "/upload", "-T", "-");

        assertStamped(got, way);
        assertThat(got.text()).isEqualTo(ClientsService.receipt(UPLOAD));
        assertThat(service.seen("/upload").get("transfer-encoding")).isEqualTo("chunked");
    }

    @ParameterizedTest
    @EnumSource
    void readsAsSlowlyAsItLikes(Way way) throws Exception {
        Got got = curl.ask(way, "/large", "--limit-rate", "3M");

        assertStamped(got, way);
        assertThat(got.body().getBytes()).isEqualTo(ClientsService.LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void getsPartOfAFile(Way way) throws Exception {
        Got got = curl.ask(way, "/large", "-r", "1000000-1999999");

        assertStamped(got, way);
        assertThat(got.status()).isEqualTo(206);
        assertThat(got.heads()).contains("content-range: bytes 1000000-1999999/" + ClientsService.LARGE.length);
        assertThat(got.body().getBytes()).isEqualTo(Arrays.copyOfRange(ClientsService.LARGE, 1_000_000, 2_000_000));
    }

    @ParameterizedTest
    @EnumSource
    void inflatesWhatTheServiceHasCompressed(Way way) throws Exception {
        Got got = curl.ask(way, "/compressed", "--compressed");

        assertStamped(got, way);
        assertThat(got.heads()).contains("content-encoding: gzip\r\n");
        assertThat(got.text()).isEqualTo(ClientsService.TEXT);
        assertThat(curl.ask(way, "/compressed").heads()).doesNotContain("content-encoding");
    }

    @ParameterizedTest
    @EnumSource
    void getsTrailers(Way way) throws Exception {
        Got got = curl.ask(way, "/trailers");

        assertStamped(got, way);
        assertThat(got.text()).isEqualTo("a body");
        assertThat(got.heads()).contains("\r\nx-checksum: 7\r\n");
    }

    /** Without TLS, curl 7.88 begins anew on a connection of HTTP/2 that it uses again, whoever serves. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HTTP2")
    void asksForOneThingAfterTheOtherOnOneConnection(Way way) throws Exception {
        List<String> told = new ArrayList<>();
        for (String path : List.of("/hello", "/stream", "/nothing", "/trailers", "/hello")) {
            told.add(way.of(site) + path);
        }

        assertThat(statuses(way, told))
                .containsExactly("200 1 1.0.0", "200 0 1.0.0", "404 0 1.0.0", "200 0 1.0.0", "200 0 1.0.0");
    }

    @Test
    void asksForManyThingsAtOnceOnOneConnection() throws Exception {
        List<String> statuses =
                statuses(Way.HTTP2_TLS, List.of("--parallel", "--parallel-max", "50", site.secure() + "/large?[1-10]"));

        assertThat(statuses).hasSize(10).allMatch(status -> status.matches("200 [01] 1.0.0"));
        assertThat(statuses).filteredOn("200 1 1.0.0"::equals).hasSize(1);
    }

    /** Of each response its status, how many connections were opened for it, and its stamp. */
    private List<String> statuses(Way way, List<String> more) throws Exception {
        List<String> options = new ArrayList<>(way.options(site));
        options.addAll(List.of("--output-dir", site.file("bodies"), "--create-dirs", "--remote-name-all"));
        options.addAll(List.of("-w", "%{response_code} %{num_connects} %header{x-stamp}\n"));
        options.addAll(more);
        return curl.run(options).out().lines().toList();
    }

    @Test
    void showsACertificateOfItsOwn() throws Exception {
        List<String> options =
                new ArrayList<>(List.of("--cacert", site.file("authority.pem"), "-D", "-", site.mutual() + "/hello"));

        Program.Said stranger = curl.run(options);
        options.addAll(List.of("--cert", site.file("alice.crt"), "--key", site.file("alice.key")));
        Program.Said alice = curl.run(options);

        assertThat(stranger.code()).isNotZero();
        assertThat(stranger.out()).isEmpty();
        assertThat(alice.out())
                .startsWith("HTTP/2 200")
                .contains("x-stamp: 1.0.0")
                .endsWith("\r\nhello\n");
        assertThat(service.seen("/hello").get("client-cert")).startsWith(":MII").endsWith(":");
    }

    @Test
    void endsAtTheEndOfTheConnectionWhereHttp10HasNoOtherSign() throws Exception {
        Got got = curl.ask(Way.HTTP1, "/stream", "--http1.0");

        assertThat(got.text()).isEqualTo("one two three");
        assertThat(got.heads()).contains("x-stamp: 1.0.0\r\n").doesNotContain("transfer-encoding", "content-length");
        assertThat(service.seen("/stream").get("x-came-over")).isEqualTo("HTTP/1.0");
    }

    @Test
    void isServedOverHttp1WhereItOffersToSwitchToHttp2() throws Exception {
        Got got = curl.ask(Way.HTTP1, "/hello", "--http2");

        assertStamped(got, Way.HTTP1);
        assertThat(got.text()).isEqualTo("hello\n");
        assertThat(got.heads()).doesNotContain("101");
        assertThat(service.seen("/hello").names()).doesNotContain("upgrade", "http2-settings");
    }

    @Test
    void doesNotTrustWhomItDoesNotKnow() throws Exception {
        TestAuthority.replace(
                directory.resolve("stranger.pem"),
                TestAuthority.named("A stranger").root().getRootCertificatePEM());

        Program.Said said = curl.run(List.of("--cacert", site.file("stranger.pem"), site.secure() + "/hello"));

        assertThat(said.code()).as(said.err()).isEqualTo(60);
    }

    private static void assertStamped(Got got, Way way) {
        assertThat(got.version()).isEqualTo(way.version());
        assertThat(got.heads()).contains("\r\nx-stamp: 1.0.0\r\n");
    }
}
