package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    @TempDir
    private Path directory;

    @Test
    void findsVariablesAndFiles() throws IOException {
        Files.writeString(directory.resolve("secret"), "one\ntwo\r\n");
        var references = new References(Map.of("KEY", "value", "EMPTY", ""), directory);

        assertThat(references.find("env:KEY")).contains("value");
        assertThat(references.find("env:EMPTY")).contains("");
        assertThat(references.find("env:OTHER")).isEmpty();
        assertThat(references.find("file:secret")).contains("one\ntwo");
        assertThat(references.find("file:" + directory.resolve("secret"))).contains("one\ntwo");
        assertThat(references.find("file:other")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> references.find("vault:x"));
    }

    @Test
    void resolvesThemAnywhereInTexts() throws IOException {
        Files.writeString(directory.resolve("token"), "t0ken\n");
        var raw = Documents.tree("""
                a: "${env:A}"
                b: [ "Bearer ${file:token}!", { c: "${env:A}${env:B}" } ]
                d: "$${env:A} costs $5, $$, ${env:A}"
                e: "$&\\\\1 ${env:ODD}"
                f: 5
                """);
        var environment = Map.of("A", "alpha", "B", "${env:A}", "ODD", "$1\\");

        var resolved = ResolvedTree.of(raw, new References(environment, directory));

        assertThat(resolved.problems()).isEmpty();
        assertThat(resolved.tree()).isEqualTo(Documents.tree("""
                a: alpha
                b: [ "Bearer t0ken!", { c: "alpha${env:A}" } ]
                d: "${env:A} costs $5, $$, alpha"
                e: "$&\\\\1 $1\\\\"
                f: 5
                """));
        assertThat(raw.get("a").textValue()).isEqualTo("${env:A}");
        assertThat(resolved.hidden().hides("/b/1/c")).isTrue();
        assertThat(resolved.hidden().hides("/f")).isFalse();
        assertThat(resolved.hidden().removeFrom("no alpha, no t0ken")).isEqualTo("no ***, no ***");
    }

    @Test
    void reportsThoseThatLeadNowhere() throws IOException {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF});
        var raw = Documents.tree("""
                a: "${env:A} and ${env:B}"
                b: "${file:none}"
                c: "${vault:x}"
                d: "${env:A"
                e: "${file:binary}"
                """);

        var resolved = ResolvedTree.of(raw, new References(Map.of(), directory));

        assertThat(resolved.problems().stream().map(Problem::toString))
                .containsExactly(
                        "/a: ${env:A}: no such variable (expected: a variable of the gateway's environment)",
                        "/a: ${env:B}: no such variable (expected: a variable of the gateway's environment)",
                        "/b: ${file:none}: no such file (expected: a file)",
                        "/c: an unknown reference (expected: ${env:NAME} or ${file:PATH}, or $${ for a plain ${)",
                        "/d: an unknown reference (expected: ${env:NAME} or ${file:PATH}, or $${ for a plain ${)",
                        "/e: ${file:binary}: cannot be read: MalformedInputException Input length = 1"
                                + " (expected: a readable text file)");
    }

    @Test
    void makesTheConfigurationFromWhatTheyStandFor() {
        var yaml = """
                listeners: [ { name: web, host: "${env:HOST}", port: 1 } ]
                consumers: [ { name: a, credentials: { key-auth: { key: "${env:KEY}" } } } ]
                """;

        var loaded =
                Documents.load(yaml, Map.of("HOST", "127.0.0.1", "KEY", "k3y")).value();

        assertThat(loaded.config().listeners().getFirst().host()).isEqualTo("127.0.0.1");
        assertThat(loaded.config().consumers().getFirst().credentials())
                .containsEntry("key-auth", Documents.tree("key: k3y"));
        assertThat(loaded.document().shown().toString()).contains("${env:KEY}").doesNotContain("k3y");
    }

    @Test
    void areTakenForNumbersWhereNumbersAreWanted() {
        var yaml = """
                listeners: [ { name: web, port: "${env:PORT}" }, { name: "${env:PORT}", port: 1 } ]
                admin: { uploads: "${env:UPLOADS}", port: 2 }
                """;

        var config = Documents.load(yaml, Map.of("PORT", "8080", "UPLOADS", "true"))
                .value()
                .config();

        assertThat(config.listeners())
                .containsExactly(
                        ListenerConfig.plain("web", "0.0.0.0", 8080), ListenerConfig.plain("8080", "0.0.0.0", 1));
        assertThat(config.admin().uploads()).isTrue();
        assertThat(Documents.load(yaml, Map.of("PORT", "http", "UPLOADS", "yes")).problems().stream()
                        .map(Problem::toString))
                .containsExactly(
                        "/listeners/0/port: a hidden value (expected: a whole number)",
                        "/admin/uploads: a hidden value (expected: true or false)");
    }

    @Test
    void doNotShowInProblems() {
        var yaml = """
                listeners: [ { name: "${env:SECRET}", port: 1 }, { name: "${env:SECRET}", port: 2 } ]
                routes: [ { name: r, service: "${env:SECRET}", match: { path: "${env:SECRET}", hosts: ["${env:SECRET}"] } } ]
                drain: { deadline: "${env:SECRET}" }
                """;

        var problems = Documents.load(yaml, Map.of("SECRET", "hunter 22")).problems();

        assertThat(problems).hasSize(6);
        assertThat(problems.toString()).doesNotContain("hunter").contains("a hidden value");
    }

    @Test
    void readsNoDeviceToItsEnd() {
        assumeTrue(Files.exists(Path.of("/dev/zero")));

        var problems = Documents.load("listeners: [ { name: \"${file:/dev/zero}\", port: 0 } ]")
                .problems();

        assertThat(problems).first().asString().contains("more than 1 MiB");
    }
}
