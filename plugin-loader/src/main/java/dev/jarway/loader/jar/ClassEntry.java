package dev.jarway.loader.jar;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A class file in a JAR, known by its name and its first bytes. */
final class ClassEntry {
    /** How many bytes at its beginning tell a class file's version. */
    static final int HEAD = 8;

    private static final Pattern VERSIONED = Pattern.compile("^META-INF/versions/(\\d{1,5})/(.*)$");
    private static final int MAGIC = 0xCAFEBABE;
    private static final int MAJOR_OF_JAVA_0 = 44;
    private static final String CONTRACT = "dev/jarway/plugin/";
    private static final List<String> FROM_HOST = List.of("org/slf4j/", "jakarta/validation/");

    private final String path;
    private final boolean forLaterJava;

    private ClassEntry(String path, boolean forLaterJava) {
        this.path = path;
        this.forLaterJava = forLaterJava;
    }

    static Optional<ClassEntry> of(String entryName) {
        if (!entryName.endsWith(".class")) {
            return Optional.empty();
        }
        var versioned = VERSIONED.matcher(entryName);
        if (!versioned.matches()) {
            return Optional.of(new ClassEntry(entryName, false));
        }
        boolean later = Integer.parseInt(versioned.group(1)) > Runtime.version().feature();
        return Optional.of(new ClassEntry(versioned.group(2), later));
    }

    /** Refuses what could not run here. */
    void check(String jar, String shown, byte[] head) {
        if (path.startsWith(CONTRACT)) {
            throw new PluginRefusedException(
                    jar,
                    Reason.BUNDLES_CONTRACT,
                    shown + " is a class of the contract's package",
                    "the contract is not in the JAR; give it scope 'provided'");
        }
        int java = javaVersion(head);
        int here = Runtime.version().feature();
        if (!forLaterJava && java > here) {
            throw new PluginRefusedException(
                    jar, Reason.JAVA_TOO_OLD, shown + " is compiled for Java " + java, "at most Java " + here);
        }
    }

    /** Whether the class stands in a package that plugins always get from the host. */
    boolean shadowed() {
        return FROM_HOST.stream().anyMatch(path::startsWith);
    }

    private static int javaVersion(byte[] head) {
        var bytes = ByteBuffer.wrap(head);
        return bytes.getInt(0) == MAGIC ? bytes.getChar(6) - MAJOR_OF_JAVA_0 : 0;
    }
}
