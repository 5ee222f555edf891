package dev.jarway.runtime.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A clone of the repository as the launcher sees it: its own script, with a Maven and JDKs that only say that they ran. */
final class FakeClone {
    private static final Path LAUNCHER = Path.of("..", "jarway");

    private final Path directory;

    FakeClone(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(sources());
        Files.writeString(sources().resolve("Main.java"), "");
        Files.writeString(directory.resolve("pom.xml"), "");
        script(directory.resolve("jarway"), Files.readString(LAUNCHER));
        // Half a second is long enough for a second launcher to come and wait.
        buildsWith(
                "sleep 0.5; mkdir -p runtime/target/lib; echo > runtime/target/runtime-1.jar; echo > runtime/target/lib/a-1.jar");
        // Hides the java of this machine, which may be of any version.
        script(path().resolve("java"), "#!/bin/sh\nexit 1\n");
    }

    /** What Maven does from now on, besides writing a line about itself. */
    void buildsWith(String commands) throws IOException {
        script(directory.resolve("mvnw"), "#!/bin/sh\necho \"$*\" >> builds\n" + commands + "\n");
    }

    /** How Maven was called, each time. */
    List<String> builds() throws IOException {
        var builds = directory.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    /**
     * A JDK among those that the launcher looks through; its java prints its version, process and arguments, and leaves a cache
     * behind if it is to.
     */
    Path jdk(String version) throws IOException {
        var jdk = jdks().resolve("jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
        script(
                jdk.resolve("bin/java"),
                "#!/bin/sh\necho java " + version + "\necho process $$\nprintf '%s\\n' \"$@\"\n"
                        + "for option; do case $option in -XX:AOTCacheOutput=*) : >\"${option#*=}\" ;; esac; done\n");
        return jdk;
    }

    /** Puts a java on the PATH that says it belongs to this JDK. */
    void onPath(Path jdk) throws IOException {
        script(path().resolve("java"), "#!/bin/sh\necho '    java.home = " + jdk + "' >&2\n");
    }

    /** Has a link on the PATH lead to the java of this JDK, which notes if it is asked for its properties. */
    void linkedOnPath(Path jdk) throws IOException {
        Path java = jdk.resolve("bin/java");
        script(
                java,
                Files.readString(java)
                        .replace("#!/bin/sh\n", "#!/bin/sh\ncase $1 in -Xshow*) : >'" + file("asked") + "' ;; esac\n"));
        Files.createDirectories(jdk.resolve("lib"));
        Files.writeString(jdk.resolve("lib/modules"), "");
        Files.delete(path().resolve("java"));
        Files.createSymbolicLink(path().resolve("java"), java);
    }

    /** Changes a file so that it is newer than any build so far. */
    void edit(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    }

    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Launch launch(String... arguments) throws IOException {
        return launch(Map.of(), arguments);
    }

    Launch launch(Map<String, String> environment, String... arguments) throws IOException {
        return launch(directory.resolve("jarway"), environment, arguments);
    }

    /** Calls the script by another path. */
    Launch launch(Path script, Map<String, String> environment, String... arguments) throws IOException {
        var builder = new ProcessBuilder(script.toString());
        builder.command().addAll(List.of(arguments));
        var variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("JARWAY_") || name.equals("JAVA_HOME"));
        variables.put("JARWAY_JDK_DIRS", directory.resolve("none") + ":" + jdks());
        variables.merge("PATH", path().toString(), (there, first) -> first + ":" + there);
        variables.putAll(environment);
        return new Launch(builder.start());
    }

    private Path sources() {
        return directory.resolve("runtime/src/main/java");
    }

    private Path jdks() {
        return directory.resolve("jdks");
    }

    private Path path() {
        return directory.resolve("path");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** One run of the script. */
    record Launch(Process process) {

        String output() throws IOException {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        String errors() throws IOException {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        int status() throws InterruptedException {
            return process.waitFor();
        }
    }
}
