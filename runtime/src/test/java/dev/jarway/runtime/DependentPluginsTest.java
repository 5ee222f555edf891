package dev.jarway.runtime;

import static dev.jarway.runtime.DependentJars.base;
import static dev.jarway.runtime.DependentJars.baseWithoutText;
import static dev.jarway.runtime.DependentJars.document;
import static dev.jarway.runtime.DependentJars.eagerUser;
import static dev.jarway.runtime.DependentJars.user;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which plugins come that depend on one another. The dependent's file comes first in the order of names. */
class DependentPluginsTest {
    private static final String ANSWER = "1.0.0 on 1.0.0";

    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void prepare() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void startsForTheFirstTimeWithADependentBesideItsDependency() throws Exception {
        drop();
        Files.writeString(gateway.config(), document());

        gateway.start();

        assertThat(gateway.answer()).isEqualTo(ANSWER);
        assertThat(gateway.get("/v1/status").get("unfitFiles")).isEmpty();
    }

    @Test
    void takesADependentThatIsDroppedTogetherWithItsDependency() throws Exception {
        gateway.start();

        drop();

        awaitThatBothAreFit();
        gateway.put(document());
        assertThat(gateway.answer()).isEqualTo(ANSWER);
    }

    @Test
    void takesADependentThatWaitsOnceItsDependencyComes() throws Exception {
        gateway.start();
        user("1.0.0", directory).at(gateway.folder().resolve("a-user.jar"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gateway.get("/v1/status").get("unfitFiles").toString())
                        .contains("of plugin 'base' there is none"));

        base("1.0.0").at(gateway.folder().resolve("z-base.jar"));

        awaitThatBothAreFit();
        gateway.put(document());
        assertThat(gateway.answer()).isEqualTo(ANSWER);
    }

    @Test
    void startsAgainOnTheSameRevisionWithADependentThatCameAfterItsDependency() throws Exception {
        gateway.start();
        base("1.0.0").at(gateway.folder().resolve("z-base.jar"));
        await().atMost(PATIENCE).until(() -> gateway.running().plugins().files().size() == 2);
        user("1.0.0", directory).at(gateway.folder().resolve("a-user.jar"));
        awaitThatBothAreFit();
        gateway.put(document());
        long revision = gateway.running().snapshot().revision();

        gateway.restart();

        assertThat(gateway.answer()).isEqualTo(ANSWER);
        assertThat(gateway.get("/v1/status").has("fallback")).isFalse();
        assertThat(gateway.running().snapshot().revision()).isEqualTo(revision);
    }

    @Test
    void takesADependentThatCouldNotBeLinkedOnceADependencyComesThatHasWhatItNeeds() throws Exception {
        gateway.start();
        baseWithoutText("1.0.0").at(gateway.folder().resolve("y-base.jar"));
        eagerUser("1.0.0", directory).at(gateway.folder().resolve("a-user.jar"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gateway.get("/v1/status").get("unfitFiles").toString())
                        .contains("NoSuchMethodError"));

        base("1.1.0").at(gateway.folder().resolve("z-base.jar"));

        await().atMost(PATIENCE)
                .until(() -> gateway.running().plugins().files().size() == 4
                        && gateway.get("/v1/status").get("unfitFiles").isEmpty());
        gateway.put(document());
        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.1.0");
    }

    private void drop() {
        user("1.0.0", directory).at(gateway.folder().resolve("a-user.jar"));
        base("1.0.0").at(gateway.folder().resolve("z-base.jar"));
    }

    private void awaitThatBothAreFit() {
        await().atMost(PATIENCE)
                .until(() -> gateway.running().plugins().files().size() == 3
                        && gateway.get("/v1/status").get("unfitFiles").isEmpty());
    }
}
