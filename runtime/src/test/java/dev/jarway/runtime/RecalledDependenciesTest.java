package dev.jarway.runtime;

import static dev.jarway.runtime.DependentJars.base;
import static dev.jarway.runtime.DependentJars.baseWithoutText;
import static dev.jarway.runtime.DependentJars.document;
import static dev.jarway.runtime.DependentJars.eagerUser;
import static dev.jarway.runtime.DependentJars.throwingBase;
import static dev.jarway.runtime.DependentJars.user;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the plugins of a revision are linked to when they are brought back: to one another, whatever else is there. */
class RecalledDependenciesTest {
    @TempDir
    Path directory;

    private StoppableGateway gateway;

    @BeforeEach
    void prepare() throws Exception {
        gateway = StoppableGateway.over(directory, "one");
        base("1.0.0").in(gateway.folder());
        Files.writeString(gateway.config(), document());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void startsOnTheRevisionBeforeADependencyThatItsDependentCannotBeLinkedTo() throws Exception {
        eagerUser("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start().stop();
        replaceBaseBy(baseWithoutText("2.0.0"));

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.0.0");
        assertThat(gateway.get("/v1/status").at("/fallback/revision").asInt()).isEqualTo(1);
    }

    @Test
    void startsOnTheRevisionBeforeADependencyThatItsDependentFailsWithAndTakesUpTheRepair() throws Exception {
        user("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start().stop();
        replaceBaseBy(throwingBase("2.0.0"));

        gateway.start();

        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.0.0");
        assertThat(gateway.get("/v1/status").at("/fallback/revision").asInt()).isEqualTo(1);

        StoppableGateway.move(base("2.0.1").bytes(), gateway.folder().resolve("base-2.0.0.jar"));

        await().atMost(PATIENCE).until(() -> gateway.answer().equals("1.0.0 on 2.0.1"));
        await().atMost(PATIENCE).until(() -> !gateway.get("/v1/status").has("fallback"));
    }

    @Test
    void restoresADependentWithTheDependencyOfItsRevision() throws Exception {
        user("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start();
        replaceBaseBy(base("2.0.0"));
        await().atMost(PATIENCE).until(() -> gateway.running().snapshot().revision() == 3);
        StoppableGateway.move(user("1.1.0", directory).bytes(), gateway.folder().resolve("user.jar"));
        await().atMost(PATIENCE).until(() -> gateway.answer().equals("1.1.0 on 2.0.0"));

        assertThat(gateway.post("/v1/config/revisions/1/restore").statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.0.0");
    }

    @Test
    void restoresADependentThatStayedTheSameWithTheDependencyOfItsRevision() throws Exception {
        user("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start().stop();
        replaceBaseBy(base("2.0.0"));
        gateway.start();
        assertThat(gateway.answer()).isEqualTo("1.0.0 on 2.0.0");

        assertThat(gateway.post("/v1/config/revisions/1/restore").statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.0.0");
    }

    @Test
    void keepsADependentAsItIsThatIsLinkedToWhatTheRevisionNames() throws Exception {
        user("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start();
        long generation = generationOfUser();
        gateway.put(document().replace("retain: 10000", "retain: 9999"));

        assertThat(gateway.post("/v1/config/revisions/1/restore").statusCode()).isEqualTo(200);

        assertThat(generationOfUser()).isEqualTo(generation);
    }

    @Test
    void keepsADependentAsItIsWhoseDependencyHasNoFileInTheRevision() throws Exception {
        user("1.0.0", directory).at(gateway.folder().resolve("user.jar"));
        gateway.start();
        Files.delete(gateway.folder().resolve("base-1.0.0.jar"));
        await().atMost(PATIENCE).until(() -> gateway.running().snapshot().revision() == 2);
        gateway.put(document().replace("retain: 10000", "retain: 9999"));

        assertThat(gateway.post("/v1/config/revisions/2/restore").statusCode()).isEqualTo(200);

        assertThat(gateway.answer()).isEqualTo("1.0.0 on 1.0.0");
    }

    private void replaceBaseBy(PluginJar other) throws Exception {
        other.in(gateway.folder());
        Files.delete(gateway.folder().resolve("base-1.0.0.jar"));
    }

    private long generationOfUser() {
        return gateway.running().plugins().present().stream()
                .map(type -> type.generation().identity())
                .filter(identity -> identity.id().equals("user"))
                .mapToLong(identity -> identity.generation())
                .max()
                .orElseThrow();
    }
}
