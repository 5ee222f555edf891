package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.ProbeJar.OPTIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to disks and folders that are to be written to: full, read-only, gone. For JARs, dropped and uploaded. */
class DiskHazardsTest {
    private static final byte[] ONE = ProbeJar.saying("one");
    private static final byte[] TWO = ProbeJar.saying("two");
    private static final int KILOBYTES = 256;

    @TempDir
    Path directory;

    @Test
    void servesTheOldWhileThePrivateDirectoryIsFullAndTakesTheNewOnceThereIsRoom() throws Exception {
        try (Mount disk = Mount.small(directory.resolve("data"), KILOBYTES);
                GatewayFixture gateway = start()) {
            Set<Path> before = files("data/plugins");
            Path filler = disk.fill();

            Files.write(probe(), TWO);
            await().atMost(PATIENCE).until(() -> gateway.status().contains("No space left on device"));
            assertThat(gateway.get("/").body()).isEqualTo("one");
            await().atMost(PATIENCE).until(() -> files("data/plugins").equals(before));

            Files.delete(filler);
            awaitAnswer(gateway, "two");
            assertThat(gateway.status()).doesNotContain("No space left");
        }
    }

    @Test
    void servesTheOldWhileThePrivateDirectoryIsGoneAndTakesTheNewOnceItIsBack() throws Exception {
        try (GatewayFixture gateway = start()) {
            Path away = Files.move(directory.resolve("data/plugins"), directory.resolve("away"));

            Files.write(probe(), TWO);
            await().atMost(PATIENCE).until(() -> gateway.status().contains("could not be copied into"));
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.move(away, directory.resolve("data/plugins"));
            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void refusesAnUploadThatThePrivateDirectoryHasNoRoomFor() throws Exception {
        try (Mount disk = Mount.small(directory.resolve("data"), KILOBYTES);
                GatewayFixture gateway = start()) {
            Path filler = disk.fill();

            HttpResponse<String> refusal = upload(gateway);
            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body())
                    .contains("could not be copied into", "No space left on device", "nothing was changed");
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.delete(filler);
            assertThat(upload(gateway).statusCode()).isEqualTo(201);
            assertThat(gateway.get("/").body()).isEqualTo("two");
        }
    }

    @Test
    void refusesAnUploadThatTheFolderHasNoRoomForAndLeavesNothingOfIt() throws Exception {
        try (Mount disk = Mount.small(directory.resolve("plugins"), KILOBYTES);
                GatewayFixture gateway = start()) {
            Path filler = disk.fill();
            Set<Path> before = files("plugins");

            HttpResponse<String> refusal = upload(gateway);
            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body()).contains("No space left on device", "nothing was changed");
            assertThat(files("plugins")).isEqualTo(before);
            assertThat(gateway.get("/").body()).isEqualTo("one");

            Files.delete(filler);
            assertThat(upload(gateway).statusCode()).isEqualTo(201);
            assertThat(files("plugins")).containsExactly(probe()); // It has the place of the file with its version.
            assertThat(gateway.get("/").body()).isEqualTo("two");
        }
    }

    @Test
    void refusesUploadsIntoAReadOnlyFolderAndWatchesOn() throws Exception {
        Path store = Files.createDirectories(directory.resolve("store"));
        Files.write(store.resolve("probe.jar"), ONE);
        try (Mount folder = Mount.readOnly(store, directory.resolve("plugins"));
                GatewayFixture gateway = GatewayFixture.start(directory, OPTIONAL)) {
            HttpResponse<String> refusal = upload(gateway);
            assertThat(folder).isNotNull();
            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body())
                    .contains(gateway.folder() + " cannot be written: Read-only file system (expected: ");
            assertThat(gateway.send(gateway.admin("/v1/plugins/probe/1.0.0?force=true")
                                    .DELETE()
                                    .build())
                            .statusCode())
                    .isEqualTo(507);

            Files.write(store.resolve("probe.jar"), TWO);
            awaitAnswer(gateway, "two");
        }
    }

    @Test
    void refusesUploadsWithoutTheRightToWriteAndWatchesOn() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.setPosixFilePermissions(gateway.folder(), PosixFilePermissions.fromString("r-xr-xr-x"));
            try {
                assumeFalse(Files.isWritable(gateway.folder()), "this user may write everywhere");

                assertThat(upload(gateway).statusCode()).isEqualTo(507);
                Files.write(probe(), TWO);
                awaitAnswer(gateway, "two");
            } finally {
                Files.setPosixFilePermissions(gateway.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    @Test
    void refusesAnUploadIntoAFolderThatIsGone() throws Exception {
        try (GatewayFixture gateway = start()) {
            Files.move(gateway.folder(), directory.resolve("away"));

            HttpResponse<String> refusal = upload(gateway);

            assertThat(refusal.statusCode()).isEqualTo(507);
            assertThat(refusal.body()).contains(gateway.folder() + " cannot be written");
        }
    }

    @Test
    void keepsAnUploadThatAnOlderPictureOfTheFolderDoesNotShow() throws Exception {
        byte[] slow = FilterSource.plugin(
                        "probe",
                        "1.0.0",
                        "String text",
                        "System.setProperty(\"jarway.test.creating\", \"yes\");"
                                + " while (System.getProperty(\"jarway.test.go\") == null) { Thread.sleep(5); }"
                                + " return exchange -> new Filter() {"
                                + " @Override public Action onRequestHeaders(Request request) {"
                                + " return Action.respond(LocalResponse.of(200, \"slow\")); } };",
                        "")
                .bytes();
        Files.createDirectories(directory.resolve("plugins"));
        try (GatewayFixture gateway = GatewayFixture.start(directory, OPTIONAL)) {
            CompletableFuture<HttpResponse<String>> upload =
                    CompletableFuture.supplyAsync(() -> upload(gateway, slow), Thread::startVirtualThread);
            await().atMost(PATIENCE).until(() -> System.getProperty("jarway.test.creating") != null);
            witness(gateway, "during.jar");
            await().pollDelay(Duration.ofMillis(600)).until(() -> true); // Now the witness's picture waits in the line.
            System.setProperty("jarway.test.go", "yes");

            assertThat(upload.join().statusCode()).isEqualTo(201);
            assertThat(gateway.get("/").body()).isEqualTo("slow");
            awaitPresent(gateway, "during.jar");
            witness(gateway, "after.jar");
            awaitPresent(gateway, "after.jar");
            assertThat(upload.join().body()).contains("\"generation\" : " + probeGeneration(gateway) + ",");

            Files.delete(gateway.folder().resolve("probe-1.0.0.jar"));
            awaitAnswer(gateway, "/");
        } finally {
            System.clearProperty("jarway.test.creating");
            System.clearProperty("jarway.test.go");
        }
    }

    private GatewayFixture start() throws Exception {
        Files.createDirectories(directory.resolve("plugins"));
        Files.write(probe(), ONE);
        return GatewayFixture.start(directory, OPTIONAL);
    }

    private Path probe() {
        return directory.resolve("plugins/probe.jar");
    }

    private Set<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.collect(Collectors.toSet());
        }
    }

    private static void witness(GatewayFixture gateway, String name) throws IOException {
        Files.write(
                gateway.folder().resolve(name),
                FilterSource.answering("witness", "1.0.0", name).bytes());
    }

    private static void awaitPresent(GatewayFixture gateway, String name) {
        await().atMost(PATIENCE).until(() -> gateway.gateway().plugins().files().containsKey(name));
    }

    private static long probeGeneration(GatewayFixture gateway) {
        return gateway.gateway().plugins().all().stream()
                .map(type -> type.generation().identity())
                .filter(identity -> identity.id().equals("probe"))
                .mapToLong(identity -> identity.generation())
                .max()
                .orElse(0);
    }

    private static HttpResponse<String> upload(GatewayFixture gateway) {
        return upload(gateway, TWO);
    }

    private static HttpResponse<String> upload(GatewayFixture gateway, byte[] jar) {
        return gateway.send(gateway.admin("/v1/plugins")
                .header("content-type", "application/java-archive")
                .POST(HttpRequest.BodyPublishers.ofByteArray(jar))
                .build());
    }

    private static void awaitAnswer(GatewayFixture gateway, String answer) {
        await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals(answer));
    }
}
