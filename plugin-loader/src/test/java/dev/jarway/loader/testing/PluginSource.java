package dev.jarway.loader.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java sources compiled in memory, with the contract's types imported. The same source is compiled once. */
public final class PluginSource {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern TYPE =
            Pattern.compile("public\\s+(?:final\\s+|abstract\\s+)*(?:class|record|interface|enum)\\s+(\\w+)");
    private static final String CONTRACT = "import dev.jarway.plugin." + "*;";
    private static final Map<String, Map<String, byte[]>> compiled = new ConcurrentHashMap<>();

    private PluginSource() {}

    /** The entries of a JAR, name to content, that the source compiles to. */
    public static Map<String, byte[]> compile(String source, Path... classPath) {
        return compiled.computeIfAbsent(source + List.of(classPath), key -> compileNow(source, classPath));
    }

    /** The name of the source's public type. */
    public static String className(String source) {
        Matcher type = TYPE.matcher(source);
        if (!type.find()) {
            throw new IllegalArgumentException("no public type in: " + source);
        }
        Matcher packageName = PACKAGE.matcher(source);
        return packageName.find() ? packageName.group(1) + "." + type.group(1) : type.group(1);
    }

    private static Map<String, byte[]> compileNow(String source, Path... classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Memory memory = new Memory(compiler.getStandardFileManager(problems, null, null));
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        for (Path element : classPath) {
            path.append(File.pathSeparator).append(element);
        }
        List<String> options = List.of("-proc:none", "-cp", path.toString());
        boolean done = compiler.getTask(null, memory, problems, options, null, List.of(new Source(source)))
                .call();
        if (!done) {
            throw new IllegalArgumentException(problems.getDiagnostics() + "\n" + source);
        }
        return memory.entries();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + className(text).replace('.', '/') + ".java"), Kind.SOURCE);
            Matcher packageName = PACKAGE.matcher(text);
            this.text = packageName.find()
                    ? packageName.group() + CONTRACT + text.substring(packageName.end())
                    : CONTRACT + text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final List<ClassFile> files = new ArrayList<>();

        Memory(JavaFileManager next) {
            super(next);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            ClassFile file = new ClassFile(className);
            files.add(file);
            return file;
        }

        Map<String, byte[]> entries() {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            files.forEach(file -> entries.put(file.entryName(), file.bytes.toByteArray()));
            return entries;
        }
    }

    private static final class ClassFile extends SimpleJavaFileObject {
        private final String className;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        ClassFile(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
            this.className = className;
        }

        String entryName() {
            return className.replace('.', '/') + ".class";
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }
}
