package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.StoppableGateway.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin's file that is to be deleted while a change before that one is still under way. */
class PluginDeletionTest {
    private static final String PATIENT = "plugins: { createTimeout: 60s }\n";

    @TempDir
    Path directory;

    private StoppableGateway gateway;
    private CompletableFuture<HttpResponse<String>> change;

    @BeforeEach
    void startWithAChangeUnderWay() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
        slow().in(gateway.folder());
        Files.move(PluginJar.simple("other", "1.0.0").in(directory), file());
        Files.writeString(gateway.config(), document("one") + PATIENT);
        gateway.start();
        Files.createFile(pause());
        String using = document("two") + PATIENT + "filters: [{ plugin: slow@1.0.0 }]\n";
        change = CompletableFuture.supplyAsync(() -> gateway.put(using));
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("making")));
    }

    @AfterEach
    void stop() throws IOException {
        Files.deleteIfExists(pause());
        gateway.close();
    }

    /** As long as it exists, the plugin is being made. */
    private Path pause() {
        return directory.resolve("wait");
    }

    private Path file() {
        return gateway.folder().resolve("other.jar");
    }

    private PluginJar slow() {
        return FilterSource.plugin(
                "slow",
                "1.0.0",
                "String text",
                "java.nio.file.Files.writeString(java.nio.file.Path.of(\"" + directory.resolve("making") + "\"), \"\");"
                        + "while (java.nio.file.Files.exists(java.nio.file.Path.of(\"" + pause()
                        + "\"))) { Thread.sleep(20); }"
                        + "return exchange -> new Filter() {};",
                "");
    }

    /** Asks for it, and goes on once it has arrived. */
    private CompletableFuture<HttpResponse<String>> delete(String plugin) {
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() ->
                gateway.send(gateway.admin("/v1/plugins/" + plugin).DELETE().build()));
        for (int i = 0; i < 20; i++) {
            gateway.get("/v1/status");
        }
        return answer;
    }

    @Test
    void isRefusedWhenTheChangeBeforeItHasBegunToUseThePlugin() throws Exception {
        var deletion = delete("slow/1.0.0");

        Files.delete(pause());

        assertThat(change.get().statusCode()).isEqualTo(200);
        assertThat(deletion.get().statusCode()).as(deletion.get().body()).isEqualTo(409);
        assertThat(gateway.folder().resolve("slow-1.0.0.jar")).exists();
    }

    @Test
    void leavesAnotherVersionThatHasTakenThePlaceOfTheOneThatIsMeant() throws Exception {
        byte[] next = PluginJar.simple("other", "2.0.0").bytes();
        var deletion = delete("other/1.0.0");
        StoppableGateway.move(next, file());

        Files.delete(pause());

        assertThat(deletion.get().statusCode()).as(deletion.get().body()).isIn(404, 409);
        await().atMost(PATIENCE)
                .until(() ->
                        gateway.get("/v1/plugins").findValuesAsText("version").contains("2.0.0"));
        assertThat(file()).hasBinaryContent(next);
    }

    @Test
    void forcedDeletesAPluginThatTheChangeBeforeItHasBegunToUse() throws Exception {
        var deletion = delete("slow/1.0.0?force=true");

        Files.delete(pause());

        assertThat(change.get().statusCode()).isEqualTo(200);
        assertThat(deletion.get().statusCode()).as(deletion.get().body()).isEqualTo(204);
        assertThat(gateway.folder().resolve("slow-1.0.0.jar")).doesNotExist();
    }
}
