package dev.jarway.loader.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** javac, from source text to class files in memory. Remembers what it has compiled, because tests ask for the same again. */
final class SourceCompiler {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
    private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

    private SourceCompiler() {}

    /**
     * Compiles against the test's own class path and these JARs.
     *
     * @param sources by class name
     * @return class files by entry name
     */
    static Map<String, byte[]> compile(Map<String, String> sources, List<Path> jars) {
        String key = new TreeMap<>(sources)
                + jars.stream()
                        .map(jar -> jar + "@" + jar.toFile().lastModified())
                        .toList()
                        .toString();
        return COMPILED.computeIfAbsent(key, unused -> compileAnew(sources, jars));
    }

    private static Map<String, byte[]> compileAnew(Map<String, String> sources, List<Path> jars) {
        String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        var options = List.of(
                "-proc:none",
                "-nowarn",
                "-g",
                "--release",
                "21",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + classPath);
        var messages = new StringWriter();
        try (var memory = new Memory(JAVAC.getStandardFileManager(null, null, null))) {
            var units = new ArrayList<JavaFileObject>();
            sources.forEach((name, text) -> units.add(new Source(name, text)));
            if (!JAVAC.getTask(messages, memory, null, options, null, units).call()) {
                throw new IllegalArgumentException(messages.toString());
            }
            return memory.classFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One source file. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** One class file. */
    private static final class Output extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Where the class files go. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Output> outputs = new ConcurrentHashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
            return outputs.computeIfAbsent(className, Output::new);
        }

        Map<String, byte[]> classFiles() {
            return outputs.entrySet().stream()
                    .collect(Collectors.toMap(
                            output -> output.getKey().replace('.', '/') + ".class",
                            output -> output.getValue().bytes.toByteArray()));
        }
    }
}
