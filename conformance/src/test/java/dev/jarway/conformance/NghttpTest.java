package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 through the gateway as nghttp speaks it, which shows each frame. */
class NghttpTest {
    private static final byte[] UPLOAD = ClientsService.noise(2_000_000);

    @TempDir
    Path directory;

    private ClientsService service;
    private Site site;
    private Program nghttp;

    @BeforeEach
    void open() throws Exception {
        service = ClientsService.start();
        site = Site.inFrontOf(service.port(), directory);
        nghttp = Program.of("nghttp", "nghttp2-client");
    }

    @AfterEach
    void close() {
        site.close();
        service.close();
    }

    /** What it shows: frames, and bodies in between. */
    private String shown(String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--verbose", "--timeout=60", "--no-verify-peer"));
        all.addAll(List.of(options));
        Program.Said said = nghttp.run(all);
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        return said.out();
    }

    private static long count(String shown, String what) {
        return Pattern.compile(what).matcher(shown).results().count();
    }

    private String address(boolean tls) {
        return tls ? site.secure() : site.plain();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksForManyThingsAtOnce(boolean tls) throws Exception {
        String shown = shown("--multiply=20", address(tls) + "/hello", address(tls) + "/stream");

        assertThat(count(shown, "Connected")).isEqualTo(1);
        assertThat(count(shown, "recv \\(stream_id=\\d+\\) :status: 200")).isEqualTo(40);
        assertThat(count(shown, "recv \\(stream_id=\\d+\\) x-stamp: 1.0.0")).isEqualTo(40);
        assertThat(count(shown, "The negotiated protocol: h2\n")).isEqualTo(tls ? 1 : 0);
        assertThat(service.seen("/stream").get("x-came-over")).isEqualTo("HTTP/2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uploads(boolean tls) throws Exception {
        Path body = Files.write(directory.resolve("upload"), UPLOAD);

        String shown = shown("--data=" + body, address(tls) + "/upload");
        String unknown = shown("--data=" + body, "--no-content-length", address(tls) + "/upload");

        assertThat(shown).contains(ClientsService.receipt(UPLOAD), "x-stamp: 1.0.0");
        assertThat(unknown).contains(ClientsService.receipt(UPLOAD), "x-stamp: 1.0.0");
    }

    @Test
    void readsThroughSmallWindows() throws Exception {
        String shown = shown("--null-out", "--window-bits=10", "--connection-window-bits=16", site.plain() + "/large");

        assertThat(shown).contains("SETTINGS_INITIAL_WINDOW_SIZE(0x04):1023", "x-stamp: 1.0.0");
        assertThat(count(shown, "recv DATA frame")).isGreaterThan(ClientsService.LARGE.length / 1023);
        assertThat(count(shown, "recv DATA frame <length=\\d+, flags=0x01")).isEqualTo(1);
    }

    @Test
    void saysWhatIsUrgent() throws Exception {
        String shown =
                shown("--weight=200", "--weight=1", site.plain() + "/large", site.plain() + "/hello", "--null-out");

        assertThat(shown).contains("send PRIORITY frame");
        assertThat(count(shown, "recv \\(stream_id=\\d+\\) x-stamp: 1.0.0")).isEqualTo(2);
    }

    @Test
    void sendsABodyWhenItIsToldToGoOn() throws Exception {
        Path body = Files.write(directory.resolve("upload"), UPLOAD);

        String shown = shown("--data=" + body, "--expect-continue", site.plain() + "/upload");

        assertThat(shown.indexOf(":status: 100")).isPositive().isLessThan(shown.indexOf("send DATA frame"));
        assertThat(shown).contains(ClientsService.receipt(UPLOAD), "x-stamp: 1.0.0");
        assertThat(service.seen("/upload").get("expect")).isEqualTo("100-continue");
    }

    @Test
    void sendsTrailers() throws Exception {
        Path body = Files.writeString(directory.resolve("upload"), "text");
        try (LoopbackServer mirror = ByteMirror.start();
                Site other = Site.inFrontOf(mirror.port(), Files.createDirectory(directory.resolve("other")))) {
            String shown =
                    shown("--data=" + body, "--no-content-length", "--trailer=x-checksum: 7", other.plain() + "/hello");

            assertThat(shown)
                    .contains("\r\nx-came-over: HTTP/2\r\n", "\r\n\r\n4\r\ntext\r\n0\r\nx-checksum: 7\r\n\r\n");
        }
    }

    @Test
    void getsTrailers() throws Exception {
        String shown = shown(site.plain() + "/trailers");

        assertThat(shown.indexOf("x-stamp: 1.0.0")).isPositive().isLessThan(shown.indexOf("a body"));
        assertThat(shown.indexOf("a body")).isLessThan(shown.indexOf("x-checksum: 7"));
    }

    @Test
    void isServedOverHttp1WhereItAsksToSwitch() throws Exception {
        Program.Said said = nghttp.run(List.of("--verbose", "--upgrade", site.plain() + "/hello"));

        assertThat(said.out()).contains("HTTP/1.1 200 OK", "\nx-stamp: 1.0.0", "\nhello\n");
        assertThat(said.err()).contains("HTTP Upgrade failed");
        assertThat(service.seen("/hello").get("x-came-over")).isEqualTo("HTTP/1.1");
        assertThat(service.seen("/hello").names()).doesNotContain("upgrade", "http2-settings");
    }
}
