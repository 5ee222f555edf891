package dev.jarway.runtime.cli;

import ch.qos.logback.classic.LoggerContext;
import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** {@code jarway run}: starts a gateway, and serves until it is told to stop. */
final class RunCommand implements Command {
    private static final String CONFIG = "--config";
    private static final String PLUGINS = "--plugins";
    private static final String DATA = "--data";
    private static final String SUCCEED = "--succeed";
    private static final int WRONG_CONFIG = 65;
    private static final int NO_FILE = 66;
    private static final int NO_ADDRESS = 69;
    private static final int NO_UPGRADE = 69;

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String usage() {
        return """
                Usage: jarway run [-hV] [--config=FILE] [--data=DIR] [--plugins=DIR]
                Starts the gateway. Without a configuration it runs a demo: see what it prints.
                      --config=FILE   the configuration, YAML or JSON; a demo if not given
                      --data=DIR      where the gateway keeps its own files; data if not given
                  -h, --help          Show this help.
                      --plugins=DIR   the drop folder; plugins-dir if not given
                  -V, --version       Show the version.
                Exit codes:
                  0          a successor has taken over; see jarway upgrade
                  2          wrong arguments
                  65         the configuration is wrong
                  66         a file or directory cannot be used
                  69         an address cannot be bound
                  130, 143   stopped by a signal, after the requests that were under way
                """;
    }

    @Override
    public Set<String> options() {
        return Set.of(CONFIG, PLUGINS, DATA);
    }

    /** What jarway upgrade starts. */
    @Override
    public Set<String> flags() {
        return Set.of(SUCCEED);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws InterruptedException {
        Path home = Path.of(System.getProperty("jarway.home", ""));
        Optional<Path> config = arguments.path(CONFIG);
        Path data = arguments.path(DATA).orElse(home.resolve("data"));
        Path plugins = arguments.path(PLUGINS).orElse(home.resolve("plugins-dir"));
        if (config.isPresent() && !Files.isReadable(config.get())) {
            return terminal.fail(NO_FILE, "config " + config.get() + " cannot be read (expected: a YAML or JSON file)");
        }
        try {
            if (config.isPresent()) {
                GatewayOptions options = GatewayOptions.of(config.get(), plugins, data);
                return serve(options, arguments.has(SUCCEED), false, terminal);
            }
            try (Demo demo = Demo.start(data)) {
                return serve(GatewayOptions.of(demo.config(), plugins, data), arguments.has(SUCCEED), true, terminal);
            }
        } catch (StartException e) {
            return refuse(e, terminal);
        }
    }

    private static int serve(GatewayOptions options, boolean succeed, boolean demo, Terminal terminal)
            throws StartException, InterruptedException {
        ServiceManager manager = ServiceManager.of(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
        Gateway gateway = succeed ? Gateway.succeed(options, manager::ready) : Gateway.start(options);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.close();
            stopped.countDown();
            writeLastLines();
        }));
        var unused = gateway.succeeded().thenRun(stopped::countDown);
        StartPanel.print(terminal.out(), gateway, options, demo);
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

    private static int refuse(StartException e, Terminal terminal) {
        e.problems().forEach(problem -> terminal.err().println("  " + problem));
        return switch (e.kind()) {
            case CONFIG -> {
                int count = e.problems().size();
                yield terminal.fail(
                        WRONG_CONFIG, e.getMessage() + ": " + count + (count == 1 ? " problem" : " problems"));
            }
            case FILES -> terminal.fail(NO_FILE, String.valueOf(e.getMessage()));
            case UPGRADE -> terminal.fail(NO_UPGRADE, String.valueOf(e.getMessage()));
            case ADDRESS -> terminal.fail(NO_ADDRESS, String.valueOf(e.getMessage()));
        };
    }
}
