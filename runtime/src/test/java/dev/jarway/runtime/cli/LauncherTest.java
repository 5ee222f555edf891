package dev.jarway.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
final class LauncherTest {
    @TempDir
    private Path temp;

    private FakeClone clone;

    @BeforeEach
    void makeClone() throws IOException {
        clone = new FakeClone(temp.toRealPath().resolve("a clone"));
    }

    @Test
    void takesTheNewestJdkThatLiesAround() throws Exception {
        clone.jdk("1.8.0_392");
        clone.jdk("21.0.2");
        clone.jdk("25");
        clone.jdk("9.0.4");

        assertThat(clone.launch().output()).startsWith("java 25\n");
    }

    @Test
    void takesTheJavaOnThePathBeforeANewerOne() throws Exception {
        clone.jdk("25");
        clone.onPath(clone.jdk("21"));

        assertThat(clone.launch().output()).startsWith("java 21\n");
    }

    @Test
    void followsALinkOnThePathWithoutAskingWhereItLeads() throws Exception {
        clone.jdk("25");
        clone.linkedOnPath(clone.jdk("21"));

        assertThat(clone.launch().output()).startsWith("java 21\nprocess ");
        assertThat(clone.file("asked")).doesNotExist();
    }

    @Test
    void passesOverAJavaOnThePathThatIsTooOld() throws Exception {
        clone.jdk("25");
        clone.onPath(clone.jdk("17.0.15"));

        assertThat(clone.launch().output()).startsWith("java 25\n");
    }

    @Test
    void takesTheNamedJdkBeforeAllOthers() throws Exception {
        var named = clone.jdk("21").toString();
        var javaHome = clone.jdk("25").toString();
        clone.onPath(clone.jdk("26-ea"));

        assertThat(clone.launch(Map.of("JAVA_HOME", javaHome)).output()).startsWith("java 25\n");
        assertThat(clone.launch(Map.of("JAVA_HOME", javaHome, "JARWAY_JAVA_HOME", named))
                        .output())
                .startsWith("java 21\n");
    }

    @Test
    void refusesANamedJdkThatIsTooOld() throws Exception {
        clone.jdk("25");
        var old = clone.jdk("17");

        var launch = clone.launch(Map.of("JARWAY_JAVA_HOME", old.toString()));

        assertThat(launch.errors())
                .isEqualTo(
                        "jarway: JARWAY_JAVA_HOME: %s (expected: the directory of a JDK 21 or newer; found: 17 in %s)\n"
                                .formatted(old, old));
        assertThat(launch.status()).isEqualTo(69);
    }

    @Test
    void saysWhatItFoundWhereNoJdkIsNewEnough() throws Exception {
        var old = clone.jdk("17.0.15");

        var launch = clone.launch();

        assertThat(launch.errors()).startsWith("jarway: no JDK 21 or newer (found: 17 in " + old + ").");
        assertThat(launch.status()).isEqualTo(69);
    }

    @Test
    void buildsAgainOnlyWhenASourceHasChanged() throws Exception {
        clone.jdk("21");

        assertThat(clone.launch().errors()).startsWith("Building ");
        assertThat(clone.launch().errors()).isEmpty();
        clone.edit(clone.file("runtime/src/main/java/Other.java"));
        assertThat(clone.launch().errors()).startsWith("Building ");

        assertThat(clone.builds()).hasSize(2).containsOnly("-q -B -ntp -Plaunch package");
    }

    /** Since the rehearsal goes by them. */
    @Test
    void buildsAgainWhenTheOptionsOfTheJvmHaveChanged() throws Exception {
        clone.jdk("21");
        clone.launch().status();
        clone.edit(clone.file("jvm-25.options"));

        assertThat(clone.launch().errors()).startsWith("Building ");
    }

    @Test
    void buildsNothingWhenATestHasChanged() throws Exception {
        clone.jdk("21");
        clone.launch().status();
        clone.edit(clone.file("runtime/src/test/java/MainTest.java"));

        assertThat(clone.launch().errors()).isEmpty();
    }

    @Test
    void buildsOnceForTwoLaunchersAtATime() throws Exception {
        clone.jdk("21");

        var first = clone.launch();
        var second = clone.launch();

        assertThat(first.output()).startsWith("java 21\n");
        assertThat(second.output()).startsWith("java 21\n");
        assertThat(clone.builds()).hasSize(1);
    }

    @Test
    void showsWhatMavenSaysOnlyWhenItFails() throws Exception {
        clone.jdk("21");
        clone.buildsWith("echo 'Main.java does not compile'; exit 1");

        var launch = clone.launch();

        assertThat(launch.output()).isEmpty();
        assertThat(launch.errors())
                .contains("Main.java does not compile\njarway: the build has failed; what it said is above, and in ");
        assertThat(launch.status()).isEqualTo(69);
    }

    @Test
    void leavesNoLibraryOfAnEarlierBuild() throws Exception {
        clone.jdk("21");
        clone.launch().status();
        clone.buildsWith(
                "mkdir -p runtime/target/lib; echo > runtime/target/runtime-2.jar; echo > runtime/target/lib/a-2.jar");

        clone.launch(Map.of("JARWAY_BUILD", "always")).status();

        assertThat(clone.file("target/launch/lib").toFile().list())
                .containsExactlyInAnyOrder("runtime-2.jar", "a-2.jar");
    }

    @Test
    void buildsNothingWhereItIsToldNotTo() throws Exception {
        clone.jdk("21");

        var launch = clone.launch(Map.of("JARWAY_BUILD", "never"));

        assertThat(launch.errors()).startsWith("jarway: nothing is built: ");
        assertThat(launch.status()).isEqualTo(69);
        assertThat(clone.builds()).isEmpty();
    }

    @Test
    void startsFromTheLibrariesBesideItWhereThereAreNoSources() throws Exception {
        Files.delete(clone.jdk("21").resolve("bin/javac"));
        Files.delete(clone.file("pom.xml"));
        Files.createDirectory(clone.file("lib"));

        assertThat(clone.launch().output()).contains("\n-cp\n" + clone.file("lib") + "/*\n");
        assertThat(clone.builds()).isEmpty();
    }

    @Test
    void upgradesToTheCodeThatLiesBesideIt() throws Exception {
        clone.jdk("21");

        assertThat(clone.launch(Map.of(), "upgrade", "--data", "/var/lib/jarway")
                        .output())
                .contains("\n@" + clone.file("jvm.options") + "\n")
                .endsWith("\n-cp\n" + clone.file("target/launch/lib")
                        + "/*\ndev.jarway.runtime.cli.Main\nupgrade\n--data\n/var/lib/jarway\n");
    }

    @Test
    void startsFromTheCacheThatARehearsalHasLeft() throws Exception {
        clone.jdk("25");

        var launch = clone.launch(Map.of("JARWAY_JAVA_OPTS", "-Xmx1g"), "run");

        assertThat(launch.output())
                .containsPattern("\n-XX:AOTCache=" + clone.file("target/launch")
                        + "/jarway-\\d+\\.aot\n-Xlog:aot=off\n-Xmx1g\n-cp\n");
        assertThat(Files.readString(clone.file("target/launch/build.log")))
                .endsWith("/*\ndev.jarway.runtime.cli.Main\nrehearse\n");
    }

    /** Otherwise the JVM could not use what the rehearsal has left. */
    @Test
    void rehearsesWithTheOptionsOfAStart() throws Exception {
        clone.jdk("25");
        var options = "\n@%s\n@%s\n".formatted(clone.file("jvm.options"), clone.file("jvm-25.options"));
        var unmoved = "\n-XX:+UnlockDiagnosticVMOptions\n-XX:ArchiveRelocationMode=0\n";

        assertThat(clone.launch().output()).contains(options, unmoved);
        assertThat(Files.readString(clone.file("target/launch/build.log"))).contains(options, unmoved);
    }

    @Test
    void leavesOutOptionsThatAnOlderJdkDoesNotKnow() throws Exception {
        clone.jdk("24");

        assertThat(clone.launch().output())
                .contains("\n@" + clone.file("jvm.options") + "\n")
                .doesNotContain("jvm-25.options", "ArchiveRelocationMode");
    }

    @Test
    void takesNoCacheOfAnotherJdk() throws Exception {
        clone.jdk("25");
        clone.launch().status();
        clone.jdk("26");

        assertThat(clone.launch().output()).startsWith("java 26\n").doesNotContain("AOTCache");
    }

    @Test
    void becomesTheJvmAndPassesItsArgumentsOn() throws Exception {
        clone.jdk("21");
        var link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a clone/jarway"));

        var launch =
                clone.launch(link, Map.of("JARWAY_JAVA_OPTS", "-Xmx1g -Dpattern=*"), "run", "--data", "my data", "*");

        assertThat(launch.output()).isEqualTo("""
                    java 21
                    process %d
                    @%s
                    -Djarway.home=%s
                    -Djarway.colour=false
                    -Xmx1g
                    -Dpattern=*
                    -cp
                    %s/*
                    dev.jarway.runtime.cli.Main
                    run
                    --data
                    my data
                    *
                    """.formatted(
                launch.process().pid(), clone.file("jvm.options"), clone.directory(), clone.file("target/launch/lib")));
    }
}
