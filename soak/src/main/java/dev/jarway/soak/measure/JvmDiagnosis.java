package dev.jarway.soak.measure;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What another JVM tells of itself when it is asked as {@code jcmd} asks, but without a JVM for each question: that would take a
 * processor from the gateway while its times are measured. This JVM needs {@code --add-exports
 * jdk.attach/sun.tools.attach=ALL-UNNAMED}, the other one {@code -XX:NativeMemoryTracking=summary} for {@link #directKb}.
 */
public final class JvmDiagnosis {
    private static final Pattern METASPACE = Pattern.compile("Both: +([0-9]+)(?:\\.[0-9]+)? KB used");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=[0-9]+KB, committed=([0-9]+)KB");

    private final long pid;

    /** Of the JVM with that process id. */
    public JvmDiagnosis(long pid) {
        this.pid = pid;
    }

    /** Has it collect garbage, class loaders included. */
    public void collect() throws IOException {
        var unused = answer("GC.run");
    }

    /** How many class loaders of that class are alive. */
    public int loaders(String className) throws IOException {
        return (int) answer("VM.classloader_stats")
                .lines()
                .filter(line -> line.strip().endsWith(className))
                .count();
    }

    /** Metaspace in use, in KiB. */
    public long metaspaceKb() throws IOException {
        return number(METASPACE, answer("VM.metaspace basic scale=KB"));
    }

    /** What was asked for outside of the heap, direct buffers above all, in KiB. */
    public long directKb() throws IOException {
        return number(OTHER, answer("VM.native_memory summary scale=KB"));
    }

    private static long number(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(found.group(1));
    }

    private String answer(String question) throws IOException {
        VirtualMachine jvm = attach();
        try (InputStream answer = (InputStream)
                jvm.getClass().getMethod("executeJCmd", String.class).invoke(jvm, question)) {
            return all(answer).toString(StandardCharsets.UTF_8);
        } catch (InvocationTargetException e) {
            throw new IOException(question + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IOException("this JVM does not ask others: " + e, e);
        } finally {
            jvm.detach();
        }
    }

    // Not readAllBytes: this stream writes past the end of an array of which less than 128 bytes are left.
    private static ByteArrayOutputStream all(InputStream answer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        for (int length = answer.read(part); length > 0; length = answer.read(part)) {
            all.write(part, 0, length);
        }
        return all;
    }

    private VirtualMachine attach() throws IOException {
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException e) {
            throw new IOException("JVM " + pid + " cannot be asked: " + e.getMessage(), e);
        }
    }
}
