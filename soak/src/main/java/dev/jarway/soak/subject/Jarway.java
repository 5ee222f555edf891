package dev.jarway.soak.subject;

import dev.jarway.soak.measure.JvmDiagnosis;
import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.Mark;
import dev.jarway.soak.measure.ProcessFiles;
import dev.jarway.soak.measure.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Jarway, in a JVM of its own with the launcher's options and little memory. It has two plugins: one is swapped by upload,
 * with a version that rises, and one by a file in the drop folder, whose version goes to and fro.
 */
public final class Jarway implements Subject {
    private static final String LOADER = "GenerationClassLoader";
    private static final Pattern WEB = Pattern.compile("web +http://[^:]+:([0-9]+)");
    private static final Pattern ADMIN = Pattern.compile("admin +(http://[^ ]+)");
    private static final long TAKEN_SECONDS = 20;
    private static final long LOOK_EVERY_MILLIS = 20;

    private static final List<String> LAUNCHER_OPTIONS = Runtime.version().feature() < 25
            ? List.of(file("jvm.options"))
            : List.of(file("jvm.options"), file("jvm-25.options"));
    private static final List<String> LITTLE_MEMORY = List.of("-Xmx256m", "-XX:MaxMetaspaceSize=96m");

    private final ServerProcess process;
    private final Path plugins;
    private final JarwayConfig config;
    private final AdminClient admin;
    private final int port;
    private volatile String document;
    private String etag;

    private Jarway(ServerProcess process, Path directory, JarwayConfig config, Started started) {
        this.process = process;
        this.plugins = directory.resolve("plugins");
        this.config = config;
        this.port = started.port();
        this.admin = started.admin();
        this.etag = started.etag();
        this.document = config.numbered(1);
    }

    private record Started(int port, AdminClient admin, String etag) {}

    /**
     * Starts it, in front of that service.
     *
     * @param directory empty, for all of its files
     */
    public static Jarway start(Path directory, JarwayOptions options) throws Exception {
        JarwayConfig config = new JarwayConfig(
                options.upstream(), options.drainDeadline(), options.without().contains(Kind.HTTP2) ? "" : "[h1, h2c]");
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        Files.write(plugins.resolve("uploaded-" + rising(1) + ".jar"), StampJar.bytes("uploaded", rising(1), 1));
        Files.write(plugins.resolve("dropped.jar"), StampJar.bytes("dropped", alternating(1), 1));
        Path file = Files.writeString(directory.resolve("jarway.yaml"), config.numbered(1));
        String token = UUID.randomUUID().toString() + UUID.randomUUID();
        ServerProcess process = ServerProcess.start(
                command(options, file, plugins, directory.resolve("data")),
                Map.of("JARWAY_ADMIN_TOKEN", token, "MALLOC_TRIM_THRESHOLD_", "16777216"), // As the launcher has it.
                directory.resolve("gateway.log"));
        try {
            int port = Integer.parseInt(process.awaitLine(WEB));
            AdminClient admin = new AdminClient(process.awaitLine(ADMIN), token);
            return new Jarway(process, directory, config, new Started(port, admin, admin.etag()));
        } catch (Exception e) {
            process.close();
            throw e;
        }
    }

    private static List<String> command(JarwayOptions options, Path config, Path plugins, Path data) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LAUNCHER_OPTIONS);
        command.addAll(LITTLE_MEMORY);
        command.add("-XX:NativeMemoryTracking=summary");
        command.add("-Xlog:gc,safepoint:file=" + data.resolveSibling("gc.log"));
        command.addAll(options.jvm());
        command.addAll(List.of("-cp", options.classPath(), "dev.jarway.runtime.cli.Main", "run"));
        command.addAll(List.of("--config", config.toString(), "--plugins", plugins.toString()));
        command.addAll(List.of("--data", data.toString()));
        return command;
    }

    @Override
    public String name() {
        return "Jarway";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Set<Kind> kinds() {
        return EnumSet.allOf(Kind.class);
    }

    @Override
    public Set<Mark> marks() {
        return EnumSet.allOf(Mark.class);
    }

    @Override
    public boolean endsStreams() {
        return true;
    }

    @Override
    public void swap(Mark mark, long number) throws Exception {
        switch (mark) {
            case UPLOADED -> admin.install(StampJar.bytes("uploaded", rising(number), number));
            case DROPPED -> drop(StampJar.bytes("dropped", alternating(number), number));
            case CONFIG -> {
                document = config.numbered(number);
                etag = admin.configure(document, etag);
            }
        }
    }

    @Override
    public void tidy(Mark mark, long number) throws Exception {
        if (mark == Mark.UPLOADED) {
            admin.remove("uploaded", rising(number - 1));
        }
    }

    /**
     * The folder acknowledges nothing. So the copy is looked for in the list of plugins, and then a configuration is tried
     * out: that waits its turn behind the change that the folder has led to.
     */
    private void drop(byte[] jar) throws Exception {
        Path hidden = Files.write(plugins.resolve(".dropped.tmp"), jar);
        Files.move(hidden, plugins.resolve("dropped.jar"), StandardCopyOption.ATOMIC_MOVE);
        String sha256 = HexFormat.of().formatHex(sha256(jar));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TAKEN_SECONDS);
        while (!admin.plugin("dropped").contains(sha256)) {
            if (System.nanoTime() - end > 0) {
                throw new SwapRefused("the JAR in the drop folder was not taken: " + admin.plugin("dropped"));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        admin.tryOut(document);
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String rising(long number) {
        return "1.0." + number;
    }

    private static String alternating(long number) {
        return number % 2 == 0 ? "1.1.0" : "1.0.0";
    }

    @Override
    public boolean swapOneRouteOfMany(long number, int round) throws Exception {
        document = config.withManyRoutes(number, round);
        etag = admin.configure(document, etag);
        return true;
    }

    @Override
    public int inUse() {
        return 2;
    }

    @Override
    public Vitals vitals() throws IOException, InterruptedException {
        JvmDiagnosis jvm = new JvmDiagnosis(process.pid());
        jvm.collect();
        ProcessFiles files = new ProcessFiles(process.pid());
        return new Vitals(
                files.threads(),
                files.descriptors(),
                files.deletedJars(),
                files.residentKb(),
                jvm.loaders(LOADER),
                jvm.metaspaceKb(),
                jvm.directKb());
    }

    @Override
    public void close() {
        admin.close();
        process.close();
    }

    private static String file(String options) {
        return "@" + Path.of("..", options).toAbsolutePath();
    }
}
