package dev.jarway.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this module, to be run in a JVM of its own. */
final class JavaProgram {
    private JavaProgram() {}

    static List<String> command(Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
