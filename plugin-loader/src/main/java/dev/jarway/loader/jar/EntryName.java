package dev.jarway.loader.jar;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of an entry in an archive, which may try to point out of it. */
final class EntryName {
    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:.*", Pattern.DOTALL);

    private EntryName() {}

    /** What is wrong with the name, if anything is. */
    static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.startsWith("/")) {
            return Optional.of("is absolute");
        }
        if (name.indexOf('\\') >= 0) {
            return Optional.of("has a backslash");
        }
        if (name.indexOf('\0') >= 0) {
            return Optional.of("has a NUL");
        }
        if (DRIVE.matcher(name).matches()) {
            return Optional.of("begins with a drive letter");
        }
        if (Arrays.asList(name.split("/", -1)).contains("..")) {
            return Optional.of("has a '..'");
        }
        return Optional.empty();
    }
}
