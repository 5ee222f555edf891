package dev.jarway.runtime.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.StartException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jarway run}: starts a gateway, and serves until it is told to stop. */
@Command(
        name = "run",
        description = "Starts the gateway. Without a configuration it runs a demo: see what it prints.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:a successor has taken over; see jarway upgrade",
            "2:wrong arguments",
            "65:the configuration is wrong",
            "66:a file or directory cannot be used",
            "69:an address cannot be bound",
            "130, 143:stopped by a signal, after the requests that were under way"
        })
final class RunCommand implements Callable<Integer> {
    private static final int WRONG_CONFIG = 65;
    private static final int NO_FILE = 66;
    private static final int NO_ADDRESS = 69;
    private static final int NO_UPGRADE = 69;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration, YAML or JSON; a demo if not given")
    private @Nullable Path config;

    @Option(names = "--plugins", paramLabel = "DIR", description = "the drop folder; plugins-dir if not given")
    private @Nullable Path plugins;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where the gateway keeps its own files; data if not given")
    private @Nullable Path data;

    @Option(names = "--succeed", hidden = true, description = "what jarway upgrade starts")
    private boolean succeed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path home = Path.of(System.getProperty("jarway.home", ""));
        Path dataDirectory = data != null ? data : home.resolve("data");
        Path pluginsDirectory = plugins != null ? plugins : home.resolve("plugins-dir");
        if (config != null && !Files.isReadable(config)) {
            return fail(NO_FILE, "config " + config + " cannot be read (expected: a YAML or JSON file)");
        }
        try {
            if (config != null) {
                return serve(GatewayOptions.of(config, pluginsDirectory, dataDirectory));
            }
            try (Demo demo = Demo.start(dataDirectory)) {
                return serve(GatewayOptions.of(demo.config(), pluginsDirectory, dataDirectory));
            }
        } catch (StartException e) {
            return refuse(e);
        }
    }

    private int serve(GatewayOptions options) throws StartException, InterruptedException {
        ServiceManager manager = ServiceManager.of(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
        Gateway gateway = succeed ? Gateway.succeed(options, manager::ready) : Gateway.start(options);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.close();
            stopped.countDown();
            writeLastLines();
        }));
        var unused = gateway.succeeded().thenRun(stopped::countDown);
        StartPanel.print(out(), gateway, options, config == null);
        if (!succeed) {
            manager.ready();
        }
        stopped.await();
        return 0;
    }

    /** The access log is written behind the requests. */
    private static void writeLastLines() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging) {
            logging.stop();
        }
    }

    private int refuse(StartException e) {
        e.problems().forEach(problem -> err().println("  " + problem));
        return switch (e.kind()) {
            case CONFIG -> {
                int count = e.problems().size();
                yield fail(WRONG_CONFIG, e.getMessage() + ": " + count + (count == 1 ? " problem" : " problems"));
            }
            case FILES -> fail(NO_FILE, String.valueOf(e.getMessage()));
            case UPGRADE -> fail(NO_UPGRADE, String.valueOf(e.getMessage()));
            case ADDRESS -> fail(NO_ADDRESS, String.valueOf(e.getMessage()));
        };
    }

    private int fail(int code, String line) {
        err().println("jarway: " + line);
        return code;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "spec").commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec, "spec").commandLine().getErr();
    }
}
